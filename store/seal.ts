import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../core';

/** Seals identifiers at rest (AES-256-GCM) and makes keyed hashes to look them up by. */
export interface Seal {
  seal(plain: string): string;
  /** Throws when the text was altered or its key is not among the data keys. */
  open(sealed: string): string;
  /** Whether the newest key sealed it. */
  isCurrent(sealed: string): boolean;
  /** Keyed hash (HMAC-SHA-256, 128 bits, base64url): equal for equal texts, useless without the key. */
  lookup(purpose: string, plain: string): string;
}

export interface DataKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** `keys[0]` seals; all of them open. Hashes use `lookupKey`, which never rotates. */
export function createSeal(keys: readonly DataKey[], lookupKey: Buffer): Seal {
  const [current] = keys;
  if (!current) throw new AppError('CONFIGURATION_INVALID', 'DATA_KEYS names no key; give at least one.');
  const byId = new Map(keys.map(key => [key.id, key.key]));
  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed) {
      const dot = sealed.indexOf('.');
      const key = byId.get(sealed.slice(0, dot));
      if (!key)
        throw new AppError(
          'CONFIGURATION_INVALID',
          `No data key "${sealed.slice(0, dot)}"; add it to DATA_KEYS.`,
        );
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    isCurrent: sealed => sealed.startsWith(`${current.id}.`),
    lookup(purpose, plain) {
      return createHmac('sha256', lookupKey)
        .update(`${purpose}\u0000${plain}`)
        .digest()
        .subarray(0, 16)
        .toString('base64url');
    },
  };
}
