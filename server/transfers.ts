import { type Request, type RequestHandler, type Response, raw } from 'express';
import { AppError, type ApiResult, type Route } from '../core';
import { networkOf } from './hardening';

type Upload = NonNullable<Route['upload']>;

/** Files are held whole while they are checked: so many at once and no more. */
const mostAtOnce = 6;
let reading = 0;

/** Reads a file of bounded length as it is; compressed bodies are refused, and whoever may not hand one in is refused before. */
export function readUpload({ maxBytes, admit }: Upload) {
  const guard: RequestHandler = (request, response, next) => {
    admit?.({
      authorization: request.headers.authorization ?? '',
      remoteAddress: networkOf(request.ip),
    });
    if (reading >= mostAtOnce)
      throw new AppError('BUSY', 'Too many files are coming in at once; try again soon.');
    reading += 1;
    response.once('close', () => (reading -= 1));
    next();
  };
  return [guard, raw({ type: 'application/octet-stream', limit: maxBytes, inflate: false })] as const;
}

const longestName = 400;

/** The file of a request, and the name in its `X-File-Name` header, written as in an address (`%E0%B8%A3…`). */
export function uploadOf(request: Request): { bytes: Buffer; name?: string } {
  const bytes: unknown = request.body;
  const given = request.headers['x-file-name'];
  let name: string | undefined;
  try {
    name =
      typeof given === 'string' ? decodeURIComponent(given).slice(0, longestName).toWellFormed() : undefined;
  } catch {
    name = undefined;
  }
  return { bytes: Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0), ...(name ? { name } : {}) };
}

/** Sends a file that people sent us: under its own type and no other, with nothing in it allowed to run, kept by no cache. */
export function sendFile(response: Response, file: NonNullable<ApiResult['file']>): void {
  const ascii = file.name.replace(/[^\w.-]/gu, '_');
  const encoded = encodeURIComponent(file.name).replace(
    /['()*]/gu,
    sign => `%${sign.charCodeAt(0).toString(16)}`,
  );
  response.setHeader('content-type', file.type);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader(
    'content-disposition',
    `${file.inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`,
  );
  response.end(file.bytes);
}
