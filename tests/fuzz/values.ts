import type { Random } from '../support/random';
import type { JsonSchema } from './operations';

const texts: readonly string[] = [
  '',
  ' ',
  'สวัสดีค่ะ',
  'บัตรประชาชนหายทำยังไง',
  'ขอคุยกับเจ้าหน้าที่',
  'ก'.repeat(5_001),
  'a'.repeat(401),
  '\u0000',
  '\ud83d',
  '\u202e\u2066x\u2069',
  '\u200b\u200d\ufeff',
  `ก${'\u0e48\u0e34'.repeat(400)}`,
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%zz',
  "' OR 1=1; --",
  '{"$gt":""}',
  '$where',
  '<img src=x onerror=alert(1)>',
  '{{7*7}}${7*7}',
  '=HYPERLINK("http://x","y")',
  'x\r\nset-cookie: a=b',
  '081 234 5678',
  '1-1037-02071-81-4',
  '2569-11-25',
  '999999999999999999999999',
  '-1',
  '1e309',
  'NaN',
  'true',
  'null',
  '🏳️‍🌈👨‍👩‍👧‍👦',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
];

/** What formats and patterns of the product's fields ask for. */
const shaped: readonly string[] = [
  'c1',
  'aaaaaaaa-bbbb',
  'th',
  'officer',
  '08:30',
  '0812345678',
  '2026-11-25',
  '2026-11-25T08:00:00Z',
  'somebody@example.go.th',
  'https://example.go.th/a',
  'QUJD',
  '123456',
];
const fits = new Map<string, readonly string[]>();

/** A text that a pattern or a format of the schema takes, where it has one and there is one. */
export function fitting({ pattern, format }: JsonSchema, random: Random): string | undefined {
  if (pattern === undefined && format === undefined) return undefined;
  if (random.below(4) === 0) return undefined;
  const key = pattern ?? `^${format}$`;
  const known = fits.get(key) ?? [...shaped, ...texts].filter(text => new RegExp(key, 'u').test(text));
  fits.set(key, known);
  return known.length > 0 ? random.pick(known) : undefined;
}

const others: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[[]]],
  { $gt: '' },
  { $ne: null },
  { $where: 'sleep(9)' },
  { length: 9 },
  { toString: 1 },
  ['a', 'b'],
];

/** A text that somebody could send by mistake or by design; half of them made of random letters. */
export function anyText(random: Random): string {
  if (random.below(2) === 0) return random.pick(texts);
  return String.fromCharCode(
    ...Array.from({ length: random.below(40) }, () =>
      random.below(3) === 0
        ? 0x0e00 + random.below(0x60)
        : random.below(8) === 0
          ? random.below(0xffff)
          : 32 + random.below(95),
    ),
  );
}

export const anyValue = (random: Random): unknown =>
  random.below(3) === 0 ? random.pick(others) : anyText(random);

/** `value` with one part, at any depth, left out, doubled, renamed or replaced. */
export function spoiled(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.below(6) === 0) return anyValue(random);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(4) === 0) return [...value, anyValue(random)];
    const at = random.below(value.length);
    return value.map((each: unknown, index) => (index === at ? spoiled(each, random) : each));
  }
  const entries = Object.entries<unknown>(Object(value));
  if (entries.length === 0) return { [anyText(random)]: anyValue(random) };
  const at = random.below(entries.length);
  switch (random.below(8)) {
    case 0:
      return Object.fromEntries(entries.filter((_, index) => index !== at));
    case 1:
      return Object.fromEntries([...entries, [anyText(random), anyValue(random)]]);
    default:
      return Object.fromEntries(
        entries.map(([name, each], index) => [name, index === at ? spoiled(each, random) : each]),
      );
  }
}

/** Now and then breaks what was valid JSON. */
export function jsonOf(value: unknown, random: Random): string {
  const json = JSON.stringify(value) ?? '';
  switch (random.below(40)) {
    case 0:
      return json.slice(0, random.below(json.length + 1));
    case 1:
      return json.replace('{', '{"__proto__":{"polluted":true},');
    case 2:
      return `${json}${anyText(random)}`;
    default:
      return json;
  }
}

/** A file of which a part is lost, or a byte is another. */
export function mangled(file: Buffer, random: Random): Buffer {
  if (random.below(2) === 0) return file.subarray(0, random.below(file.length + 1));
  const copy = Buffer.from(file);
  if (copy.length > 0) copy[random.below(copy.length)] = random.below(256);
  return copy;
}

/** What a header can carry of a text. */
export const visible = (text: string): string => text.replace(/[^\x20-\x7e]/gu, '');
/** A text as part of an address. */
export const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());
