import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link opens, for whom and until when. */
export interface Link {
  readonly fileId: string;
  readonly sessionId: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
  readonly epoch: number;
}

/**
 * Links to files for officers. A link names the file, an end, and how often links of the file had been taken back; its signature also
 * covers the session it was made for, so that it opens nothing in any other hands.
 */
export interface Links {
  make(link: Link): string;
  /** `undefined` for whatever was not signed here, for this session. */
  read(token: string, sessionId: string): Omit<Link, 'sessionId'> | undefined;
}

const form = /^(f-[0-9a-f]{32})\.([0-9a-z]{1,12})\.([0-9a-z]{1,6})\.([\w-]{43})$/u;

export function createLinks(secret: string): Links {
  const sign = ({ fileId, sessionId, expiresAt, epoch }: Link): string =>
    createHmac('sha256', secret)
      .update(['file-link', fileId, sessionId, expiresAt, epoch].join('\0'))
      .digest('base64url');
  return {
    make: link => [link.fileId, link.expiresAt.toString(36), link.epoch.toString(36), sign(link)].join('.'),
    read(token, sessionId) {
      const [, fileId, end, times, signature] = form.exec(token) ?? [];
      if (!fileId || !end || !times || !signature || sessionId === '') return undefined;
      const link = { fileId, expiresAt: parseInt(end, 36), epoch: parseInt(times, 36) };
      const right = Buffer.from(sign({ ...link, sessionId }));
      const given = Buffer.from(signature);
      return given.length === right.length && timingSafeEqual(given, right) ? link : undefined;
    },
  };
}
