import { crc32 } from 'node:zlib';
import { readExif } from './exif';
import { type Cleaned, Unacceptable, sized } from './kinds';

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Chunks that draw the picture or say which colours are meant. Texts, times, profiles and places of cameras are not among them. */
const kept: readonly string[] = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT'];

/** Walks a PNG chunk by chunk, each with its check sum, and writes what draws the picture. */
export function cleanPng(bytes: Buffer): Cleaned {
  const out: Buffer[] = [pngSignature];
  let size: { width: number; height: number } | undefined;
  let exif: ReturnType<typeof readExif>;
  let drawn = false;
  for (let at = pngSignature.length; ;) {
    if (at + 12 > bytes.length) throw new Unacceptable('damaged');
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) throw new Unacceptable('damaged');
    const name = bytes.toString('latin1', at + 4, at + 8);
    const body = bytes.subarray(at + 8, end - 4);
    if (bytes.readUInt32BE(end - 4) !== crc32(bytes.subarray(at + 4, end - 4)))
      throw new Unacceptable('damaged');
    if ((name === 'IHDR') === (size !== undefined)) throw new Unacceptable('damaged');
    if (name === 'IHDR') {
      if (length !== 13) throw new Unacceptable('damaged');
      size = sized(body.readUInt32BE(0), body.readUInt32BE(4));
    }
    if (name === 'eXIf') exif = readExif(body);
    // A chunk that the picture needs and that nobody knows: not a picture that we understand.
    if (!kept.includes(name) && !/^[a-z]/u.test(name)) throw new Unacceptable('damaged');
    if (kept.includes(name)) out.push(bytes.subarray(at, end));
    if (name === 'IDAT') drawn = true;
    if (name === 'IEND') break;
    at = end;
  }
  if (!size || !drawn) throw new Unacceptable('damaged');
  return {
    kind: 'image/png',
    bytes: Buffer.concat(out),
    ...size,
    ...(exif?.place ? { place: exif.place } : {}),
  };
}
