import { z } from 'zod';
import type {
  BadNumber,
  Collection,
  Engine,
  Reminder,
  ReminderContent,
  ReminderPurpose,
  Stored,
} from '../../core';

/** What seals content at rest and makes keyed hashes; the store's own seal fits. */
export interface ReminderSeal {
  seal(plain: string): string;
  open(sealed: string): string;
  lookup(purpose: string, plain: string): string;
}

/** What a person said of reminders as such, over all of them. Its id is the person's. */
export interface Reach extends Stored {
  /** Purposes refused, and since when, ms. */
  readonly refused: Readonly<Partial<Record<ReminderPurpose | 'all', number>>>;
  readonly badNumbers: readonly BadNumber[];
  readonly changedAt: number;
}

/** Parts of the due index: processes work on different ones, so that they do not meet at the same record. */
export const shardCount = 8;

/** Ids are hashes, so their last character spreads them evenly. */
export const shardOf = (id: string): number => (id.codePointAt(id.length - 1) ?? 0) % shardCount;

/** Needs an officer: no way got through, or nobody knows whether one did. */
export function isTroubled({ state, history }: Reminder): boolean {
  if (state === 'failed') return true;
  const last = history.findLast(({ what }) => what === 'in-doubt' || what === 'dealt-with');
  return last?.what === 'in-doubt';
}

export interface ReminderCollections {
  readonly reminders: Collection<Reminder>;
  readonly reach: Collection<Reach>;
}

/** Before `engine.open()`. */
export function reminderCollections(engine: Engine): ReminderCollections {
  return {
    reminders: engine.collection<Reminder>({
      name: 'reminders',
      revision: 1,
      keeps: {
        purpose: 'notices',
        basis: 'public-task',
        retention: 'reminders',
        personal: ['sealed', 'personId', 'conversationId', 'phoneKey', 'basis', 'history'],
        sealed: { fields: ['sealed'], index: 'age' },
      },
      indexes: {
        due: each => (each.state === 'scheduled' ? [shardOf(each.id), each.lookAt] : undefined),
        person: each => (each.personId === undefined ? undefined : [each.personId, each.dueAt]),
        agency: each => [each.agencyId, each.dueAt],
        campaign: each => (each.campaignId === undefined ? undefined : [each.campaignId, each.changedAt]),
        told: each =>
          each.telling?.conversationId === undefined
            ? undefined
            : [each.telling.conversationId, each.changedAt],
        troubled: each => (isTroubled(each) ? [each.agencyId, each.changedAt] : undefined),
        age: each => [each.createdAt],
      },
    }),
    reach: engine.collection<Reach>({
      name: 'reminder-reach',
      revision: 1,
      keeps: {
        purpose: 'rights',
        basis: 'legal-obligation',
        retention: 'consents',
        personal: ['refused', 'badNumbers'],
      },
      indexes: { age: each => [each.changedAt] },
    }),
  };
}

/** The key is hashed into the id, so that the same key is the same record without a look-up. */
export const reminderIdOf = (seal: ReminderSeal, key: string): string => `r-${seal.lookup('reminder', key)}`;

const localised = z.object({ th: z.string() }).catchall(z.string());
export const textSchema = z.strictObject({
  template: z.string().min(1).max(100),
  values: z.record(
    z.string().max(60),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text'), text: z.union([z.string().max(500), localised]) }),
      z.strictObject({ kind: z.literal('moment'), at: z.number().int() }),
      z.strictObject({ kind: z.literal('day'), date: z.iso.date() }),
      z.strictObject({ kind: z.literal('amount'), satang: z.number().int() }),
      z.strictObject({ kind: z.literal('phone'), number: z.string().max(30) }),
    ]),
  ),
});

const contentSchema = z.object({ phone: z.string().exactOptional(), text: textSchema });

export const sealContent = (seal: ReminderSeal, content: ReminderContent): string =>
  seal.seal(JSON.stringify(content));

export const openContent = (seal: ReminderSeal, { sealed }: Pick<Reminder, 'sealed'>): ReminderContent =>
  contentSchema.parse(JSON.parse(seal.open(sealed)));
