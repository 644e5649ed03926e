import { readExif } from './exif';
import { type Cleaned, Unacceptable, sized } from './kinds';

const kept: readonly string[] = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'];
/** Bits of VP8X that announce EXIF and XMP. */
const announcesNotes = 0x08 | 0x04;

function sizeIn(name: string, body: Buffer): { width: number; height: number } | undefined {
  switch (name) {
    case 'VP8X':
      if (body.length < 10) throw new Unacceptable('damaged');
      return sized(body.readUIntLE(4, 3) + 1, body.readUIntLE(7, 3) + 1);
    case 'VP8 ':
      if (body.length < 10 || body.readUIntBE(3, 3) !== 0x9d012a) throw new Unacceptable('damaged');
      return sized(body.readUInt16LE(6) & 0x3fff, body.readUInt16LE(8) & 0x3fff);
    case 'VP8L': {
      if (body.length < 5 || body[0] !== 0x2f) throw new Unacceptable('damaged');
      const bits = body.readUInt32LE(1);
      return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    default:
      return undefined;
  }
}

/** Walks a WebP chunk by chunk and writes what draws the picture. */
export function cleanWebp(bytes: Buffer): Cleaned {
  const whole = 8 + (bytes.length >= 12 ? bytes.readUInt32LE(4) : 0);
  if (whole > bytes.length || whole < 20) throw new Unacceptable('damaged');
  const out: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let exif: ReturnType<typeof readExif>;
  let drawn = false;
  for (let at = 12; at < whole;) {
    if (at + 8 > whole) throw new Unacceptable('damaged');
    const name = bytes.toString('latin1', at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > whole) throw new Unacceptable('damaged');
    const body = bytes.subarray(at + 8, at + 8 + length);
    const inside = sizeIn(name, body);
    size ??= inside;
    drawn ||= name === 'VP8 ' || name === 'VP8L' || name === 'ANMF';
    if (name === 'EXIF') exif = readExif(body.toString('latin1', 0, 4) === 'Exif' ? body.subarray(6) : body);
    if (kept.includes(name)) {
      const chunk = Buffer.from(bytes.subarray(at, Math.min(end, whole)));
      if (name === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~announcesNotes, 8);
      out.push(chunk);
    }
    at = end;
  }
  if (!size || !drawn) throw new Unacceptable('damaged');
  const body = Buffer.concat(out);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return {
    kind: 'image/webp',
    bytes: Buffer.concat([head, body]),
    ...size,
    ...(exif?.place ? { place: exif.place } : {}),
  };
}
