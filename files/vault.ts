import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../core';

/**
 * Files on disk, outside the database: each under its id, encrypted (AES-256-GCM) with a key of its own that only its record holds,
 * sealed. Without the record nobody can read it, wherever a copy of the disk lies; changing the data keys touches records only.
 */
export interface Vault {
  /** Durable when it resolves; the same id again replaces. */
  write(id: string, key: string, plain: Buffer): Promise<void>;
  /** `undefined` when there is none; throws where it was altered. */
  read(id: string, key: string): Promise<Buffer | undefined>;
  remove(id: string): Promise<void>;
  /** Every file there is, with the time it was written, ms. */
  list(): AsyncGenerator<{ readonly id: string; readonly at: number }>;
}

/** With the ending that one has while it is being written. */
const idForm = /^f-[0-9a-f]{32}(?:\.[0-9a-f]{12})?$/u;
const head = Buffer.from('TRF1', 'latin1');

/** 32 bytes, base64url. */
export const newFileKey = (): string => randomBytes(32).toString('base64url');

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ENOENT';

export function createVault(folder: string): Vault {
  const shelfOf = (id: string): string => {
    // Ids are ours; this holds should one ever come from elsewhere.
    if (!idForm.test(id)) throw new AppError('NOT_FOUND', 'There is no such file.');
    return join(folder, id.slice(2, 4));
  };
  const pathOf = (id: string): string => join(shelfOf(id), id);

  return {
    async write(id, key, plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv);
      cipher.setAAD(Buffer.from(id));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      await mkdir(shelfOf(id), { recursive: true, mode: 0o700 });
      const beside = `${pathOf(id)}.${randomBytes(6).toString('hex')}`;
      const file = await open(beside, 'wx', 0o600);
      try {
        await file.writeFile(Buffer.concat([head, iv, cipher.getAuthTag(), body]));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, pathOf(id));
    },
    async read(id, key) {
      let bytes: Buffer;
      try {
        bytes = await readFile(pathOf(id));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
      if (!bytes.subarray(0, 4).equals(head)) throw new Error(`file ${id} is damaged`);
      const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), bytes.subarray(4, 16));
      decipher.setAAD(Buffer.from(id));
      decipher.setAuthTag(bytes.subarray(16, 32));
      return Buffer.concat([decipher.update(bytes.subarray(32)), decipher.final()]);
    },
    remove: id => rm(pathOf(id), { force: true }),
    async *list() {
      const shelves = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const shelf of shelves.filter(name => /^[0-9a-f]{2}$/u.test(name)))
        for (const id of (await readdir(join(folder, shelf))).filter(name => idForm.test(name))) {
          const known = await stat(join(folder, shelf, id)).catch(() => undefined);
          if (known) yield { id, at: known.mtimeMs };
        }
    },
  };
}
