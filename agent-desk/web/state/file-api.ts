import { z } from 'zod';
import { ask } from './api';

const file = z.object({
  id: z.string(),
  reference: z.string(),
  state: z.enum(['waiting', 'kept', 'refused', 'lost', 'removed']),
  name: z.string(),
  kind: z.string().optional(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
});
export type File = z.infer<typeof file>;
const files = z.object({ files: z.array(file) });

/** One question for all pictures of a conversation that are drawn at once. */
const sharedMs = 2_000;
const shared = new Map<string, { readonly at: number; readonly files: Promise<readonly File[]> }>();

async function listOf(path: string): Promise<readonly File[]> {
  return (await ask('GET', path, files)).files;
}

/** A phone's photograph as a picture that every channel shows: at most 1,600 dots wide or high. */
const mostDots = 1_600;
async function smaller(picture: Blob): Promise<Blob> {
  const drawn = await createImageBitmap(picture);
  const scale = Math.min(1, mostDots / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(drawn.width * scale);
  canvas.height = Math.round(drawn.height * scale);
  canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  return made ?? picture;
}

/** Photographs and documents at the desk. */
export const fileApi = {
  ofConversation(conversationId: string): Promise<readonly File[]> {
    const known = shared.get(conversationId);
    if (known && Date.now() - known.at < sharedMs) return known.files;
    const asked = listOf(`/api/v1/conversations/${encodeURIComponent(conversationId)}/files`);
    shared.set(conversationId, { at: Date.now(), files: asked });
    return asked;
  },
  ofCase: (caseId: string) => listOf(`/api/v1/cases/${encodeURIComponent(caseId)}/files`),
  link: async (fileId: string) =>
    (await ask('POST', `/api/v1/files/${encodeURIComponent(fileId)}/link`, z.object({ url: z.string() })))
      .url,
  /** Sends a picture in my name, with the words that go with it. */
  async send(conversationId: string, clientId: string, picture: Blob, text: string): Promise<void> {
    const query = new URLSearchParams({ clientId, text });
    await ask(
      'POST',
      `/api/v1/conversations/${encodeURIComponent(conversationId)}/pictures?${query}`,
      z.unknown(),
      await smaller(picture),
    );
  },
};
