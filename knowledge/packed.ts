import { promisify } from 'node:util';
import { type ZlibOptions, deflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry } from './schema';

/** Of an entry, what is asked of all entries at once: what they are called, whom to call, and what they are found and trained by. */
export type EntryHead = Pick<
  Entry,
  'id' | 'register' | 'name' | 'synonyms' | 'phones' | 'phrases' | 'entitlement' | 'writtenAt'
> & {
  /** Hosts that its links lead to. */
  readonly sites: readonly string[];
};

/**
 * An entry as a large register keeps it: its head at hand, all of it deflated. Twenty thousand entries take some 60 MB so, and three
 * times as much as objects.
 */
export interface PackedEntry {
  readonly head: EntryHead;
  /** All of it, made anew at every call, in some fifty microseconds. */
  content(): Entry;
}

/** Entries are some kilobytes: a small window and small chunks take little memory for each. */
const options: ZlibOptions = { level: 6, windowBits: 13, memLevel: 6, chunkSize: 4_096 };
const deflated = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw);

const slabBytes = 1 << 20;
let slab = new Uint8Array(0);
let used = 0;

/** A copy among others in one large piece: small ones by themselves would leave holes between what zlib needs for a moment. */
function kept(bytes: Uint8Array): Uint8Array {
  if (used + bytes.length > slab.length) {
    slab = new Uint8Array(Math.max(slabBytes, bytes.length));
    used = 0;
  }
  const copy = slab.subarray(used, used + bytes.length);
  copy.set(bytes);
  used += bytes.length;
  return copy;
}

export const sitesOf = (links: Entry['links']): readonly string[] =>
  links.map(({ url }) => new URL(url).hostname.replace(/^www\./u, ''));

/** Deflates beside the main thread. */
export async function pack(entry: Entry): Promise<PackedEntry> {
  const { id, register, name, synonyms, phones, phrases, entitlement, writtenAt, links } = entry;
  const whole = await deflated(Buffer.from(JSON.stringify(entry)), options);
  const bytes = kept(whole);
  return {
    head: {
      ...{ id, name, synonyms, phones, writtenAt, sites: sitesOf(links) },
      ...(register ? { register } : {}),
      ...(phrases ? { phrases } : {}),
      ...(entitlement === undefined ? {} : { entitlement }),
    },
    content: () => JSON.parse(inflateRawSync(bytes).toString()) as Entry,
  };
}
