import type { BadNumber, Collection, PersonalRecords, ReminderPurpose } from '../../core';
import type { Reach } from './records';

/** What stands between a person and a telling. */
export type Reached = Pick<Reach, 'refused' | 'badNumbers'>;

export const mayTell = ({ refused }: Reached, purpose: ReminderPurpose): boolean =>
  refused[purpose] === undefined && refused.all === undefined;

/** What holds over all reminders of a person: what they refused, and numbers that do not reach them. */
export interface Reaches extends PersonalRecords {
  /** All of it in one read; `undefined` of nobody is that nothing stands in the way. */
  of(personId: string | undefined): Promise<Reached>;
  may(personId: string, purpose: ReminderPurpose): Promise<boolean>;
  refuse(personId: string, purpose: ReminderPurpose | 'all', at: number): Promise<void>;
  /** Takes all refusals back. */
  allow(personId: string, at: number): Promise<void>;
  badNumbers(personId: string): Promise<readonly BadNumber[]>;
  flag(personId: string, number: BadNumber): Promise<void>;
  trust(personId: string, phoneKey: string, at: number): Promise<void>;
}

const pageSize = 200;
const nothing: Reached = { refused: {}, badNumbers: [] };

export function createReaches(records: Collection<Reach>): Reaches {
  async function change(personId: string, at: number, to: (reach: Reached) => Reached): Promise<void> {
    for (;;) {
      const known = await records.get(personId);
      const { refused, badNumbers } = known ?? nothing;
      const next = { id: personId, changedAt: at, ...to({ refused, badNumbers }) };
      if (known ? await records.replace({ ...next, version: known.version }) : await records.insert(next))
        return;
    }
  }

  const without = (numbers: readonly BadNumber[], phoneKey: string): readonly BadNumber[] =>
    numbers.filter(each => each.phoneKey !== phoneKey);

  const of: Reaches['of'] = async personId =>
    (personId === undefined ? undefined : await records.get(personId)) ?? nothing;

  return {
    name: 'reminder-reach',
    of,
    may: async (personId, purpose) => mayTell(await of(personId), purpose),
    refuse: (personId, purpose, at) =>
      change(personId, at, reach => ({ ...reach, refused: { [purpose]: at, ...reach.refused } })),
    allow: (personId, at) => change(personId, at, reach => ({ ...reach, refused: {} })),
    badNumbers: async personId => (await of(personId)).badNumbers,
    flag: (personId, number) =>
      change(personId, number.since, reach => ({
        ...reach,
        badNumbers: [...without(reach.badNumbers, number.phoneKey), number],
      })),
    trust: (personId, phoneKey, at) =>
      change(personId, at, reach => ({ ...reach, badNumbers: without(reach.badNumbers, phoneKey) })),
    async collect({ personIds }) {
      const found = await Promise.all(personIds.map(id => records.get(id)));
      const shown = found.flatMap(reach =>
        reach
          ? [{ refused: reach.refused, numbers: reach.badNumbers.map(({ why, since }) => ({ why, since })) }]
          : [],
      );
      return shown.length > 0 ? [{ name: 'reminder-refusals', records: shown }] : [];
    },
    async erase({ personIds }) {
      const erased = await Promise.all(personIds.map(id => records.delete(id)));
      return { 'reminder-reach': erased.filter(Boolean).length };
    },
    /** A refusal holds as long as the proof of consent is kept. */
    async expire({ before, isHeld, dryRun }) {
      const to = before('consents');
      let expired = 0;
      let after: string | undefined;
      do {
        if (to === undefined) break;
        const page = await records.scan({ index: 'age', to, limit: pageSize, ...(after ? { after } : {}) });
        for (const reach of page.records)
          if (!isHeld(reach.id) && (dryRun || (await records.delete(reach.id)))) expired += 1;
        after = page.cursor;
      } while (after !== undefined);
      return { 'reminder-reach': expired };
    },
  };
}
