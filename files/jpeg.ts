import { readExif, uprightOnly } from './exif';
import { type Cleaned, Unacceptable, sized } from './kinds';

const marker = {
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dnl: 0xdc,
  app0: 0xe0,
  app1: 0xe1,
  app2: 0xe2,
  app14: 0xee,
};
const exifHead = 'Exif\0\0';
const profileHead = 'ICC_PROFILE\0';

/** Start of frame: baseline to arithmetic; C4, C8 and CC share the row but are tables. */
const isFrame = (code: number): boolean =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
/** Tables that the picture cannot be drawn without. */
const isTable = (code: number): boolean => [0xdb, 0xc4, 0xcc, 0xdd].includes(code);

function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** Which of a file's notes are part of how the picture looks. */
function keptNote(code: number, body: Buffer): boolean {
  if (code === marker.app2) return body.toString('latin1', 0, profileHead.length) === profileHead;
  return code === marker.app14 && body.length === 12 && body.toString('latin1', 0, 5) === 'Adobe';
}

/** Behind the coded dots of a scan: the next marker that is not part of them. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new Unacceptable('damaged');
}

/** Walks a JPEG piece by piece and writes what draws the picture; notes, thumbnails, and whatever stands behind its end are left. */
export function cleanJpeg(bytes: Buffer): Cleaned {
  const out: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let exif: ReturnType<typeof readExif>;
  let at = 2;
  for (;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const code = bytes[at + 1];
    if (bytes[at] !== 0xff || code === undefined) throw new Unacceptable('damaged');
    if (code === marker.eoi) break;
    if (at + 4 > bytes.length) throw new Unacceptable('damaged');
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new Unacceptable('damaged');
    const body = bytes.subarray(at + 4, end);
    if (isFrame(code)) {
      if (body.length < 6 || size) throw new Unacceptable('damaged');
      size = sized(body.readUInt16BE(3), body.readUInt16BE(1));
      out.push(segment(code, body));
    } else if (code === marker.sos) {
      if (!size) throw new Unacceptable('damaged');
      const over = endOfScan(bytes, end);
      out.push(bytes.subarray(at, over));
      at = over;
      continue;
    } else if (code === marker.app1) {
      if (!exif && body.toString('latin1', 0, exifHead.length) === exifHead)
        exif = readExif(body.subarray(exifHead.length));
    } else if (isTable(code) || keptNote(code, body)) out.push(segment(code, body));
    else if (!(code >= marker.app0 && code <= 0xef) && code !== 0xfe) throw new Unacceptable('damaged');
    at = end;
  }
  if (!size || out.length < 3) throw new Unacceptable('damaged');
  const upright = exif && exif.orientation !== 1 ? uprightOnly(exif.orientation) : undefined;
  return {
    kind: 'image/jpeg',
    bytes: Buffer.concat([
      Buffer.from([0xff, marker.soi]),
      ...(upright ? [segment(marker.app1, Buffer.concat([Buffer.from(exifHead, 'latin1'), upright]))] : []),
      ...out,
      Buffer.from([0xff, marker.eoi]),
    ]),
    ...size,
    ...(exif?.place ? { place: exif.place } : {}),
  };
}
