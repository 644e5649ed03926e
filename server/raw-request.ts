import type { Request } from 'express';
import { AppError, type RawRequest } from '../core';

/** The body's bytes as they came, at most `maxBytes`. The rest of a larger one is not read. */
export function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): AppError =>
      new AppError('BODY_TOO_LARGE', `The request is larger than ${maxBytes} bytes.`);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        request.pause();
        reject(tooLarge());
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => reject(new AppError('BODY_MALFORMED', 'The request broke off.')));
    request.on('aborted', () => reject(new AppError('BODY_MALFORMED', 'The request broke off.')));
  });
}

/** An Express request in the words of the channels. */
export function rawRequest(request: Request, body: Buffer): RawRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return { method: request.method, url: request.originalUrl, headers, body };
}
