import type { Place } from './kinds';

/** What of a camera's metadata matters here: which way is up, and where it was. */
export interface Exif {
  /** 1-8 as EXIF counts them; 1 is upright. */
  readonly orientation: number;
  readonly place?: Place;
}

const tags = { orientation: 0x0112, gps: 0x8825, latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 };
const mostEntries = 512;

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where its value, or the offset of its value, stands. */
  readonly at: number;
}

/** Reads a TIFF block, as EXIF uses it; `undefined` where it cannot be read. Never throws. */
export function readExif(tiff: Buffer): Exif | undefined {
  const order = tiff.toString('latin1', 0, 2);
  if ((order !== 'II' && order !== 'MM') || tiff.length < 8) return undefined;
  const little = order === 'II';
  const fits = (at: number, bytes: number): boolean => at >= 0 && at + bytes <= tiff.length;
  const u16 = (at: number): number =>
    fits(at, 2) ? (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : 0;
  const u32 = (at: number): number =>
    fits(at, 4) ? (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)) : 0;

  function entriesAt(at: number): Map<number, Entry> {
    const entries = new Map<number, Entry>();
    const count = Math.min(u16(at), mostEntries);
    for (let index = 0; index < count; index += 1) {
      const entry = at + 2 + index * 12;
      if (!fits(entry, 12)) break;
      const tag = u16(entry);
      entries.set(tag, { tag, type: u16(entry + 2), count: u32(entry + 4), at: entry + 8 });
    }
    return entries;
  }

  /** Degrees, minutes and seconds, each a fraction. */
  function degrees(entry: Entry | undefined, ref: Entry | undefined, negative: string): number | undefined {
    if (entry?.type !== 5 || entry.count !== 3 || !ref) return undefined;
    const start = u32(entry.at);
    if (!fits(start, 24)) return undefined;
    const [whole = 0, minutes = 0, seconds = 0] = [0, 8, 16].map(offset => {
      const under = u32(start + offset + 4);
      return under === 0 ? 0 : u32(start + offset) / under;
    });
    const value = whole + minutes / 60 + seconds / 3600;
    return tiff.toString('latin1', ref.at, ref.at + 1) === negative ? -value : value;
  }

  const main = entriesAt(u32(4));
  const up = main.get(tags.orientation);
  const turned = up?.type === 3 ? u16(up.at) : 1;
  const gps = main.get(tags.gps);
  const where = gps ? entriesAt(u32(gps.at)) : new Map<number, Entry>();
  const latitude = degrees(where.get(tags.latitude), where.get(tags.latitudeRef), 'S');
  const longitude = degrees(where.get(tags.longitude), where.get(tags.longitudeRef), 'W');
  const known =
    latitude !== undefined &&
    longitude !== undefined &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180;
  return {
    orientation: turned >= 1 && turned <= 8 ? turned : 1,
    ...(known ? { place: { latitude, longitude } } : {}),
  };
}

/** A TIFF block that says only which way is up. */
export function uprightOnly(orientation: number): Buffer {
  const block = Buffer.alloc(26);
  block.write('MM\0*', 0, 'latin1');
  block.writeUInt32BE(8, 4);
  block.writeUInt16BE(1, 8);
  block.writeUInt16BE(tags.orientation, 10);
  block.writeUInt16BE(3, 12);
  block.writeUInt32BE(1, 14);
  block.writeUInt16BE(orientation, 18);
  return block;
}
