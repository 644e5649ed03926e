import { z } from 'zod';
import {
  AppError,
  type Clock,
  type Conversation,
  type Officer,
  type Reply,
  type Role,
  type Route,
  route,
} from '../core';
import type { Files } from './files';
import { type FileKind, kinds, refusals } from './kinds';
import type { Links } from './links';
import type { FileRecord } from './records';

export interface FileRouteParts {
  readonly files: Files;
  readonly links: Links;
  readonly clock: Clock;
  /** The one place where an officer gets a conversation; throws where it is not theirs. */
  readonly conversation: (id: string, officer: Officer) => Promise<Conversation>;
  /** The same, only where the officer has it in hand. */
  readonly ownConversation: (id: string, officer: Officer) => Promise<Conversation>;
  /** The one place where an officer gets a case: the conversation it came by, and its files. */
  readonly caseFiles: (
    caseId: string,
    officer: Officer,
  ) => Promise<{ readonly conversationId?: string; readonly references: readonly string[] }>;
  /** Whether the officer may open, or take away, a file of a conversation. */
  readonly mayReach: (file: FileRecord, officer: Officer, what: 'read' | 'remove') => Promise<boolean>;
  /** Says a picture in the officer's name, in a conversation they own; throws where they do not. */
  readonly send: (
    conversationId: string,
    officer: Officer,
    clientId: string,
    picture: Extract<Reply, { kind: 'image' }>,
  ) => Promise<{ readonly seq: number } | undefined>;
  readonly roles: Readonly<Record<'read' | 'remove' | 'speak' | 'case', readonly Role[]>>;
  /** Where people reach us; vendors fetch pictures from below it. */
  readonly publicUrl: string | undefined;
}

/** Long enough to look, short enough that a copied address is worth nothing. */
const linkMs = 5 * 60 * 1000;
/** LINE shows previews of at most 1 MB; our page makes pictures smaller before it sends them. */
const mostPictureBytes = 1_000_000;
const pictureKinds: readonly FileKind[] = ['image/jpeg', 'image/png'];

const id = z.string().min(1).max(400);
const params = z.strictObject({ id });
const tokenParams = z.strictObject({ token: z.string().min(1).max(300) });
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;

const fileShape = z.looseObject({
  id: z.string(),
  reference: z.string(),
  state: z.enum(['waiting', 'kept', 'refused', 'lost', 'removed']),
  from: z.enum(['citizen', 'officer']),
  at: z.number(),
  name: z.string(),
  why: z.enum(refusals).optional(),
  kind: z.string().optional(),
  bytes: z.number().optional(),
});
const fileList = z.object({ files: z.array(fileShape) });
const noSuchFile = (): AppError =>
  new AppError('NOT_FOUND', 'There is no such file, its link is over, or it belongs to another agency.');

export const picturePath = '/api/v1/pictures';

/** Files at the desk, and pictures for those who hold their address. */
export function fileRoutes(parts: FileRouteParts): Route[] {
  const { files, links, clock, roles } = parts;

  async function fileFor(fileId: string, officer: Officer, what: 'read' | 'remove'): Promise<FileRecord> {
    const file = await files.get(fileId);
    if (!file || !(await parts.mayReach(file, officer, what))) throw noSuchFile();
    return file;
  }

  return [
    route({
      method: 'get',
      path: '/api/v1/conversations/:id/files',
      summary: 'Photographs and documents of a conversation, without their content',
      access: roles.read,
      params,
      returns: fileList,
      async handle({ params: { id: conversationId }, officer }) {
        await parts.conversation(conversationId, officer);
        return { body: { files: await files.ofConversation(conversationId) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/cases/:id/files',
      summary: 'Photographs and documents that came with a case, without their content',
      access: roles.case,
      params,
      returns: fileList,
      async handle({ params: { id: caseId }, officer }) {
        const { conversationId, references } = await parts.caseFiles(caseId, officer);
        const found = conversationId ? await files.ofConversation(conversationId) : [];
        return { body: { files: found.filter(file => references.includes(file.reference)) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/files/:id/link',
      summary: 'A link to look at a file for five minutes, good in this session only',
      access: roles.read,
      audit: 'file.opened',
      params,
      returns: z.object({ url: z.string(), expiresAt: z.number() }),
      async handle({ params: { id: fileId }, officer, sessionId }) {
        const file = await fileFor(fileId, officer, 'read');
        if (file.state !== 'kept') throw noSuchFile();
        const expiresAt = clock() + linkMs;
        const token = links.make({ fileId, sessionId, expiresAt, epoch: file.linkEpoch });
        return { body: { url: `/api/v1/files/links/${token}`, expiresAt } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/files/links/:token',
      summary: 'The file behind a link of this session',
      access: roles.read,
      params: tokenParams,
      returns: z.unknown(),
      async handle({ params: { token }, officer, sessionId }) {
        const link = links.read(token, sessionId);
        if (!link || link.expiresAt <= clock()) throw noSuchFile();
        // Asked again: the right may have gone since the link was made.
        const file = await fileFor(link.fileId, officer, 'read');
        const opened = file.linkEpoch === link.epoch ? await files.open(link.fileId) : undefined;
        if (!opened) throw noSuchFile();
        const { bytes, name, kind: type } = opened;
        return { file: { bytes, name, type, inline: kinds[type].picture } };
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/files/:id/links',
      summary: 'End every link to a file, also the address a vendor fetches it from',
      access: roles.remove,
      audit: 'file.links-ended',
      params,
      returns: done,
      async handle({ params: { id: fileId }, officer }) {
        await fileFor(fileId, officer, 'remove');
        await files.revoke(fileId);
        return ok;
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/files/:id',
      summary: 'Take a file away for good',
      access: roles.remove,
      audit: 'file.removed',
      params,
      returns: done,
      async handle({ params: { id: fileId }, officer }) {
        await fileFor(fileId, officer, 'remove');
        await files.remove(fileId);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/conversations/:id/pictures',
      summary: 'Send a picture to the person; the body is the picture, JPEG or PNG up to 1 MB',
      access: roles.speak,
      audit: 'picture.sent',
      params,
      query: z.strictObject({
        clientId: z.string().regex(/^[\w.-]{1,64}$/u),
        text: z.string().trim().min(1).max(300),
      }),
      upload: { maxBytes: mostPictureBytes },
      returns: z.looseObject({ fileId: z.string() }),
      async handle({ params: { id: conversationId }, query: { clientId, text }, officer, upload }) {
        const conversation = await parts.ownConversation(conversationId, officer);
        const taken = await files.take({
          ...{ conversation, reference: `d-${officer.id}-${clientId}`, from: 'officer' },
          bytes: upload?.bytes ?? Buffer.alloc(0),
          only: pictureKinds,
        });
        if ('refused' in taken)
          throw new AppError('INPUT_INVALID', `The picture was refused: ${taken.refused}.`);
        const url = `${parts.publicUrl ?? ''}${picturePath}/${await files.publish(taken.file.id)}`;
        const said = await parts.send(conversationId, officer, clientId, { kind: 'image', text, url });
        return { status: 201, body: { fileId: taken.file.id, ...(said ?? {}) } };
      },
    }),
    route({
      method: 'get',
      path: `${picturePath}/:token`,
      summary: 'A picture that was sent, for whoever holds its address',
      access: 'public',
      params: tokenParams,
      returns: z.unknown(),
      async handle({ params: { token } }) {
        const opened = await files.openPublished(token);
        if (!opened) throw noSuchFile();
        const { bytes, name, kind: type } = opened;
        return { file: { bytes, name, type, inline: true } };
      },
    }),
  ];
}
