import type { FetchedFile } from '../../core';

const secondMs = 1_000;
const idForm = /^\d{1,40}$/u;

/** Reads a body as far as it may go. */
async function bodyOf(response: Response, mostBytes: number): Promise<FetchedFile> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > mostBytes) return { outcome: 'too-large' };
  const chunks: Uint8Array[] = [];
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  let bytes = 0;
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
    bytes += part.value.length;
    if (bytes > mostBytes) {
      await reader?.cancel();
      return { outcome: 'too-large' };
    }
    chunks.push(part.value);
  }
  return { outcome: 'fetched', bytes: Buffer.concat(chunks) };
}

/**
 * Gets what a person sent. Large ones are prepared first (202); after an undisclosed time LINE has them no more (404, 410).
 * https://developers.line.biz/en/reference/messaging-api/#get-content
 */
export async function fetchContent(
  api: { readonly token: string; readonly baseUrl: string; readonly timeoutMs: number },
  messageId: string,
  mostBytes: number,
): Promise<FetchedFile> {
  if (!idForm.test(messageId)) return { outcome: 'gone' };
  try {
    const response = await fetch(new URL(`/v2/bot/message/${messageId}/content`, api.baseUrl), {
      headers: { authorization: `Bearer ${api.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(api.timeoutMs),
    });
    if (response.status === 200) return await bodyOf(response, mostBytes);
    await response.body?.cancel();
    if (response.status === 202) return { outcome: 'retry', afterMs: 2 * secondMs };
    if (response.status === 404 || response.status === 410 || response.status === 400)
      return { outcome: 'gone' };
    return { outcome: 'retry', afterMs: 60 * secondMs };
  } catch {
    // Time-out, or a connection that broke: nothing was kept, so it is simply asked for again.
    return { outcome: 'retry', afterMs: 30 * secondMs };
  }
}
