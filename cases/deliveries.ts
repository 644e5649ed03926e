import type { Clock, Collection, Engine, Stored } from '../core';

/** Something to send to one address outside: a mail, a webhook call. Sealed, because it may say whom it concerns. */
export interface Delivery extends Stored {
  /** The way out, such as `mail` or the name of a hook. */
  readonly way: string;
  readonly sealed: string;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  readonly attempts: number;
  /** When to try (waiting), or when the lease of the try ends (sending), ms. */
  readonly dueAt: number;
  readonly createdAt: number;
  readonly why?: string;
}

export type Attempt =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'retry'; readonly why: string }
  | { readonly outcome: 'refused'; readonly why: string };

const leaseMs = 60_000;
const batchSize = 100;
const firstWaitMs = 5_000;
const longestWaitMs = 60 * 60 * 1000;
/** With doubling waits, somewhat more than a day. */
export const triesPerDelivery = 30;

export const waitAfter = (attempts: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, attempts - 1));

export interface Deliveries {
  /** The same id again is the same delivery. */
  add(delivery: { readonly id: string; readonly way: string; readonly sealed: string }): Promise<void>;
  /** Tries everything that is due. */
  run(): Promise<void>;
  /** Sends again what was sent or failed since `since`; how many. */
  replay(way: string, since: number): Promise<number>;
  /** What did not arrive, newest first. */
  failed(limit: number): Promise<readonly Delivery[]>;
}

export function deliveriesCollection(engine: Engine): Collection<Delivery> {
  return engine.collection<Delivery>({
    name: 'case-deliveries',
    revision: 1,
    keeps: {
      purpose: 'answer',
      basis: 'public-task',
      retention: 'sendings',
      personal: ['sealed'],
      sealed: { fields: ['sealed'], index: 'way' },
      ages: 'ended',
    },
    indexes: {
      ended: each => (each.state === 'waiting' || each.state === 'sending' ? undefined : [each.createdAt]),
      due: each => (each.state === 'waiting' || each.state === 'sending' ? [each.dueAt] : undefined),
      way: each => [each.way, each.createdAt],
      failed: each => (each.state === 'failed' ? [each.createdAt] : undefined),
    },
  });
}

/** Sends at least once, under an id that stays the same, with growing waits between the tries; each try is leased. */
export function createDeliveries(
  records: Collection<Delivery>,
  send: (delivery: Delivery) => Promise<Attempt>,
  clock: Clock,
): Deliveries {
  async function attempt(waiting: Delivery): Promise<void> {
    const leased: Delivery = {
      ...waiting,
      state: 'sending',
      attempts: waiting.attempts + 1,
      dueAt: clock() + leaseMs,
    };
    if (!(await records.replace(leased))) return;
    const { outcome, ...result } = await send(leased);
    const why = 'why' in result ? { why: result.why } : {};
    const over = outcome === 'refused' || leased.attempts >= triesPerDelivery;
    const after: Pick<Delivery, 'state' | 'dueAt'> =
      outcome === 'sent'
        ? { state: 'sent', dueAt: leased.dueAt }
        : over
          ? { state: 'failed', dueAt: leased.dueAt }
          : { state: 'waiting', dueAt: clock() + waitAfter(leased.attempts) };
    await records.replace({ ...leased, version: leased.version + 1, ...after, ...why });
  }

  return {
    async add({ id, way, sealed }) {
      const now = clock();
      await records.insert({ id, way, sealed, state: 'waiting', attempts: 0, dueAt: now, createdAt: now });
    },
    async run() {
      for (;;) {
        const { records: due } = await records.scan({ index: 'due', to: clock() + 1, limit: batchSize });
        await Promise.all(due.map(attempt));
        if (due.length < batchSize) return;
      }
    },
    async replay(way, since) {
      let count = 0;
      let after: string | undefined;
      do {
        const page = await records.scan({
          index: 'way',
          prefix: [way],
          from: since,
          limit: batchSize,
          ...(after === undefined ? {} : { after }),
        });
        for (const each of page.records) {
          if (each.state !== 'sent' && each.state !== 'failed') continue;
          if (await records.replace({ ...each, state: 'waiting', attempts: 0, dueAt: clock() })) count += 1;
        }
        after = page.cursor;
      } while (after !== undefined);
      return count;
    },
    async failed(limit) {
      return (await records.scan({ index: 'failed', limit, descending: true })).records;
    },
  };
}
