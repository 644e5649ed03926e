import { cutText } from '../core';
import { cleanJpeg } from './jpeg';
import { type Cleaned, type Inspected, Unacceptable, kinds } from './kinds';
import { cleanMp4 } from './mp4';
import { cleanPdf } from './pdf';
import { cleanPng, pngSignature } from './png';
import { cleanWebp } from './webp';

/** Larger ones are refused before they are read to their end. A phone's photograph has 2 to 8 MB. */
export const mostBytes = 20 * 1024 * 1024;

/** How each kind begins; no file begins like two of them. */
const readers: readonly (readonly [begins: (bytes: Buffer) => boolean, clean: (bytes: Buffer) => Cleaned])[] =
  [
    [bytes => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff, cleanJpeg],
    [bytes => bytes.subarray(0, 8).equals(pngSignature), cleanPng],
    [
      bytes => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
      cleanWebp,
    ],
    [bytes => bytes.toString('latin1', 0, 5) === '%PDF-', cleanPdf],
    [bytes => bytes.toString('latin1', 4, 8) === 'ftyp', cleanMp4],
  ];

/** Finds what a file is by its content, whatever its name says, and cleans it. Never throws for what the bytes are. */
export function inspect(bytes: Buffer): Inspected {
  if (bytes.length === 0) return { outcome: 'refused', why: 'empty' };
  if (bytes.length > mostBytes) return { outcome: 'refused', why: 'too-large' };
  const clean = readers.find(([begins]) => begins(bytes))?.[1];
  if (!clean) return { outcome: 'refused', why: 'kind' };
  try {
    return { outcome: 'clean', file: clean(bytes) };
  } catch (error) {
    if (error instanceof Unacceptable) return { outcome: 'refused', why: error.why };
    throw error;
  }
}

const longestStem = 80;

/** A name to show and to save under: no folders, no signs that steer a terminal or turn text round, one ending, the true one. */
export function shownName(given: string | undefined, kind: Cleaned['kind'], fallback: string): string {
  const last = (given ?? '').normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const stem = last
    .replace(/\.[A-Za-z0-9]{1,8}$/u, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[.:*?"<>|%;&$`'=]+/gu, '-')
    .trim();
  const cut = cutText(stem, longestStem);
  return `${/[\p{L}\p{N}]/u.test(cut) ? cut : fallback}.${kinds[kind].extension}`;
}
