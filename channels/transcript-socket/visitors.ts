import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Names for people without an account: nobody can guess one, and nobody but us can make one. */
export interface Visitors {
  issue(): Visitor;
  /** The visitor behind a token; `undefined` when the token is not ours. */
  read(token: string): Visitor | undefined;
}

export interface Visitor {
  /** 128 random bits: the person's external id at this channel. */
  readonly id: string;
  /** What the person's client keeps and shows. */
  readonly token: string;
}

const tokenForm = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/u;

/** Signs visitors of one channel; a token of another channel is not one of this. */
export function createVisitors(secret: string, channel: string): Visitors {
  const sign = (id: string): string =>
    createHmac('sha256', secret).update(`visitor\0${channel}\0${id}`).digest('base64url');
  const visitorOf = (id: string): Visitor => ({ id, token: `${id}.${sign(id)}` });
  return {
    issue: () => visitorOf(randomBytes(16).toString('base64url')),
    read(token) {
      const [, id, signature] = tokenForm.exec(token) ?? [];
      if (!id || !signature) return undefined;
      return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id))) ? visitorOf(id) : undefined;
    },
  };
}
