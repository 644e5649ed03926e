import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../core';
import { isEasyToGuess } from './lazy-zxcvbn';

/** scrypt with 64 MiB of memory a hash (N = 2^16, r = 8); OWASP's password storage guidance asks for at least N = 2^17 or 2^16 with p = 2. */
const cost = { N: 2 ** 16, r: 8, p: 2, maxmem: 128 * 1024 * 1024 } as const;
const keyBytes = 32;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, keyBytes, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** A hash to store: `scrypt$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`;
}

/** Takes the same time whether or not there is a hash, so that names cannot be probed. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const [, salt = '', key = ''] = (hash ?? '').split('$');
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, salt ? Buffer.from(salt, 'base64url') : Buffer.alloc(16));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

const shortest = 12;

/**
 * Throws `INPUT_INVALID` for a password that is too easy to guess: length counts, as NIST SP 800-63B advises, and being none of those
 * that are tried first.
 */
export function acceptablePassword(
  password: string,
  { username, name }: { readonly username: string; readonly name: string },
): void {
  const text = password.normalize('NFC').toLowerCase();
  const varied = new Set(text).size >= 5;
  if (text.length < shortest || !varied || text.includes(username.toLowerCase()))
    throw new AppError(
      'INPUT_INVALID',
      `A password has at least ${shortest} characters, is not one repeated, and does not hold the user name.`,
    );
  if (isEasyToGuess(text, [username, ...name.toLowerCase().split(/\s+/u), 'thamrat', 'ถามรัฐ']))
    throw new AppError(
      'INPUT_INVALID',
      'This password is easy to guess: it is like ones that leaked or that many people use. Take a sentence of your own.',
    );
}
