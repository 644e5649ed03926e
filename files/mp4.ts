import { type Cleaned, type FileKind, Unacceptable } from './kinds';

const brands: readonly string[] = [
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'MSNV',
];
const soundBrands: readonly string[] = ['M4A ', 'M4B '];
/** Boxes that hold texts, places and makers' notes. */
const notes: readonly string[] = ['udta', 'meta', 'uuid', 'free', 'skip', 'wide'];
const insides: readonly string[] = ['moov', 'trak', 'mdia', 'moof', 'traf'];
const allowed: readonly string[] = ['ftyp', 'moov', 'mdat', 'moof', 'mfra', 'sidx', 'styp', ...notes];
const mostBoxes = 10_000;

/**
 * Empties the boxes of an MP4 that say more than its picture and sound do. Nothing moves: offsets in the file go on being right.
 */
export function cleanMp4(given: Buffer): Cleaned {
  const bytes = Buffer.from(given);
  let boxes = 0;
  const seen = new Set<string>();

  function walk(from: number, to: number, outermost: boolean): void {
    for (let at = from; at < to;) {
      boxes += 1;
      if (at + 8 > to || boxes > mostBoxes) throw new Unacceptable('damaged');
      const name = bytes.toString('latin1', at + 4, at + 8);
      const short = bytes.readUInt32BE(at);
      const head = short === 1 ? 16 : 8;
      if (short === 1 && at + 16 > to) throw new Unacceptable('damaged');
      const length =
        short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 && outermost ? to - at : short;
      if (length < head || at + length > to) throw new Unacceptable('damaged');
      if (outermost && !allowed.includes(name)) throw new Unacceptable('damaged');
      if (outermost) seen.add(name);
      if (notes.includes(name)) {
        bytes.write('free', at + 4, 'latin1');
        bytes.fill(0, at + head, at + length);
      } else if (insides.includes(name)) walk(at + head, at + length, false);
      at += length;
    }
  }

  const brand = bytes.toString('latin1', 8, 12);
  const kind: FileKind | undefined = soundBrands.includes(brand)
    ? 'audio/mp4'
    : brands.includes(brand)
      ? 'video/mp4'
      : undefined;
  if (!kind) throw new Unacceptable('kind');
  walk(0, bytes.length, true);
  if (!seen.has('moov')) throw new Unacceptable('damaged');
  return { kind, bytes };
}
