import { createHash, randomInt } from 'node:crypto';

/** Without letters that are read for others. */
const letters = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const group = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');

/** A code to write down, such as `K7M2Q-...`: 5 letters a group, 4.9 bits a letter. */
export const newCode = (groups: number): string => Array.from({ length: groups }, group).join('-');

/** Codes are random and long enough that a plain hash cannot be turned around; small letters and spaces are forgiven. */
export const hashOfCode = (code: string): string =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z0-9]/gu, ''))
    .digest('base64url');
