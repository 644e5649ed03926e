import { z } from 'zod';
import { AppError, type Key, type Scan } from '../core';

/**
 * Index keys as text whose order is the order of the parts, in every engine: SQLite compares UTF-8 bytes, some
 * MongoDB servers compare UTF-16 units. Below U+D7FF both agree, so everything else is escaped to stay below it.
 */

/** Between two parts of a key; smaller than anything inside a part. */
const separator = '\u0001';
/** Before an escaped control character. */
const lowEscape = '\u0002';
/** Before the four hexadecimal digits of an escaped unit from U+D7FF on: surrogates, lone or paired, and what sorts above them. */
const highEscape = '\uD7FF';

/** Sorts behind every encoded key: an escape is followed by a hexadecimal digit, never by a tilde. */
export const behindAllKeys = `${highEscape}~`;

const digitsOfNumber = 16;
const needsEscape = /[\u0000-\u001F\uD7FF-\uFFFF]/;
const toEscape = /[\u0000-\u001F\uD7FF-\uFFFF]/g;

function escapeUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  return code < 0x20
    ? lowEscape + String.fromCharCode(0x40 + code)
    : highEscape + code.toString(16).padStart(4, '0');
}

/** A text that every engine stores unchanged and orders alike: no control characters, no surrogates. Also for ids. */
export function encodeText(text: string): string {
  if (typeof text !== 'string')
    throw new TypeError(`A stored id or word must be a string, not ${typeof text}`);
  return needsEscape.test(text) ? text.replace(toEscape, escapeUnit) : text;
}

function encodePart(part: string | number): string {
  if (typeof part !== 'number') return encodeText(part);
  if (!Number.isSafeInteger(part) || part < 0) {
    throw new RangeError(`A number in an index key must be a non-negative safe integer, not ${part}`);
  }
  return String(part).padStart(digitsOfNumber, '0');
}

export function encodeKey(key: Key): string {
  return key.map(encodePart).join(separator);
}

/** The encoded keys of a scan: `from` inclusive, `to` exclusive. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** Where a scan begins and ends; the bounds belong to the part that follows the prefix. */
export function rangeOf(scan: Pick<Scan, 'prefix' | 'from' | 'to'>): KeyRange {
  const prefix = scan.prefix ?? [];
  const start = encodeKey(prefix);
  const base = prefix.length > 0 ? start + separator : '';
  const end = prefix.length > 0 ? start + lowEscape : behindAllKeys;
  return {
    from: scan.from === undefined ? start : base + encodePart(scan.from),
    to: scan.to === undefined ? end : base + encodePart(scan.to),
  };
}

/** The last record of a page, by encoded key and encoded id. */
export type Position = readonly [key: string, id: string];

const position = z.tuple([z.string(), z.string()]);

export function cursorOf(last: Position): string {
  return Buffer.from(JSON.stringify(last)).toString('base64url');
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Cursors come back from outside, so they are read as such. A forged one cannot leave the range of its scan. */
export function positionOf(cursor: string): Position {
  const read = position.safeParse(parsed(cursor));
  if (!read.success) {
    throw new AppError(
      'INPUT_INVALID',
      'The page cursor is not one of ours; leave it out to begin at the first page.',
    );
  }
  return read.data;
}

/** Where a page goes on; `undefined` at the start of the range, and for a cursor from outside of it. */
export function positionIn(range: KeyRange, cursor: string | undefined): Position | undefined {
  const at = cursor === undefined ? undefined : positionOf(cursor);
  return at && at[0] >= range.from && at[0] < range.to ? at : undefined;
}
