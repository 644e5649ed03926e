import { crc32, deflateSync } from 'node:zlib';

/** Small true files, and what people hide in them. */

const chunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
};

/** A red square as PNG; `extra` stands before its picture, `after` behind its end. */
export function png(
  given: {
    side?: number;
    width?: number;
    height?: number;
    extra?: readonly [string, Buffer][];
    after?: Buffer;
  } = {},
): Buffer {
  const { side = 2, extra = [], after = Buffer.alloc(0) } = given;
  const [width, height] = [given.width ?? side, given.height ?? side];
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, Buffer.from([0xff, 0, 0]))]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...extra.map(([name, body]) => chunk(name, body)),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
    after,
  ]);
}

/** EXIF as a phone writes it: turned by a quarter, and 13°45'03"N 100°30'00"E, which is Bangkok. */
export function exifOfBangkok(): Buffer {
  const out = Buffer.alloc(200);
  const entry = (at: number, tag: number, type: number, count: number, value: number | Buffer): void => {
    out.writeUInt16LE(tag, at);
    out.writeUInt16LE(type, at + 2);
    out.writeUInt32LE(count, at + 4);
    if (typeof value === 'number') out.writeUInt32LE(value, at + 8);
    else value.copy(out, at + 8);
  };
  out.write('II*\0', 0, 'latin1');
  out.writeUInt32LE(8, 4);
  out.writeUInt16LE(2, 8);
  entry(10, 0x0112, 3, 1, 6);
  entry(22, 0x8825, 4, 1, 40);
  out.writeUInt16LE(4, 40);
  entry(42, 1, 2, 2, Buffer.from('N\0\0\0', 'latin1'));
  entry(54, 2, 5, 3, 100);
  entry(66, 3, 2, 2, Buffer.from('E\0\0\0', 'latin1'));
  entry(78, 4, 5, 3, 124);
  [13, 1, 45, 1, 3, 1, 100, 1, 30, 1, 0, 1].forEach((value, index) =>
    out.writeUInt32LE(value, 100 + index * 4),
  );
  return out;
}

const plainJpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////' +
    'wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  'base64',
);
const segment = (code: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

/** A photograph with everything that a phone, an editor and a trickster put into it. */
export function jpeg(given: { notes?: boolean; after?: Buffer } = {}): Buffer {
  const { notes = true, after = Buffer.alloc(0) } = given;
  const text = (head: string, body: string): Buffer => Buffer.from(`${head}${body}`, 'latin1');
  return Buffer.concat([
    plainJpeg.subarray(0, 2),
    ...(notes
      ? [
          segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOfBangkok()])),
          segment(
            0xe1,
            text('http://ns.adobe.com/xap/1.0/\0', '<x:xmpmeta>GPSLatitude SECRET-XMP</x:xmpmeta>'),
          ),
          segment(0xed, text('Photoshop 3.0\0', 'SECRET-IPTC')),
          segment(0xfe, text('', '<script>SECRET-COMMENT</script>')),
        ]
      : []),
    plainJpeg.subarray(2),
    after,
  ]);
}

const plainWebp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
/** A WebP with EXIF and XMP announced and there. */
export function webp(): Buffer {
  const part = (name: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const extended = Buffer.alloc(10);
  extended[0] = 0x08 | 0x04;
  const body = Buffer.concat([
    part('VP8X', extended),
    plainWebp.subarray(12),
    part('EXIF', exifOfBangkok()),
    part('XMP ', Buffer.from('<x>SECRET-XMP</x>')),
  ]);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

export function pdf(objects: string | Buffer = '', tail = ''): Buffer {
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n', 'latin1'),
    Buffer.isBuffer(objects) ? objects : Buffer.from(objects, 'latin1'),
    Buffer.from(
      `2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n${tail}`,
      'latin1',
    ),
  ]);
}

/** Objects inside a compressed stream, as PDF 1.5 allows. */
export const objectStream = (inside: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from('9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>\nstream\n', 'latin1'),
    deflateSync(inside),
    Buffer.from('\nendstream\nendobj\n', 'latin1'),
  ]);

const box = (name: string, ...bodies: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(bodies);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** A video's frame of boxes, with the place where it was taken. */
export const mp4 = (brand = 'mp42'): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0`, 'latin1')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      box('trak', box('tkhd', Buffer.alloc(84)), box('udta', Buffer.from('SECRET-TRACK'))),
      box('udta', box('\u00a9xyz', Buffer.from('+13.7563+100.5018/SECRET-PLACE'))),
      box('meta', Buffer.from('SECRET-META')),
    ),
    box('mdat', Buffer.from('picture and sound')),
    box('uuid', Buffer.from('SECRET-UUID')),
  ]);
