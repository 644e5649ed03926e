import {
  type Audit,
  type AuditEvent,
  type Clock,
  type Collection,
  type CollectionDefinition,
  type Engine,
  type Stored,
  bangkokIsoDate,
} from '../core';
import { type AuditEntry, type Mac, entryAfter, faultOf } from './chain';

/** The last entry of a day, noted when the next day begins: whoever cuts off the end of the chain must also find this. */
export interface AuditHead extends Stored {
  readonly seq: number;
  readonly hash: string;
}

const entriesDefinition: CollectionDefinition<AuditEntry> = {
  name: 'audit',
  revision: 1,
  keeps: {
    purpose: 'security',
    basis: 'legal-obligation',
    retention: 'audit',
    personal: ['actor', 'subject'],
  },
  indexes: {
    seq: entry => [entry.seq],
    actor: entry => (entry.actor.kind === 'officer' ? [entry.actor.id, entry.seq] : undefined),
    subject: entry => (entry.subject ? [entry.subject.kind, entry.subject.id, entry.seq] : undefined),
    action: entry => [entry.action, entry.seq],
  },
};

/** Looking at the same thing again within so long is the same view, ms. */
const sameViewMs = 5 * 60 * 1000;
const rememberedViews = 10_000;
const pageSize = 500;

export interface AuditQuery {
  readonly officerId?: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly action?: string;
  /** Entries below this number. */
  readonly before?: number;
  readonly limit: number;
}

export type Verified =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly head: { readonly seq: number; readonly hash: string };
    }
  | { readonly ok: false; readonly entries: number; readonly brokenAt: number; readonly why: string };

/** The chain as its readers see it: nothing here changes or removes an entry. */
export interface AuditTrail extends Audit {
  /** Newest first. */
  entries(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** Walks the whole chain; names the first broken entry. `expected` is a head that was noted elsewhere. */
  verify(expected?: { readonly seq: number; readonly hash: string }): Promise<Verified>;
}

/**
 * Appends to a chain that several processes share, without transactions: an entry's id is its number, so of two writers one is refused
 * and tries again behind the other. Before `engine.open()`.
 */
export function createAudit(parts: {
  engine: Engine;
  clock: Clock;
  mac: Mac;
  /** Told the head of a day that ended, to be kept where this database cannot be changed from. */
  onHead?: (day: string, head: { readonly seq: number; readonly hash: string }) => void;
}): AuditTrail {
  const { clock, mac } = parts;
  const entries: Collection<AuditEntry> = parts.engine.collection(entriesDefinition);
  const heads: Collection<AuditHead> = parts.engine.collection<AuditHead>({
    name: 'audit-heads',
    revision: 1,
    keeps: {
      purpose: 'none',
      basis: 'legal-obligation',
      retention: 'audit',
      personal: [],
    },
    indexes: { seq: head => [head.seq] },
  });
  let tip: AuditEntry | undefined;
  let turn: Promise<void> = Promise.resolve();
  const views = new Map<string, number>();

  async function newest(): Promise<AuditEntry | undefined> {
    return (await entries.scan({ index: 'seq', limit: 1, descending: true })).records[0];
  }

  async function noteHead(last: AuditEntry, at: number): Promise<void> {
    const day = bangkokIsoDate(last.at);
    if (day === bangkokIsoDate(at)) return;
    const head = { seq: last.seq, hash: last.hash };
    if (await heads.insert({ id: day, ...head })) parts.onHead?.(day, head);
  }

  async function append(event: AuditEvent): Promise<void> {
    for (;;) {
      const last = tip ?? (await newest());
      const at = clock();
      const entry = entryAfter(last, event, at, mac);
      if (await entries.insert(entry)) {
        tip = { ...entry, version: 1 };
        if (last) await noteHead(last, at);
        return;
      }
      tip = undefined;
    }
  }

  /** One after the other in this process, so that it never competes with itself. */
  function inTurn(event: AuditEvent): Promise<void> {
    const appended = turn.then(() => append(event));
    turn = appended.catch(() => undefined);
    return appended;
  }

  function viewKey({ action, actor, subject }: AuditEvent): string | undefined {
    if (actor.kind !== 'officer' || !action.endsWith('.viewed')) return undefined;
    return [actor.id, action, subject?.kind, subject?.id].join('\u0000');
  }

  return {
    async record(event) {
      const key = viewKey(event);
      const now = clock();
      const seenAt = key === undefined ? undefined : views.get(key);
      if (seenAt !== undefined && now >= seenAt && now - seenAt < sameViewMs) return;
      await inTurn(event);
      if (key === undefined) return;
      if (views.size >= rememberedViews) views.clear();
      views.set(key, now);
    },
    async entries({ officerId, subject, action, before, limit }) {
      const [index, prefix] = officerId
        ? ['actor', [officerId]]
        : subject
          ? ['subject', [subject.kind, subject.id]]
          : action
            ? ['action', [action]]
            : ['seq', []];
      const to = before === undefined ? {} : { to: before };
      return (await entries.scan({ index, prefix, ...to, limit, descending: true })).records;
    },
    async verify(expected) {
      const noted = new Map<number, string>(expected ? [[expected.seq, expected.hash]] : []);
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await heads.scan({ index: 'seq', limit: pageSize, ...(after ? { after } : {}) });
        for (const head of page.records) noted.set(head.seq, noted.get(head.seq) ?? head.hash);
        after = page.cursor;
      }
      let last: AuditEntry | undefined;
      const broken = (why: string): Verified => ({
        ok: false,
        entries: last?.seq ?? 0,
        brokenAt: (last?.seq ?? 0) + 1,
        why,
      });
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await entries.scan({ index: 'seq', limit: pageSize, ...(after ? { after } : {}) });
        for (const entry of page.records) {
          const fault = faultOf(last, entry, mac);
          if (fault) return broken(fault);
          if ((noted.get(entry.seq) ?? entry.hash) !== entry.hash)
            return broken('its hash is not the one that was noted as the head of its day');
          noted.delete(entry.seq);
          last = entry;
        }
        after = page.cursor;
      }
      const lost = Math.min(...noted.keys());
      if (noted.size > 0)
        return broken(`the end of the chain was cut off: entry ${lost} was noted as a head`);
      return { ok: true, entries: last?.seq ?? 0, head: { seq: last?.seq ?? 0, hash: last?.hash ?? '' } };
    },
  };
}
