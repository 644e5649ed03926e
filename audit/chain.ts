import { createHash } from 'node:crypto';
import type { AuditEvent, Draft, Stored } from '../core';

/** One entry of the chain. Its id is its number, so that two writers can never both continue the same entry. */
export interface AuditEntry extends Stored, AuditEvent {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  readonly at: number;
  /** Hash of the entry before; empty in the first. */
  readonly previous: string;
  /** SHA-256 over the canonical JSON of everything above, hexadecimal. */
  readonly hash: string;
  /** Keyed hash of `hash`: whoever has the database alone cannot make the chain anew. */
  readonly mac: string;
}

export type Mac = (hash: string) => string;

/** Ids that sort as the numbers do. */
export const entryId = (seq: number): string => String(seq).padStart(12, '0');

/** The same text for equal values, whatever the order their fields were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

type Unsealed = Omit<AuditEntry, 'version' | 'hash' | 'mac'>;

/** The hash an entry must have. */
export function hashOf({ id, seq, at, action, actor, subject, detail, previous }: Unsealed): string {
  const hashed = { id, seq, at, action, actor, subject, detail, previous };
  return createHash('sha256').update(canonicalJson(hashed)).digest('hex');
}

/** The entry that follows `last`. */
export function entryAfter(
  last: Pick<AuditEntry, 'seq' | 'hash'> | undefined,
  event: AuditEvent,
  at: number,
  mac: Mac,
): Draft<AuditEntry> {
  const seq = (last?.seq ?? 0) + 1;
  const unsealed = { ...event, id: entryId(seq), seq, at, previous: last?.hash ?? '' };
  const hash = hashOf(unsealed);
  return { ...unsealed, hash, mac: mac(hash) };
}

/** What is wrong about an entry that should follow `last`; `undefined` when nothing is. */
export function faultOf(
  last: Pick<AuditEntry, 'seq' | 'hash'> | undefined,
  entry: AuditEntry,
  mac: Mac,
): string | undefined {
  const expected = (last?.seq ?? 0) + 1;
  if (entry.seq !== expected || entry.id !== entryId(expected)) return `entry ${expected} is missing`;
  if (entry.previous !== (last?.hash ?? '')) return 'it does not continue the entry before';
  if (entry.hash !== hashOf(entry)) return 'its content was changed';
  if (entry.mac !== mac(entry.hash)) return 'it was not written by this installation, or with another key';
  return undefined;
}
