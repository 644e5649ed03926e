import {
  AppError,
  type ChangeOutcome,
  type Clock,
  type Collection,
  type Engine,
  type Officer,
  type RelayBook,
  type Stored,
} from '../../core';
import type { Cases } from '../cases';
import { type Announcement, announcement } from './loudspeaker';
import { splitItems } from './split';

/** Somebody who speaks for a village, as an officer has verified. `id` is the person. */
export interface Leader extends Stored {
  readonly village: string;
  readonly province?: string;
  readonly district?: string;
  readonly agencyId: string;
  readonly verifiedBy: { readonly id: string; readonly name: string };
  readonly verifiedAt: number;
}

export type Village = Pick<Leader, 'village' | 'province' | 'district'>;

export interface Relay extends RelayBook {
  verify(personId: string, village: Village, officer: Officer): Promise<Leader>;
  unverify(personId: string, officer: Officer): Promise<void>;
  leaders(officer: Officer, limit: number): Promise<readonly Leader[]>;
  /** Answers one question. The last answer ends the relay and sends the text for the loudspeaker, once. */
  answer(by: {
    readonly caseId: string;
    readonly key: string;
    readonly officer: Officer;
    readonly item: number;
    readonly text: string;
  }): Promise<ChangeOutcome>;
  /** What is answered so far, to be read over the loudspeaker. */
  announcement(caseId: string, officer: Officer): Promise<{ readonly village: string } & Announcement>;
}

/** Declares the collection, so before `engine.open()`. */
export const leadersCollection = (engine: Engine): Collection<Leader> =>
  engine.collection<Leader>({
    name: 'relay-leaders',
    revision: 1,
    keeps: {
      purpose: 'work',
      basis: 'public-task',
      retention: 'accounts',
      personal: ['id', 'village', 'province', 'district'],
    },
    indexes: { agency: leader => [leader.agencyId, leader.verifiedAt] },
  });

/** Leaders, their questions and the answers that go back to the village. */
export function createRelay(parts: {
  readonly leaders: Collection<Leader>;
  readonly cases: () => Pick<Cases, 'service' | 'desk'>;
  readonly clock: Clock;
}): Relay {
  const { clock, leaders } = parts;

  async function finish(caseId: string, officer: Officer): Promise<void> {
    const { service, desk } = parts.cases();
    const details = service.details(await desk.open(caseId, officer));
    if (details.kind !== 'relay' || details.items.some(item => item.answer === undefined)) return;
    const { text, slotSeconds } = announcement(details.village, details.items);
    await service.changeDetails({
      key: 'relay-finished',
      caseId,
      actor: { kind: 'system' },
      state: 'answered',
      note: 'ตอบครบทุกข้อแล้ว',
      notice: { key: 'relay.finished', values: { text, seconds: String(slotSeconds) } },
      change: (current, record) => (record.state === 'answered' ? undefined : current),
    });
  }

  return {
    async villageOf(personId) {
      return (await leaders.get(personId))?.village;
    },
    split: splitItems,
    async verify(personId, village, officer) {
      for (;;) {
        const stored = await leaders.get(personId);
        if (stored && stored.agencyId !== officer.agencyId && officer.role !== 'admin')
          throw new AppError('NOT_FOUND', 'Another agency looks after this leader.');
        const next = {
          id: personId,
          ...village,
          agencyId: officer.agencyId,
          verifiedBy: { id: officer.id, name: officer.name },
          verifiedAt: clock(),
        };
        const version = stored?.version ?? 0;
        const written = stored ? await leaders.replace({ ...next, version }) : await leaders.insert(next);
        if (written) return { ...next, version: version + 1 };
      }
    },
    async unverify(personId, officer) {
      const stored = await leaders.get(personId);
      if (!stored || (stored.agencyId !== officer.agencyId && officer.role !== 'admin'))
        throw new AppError('NOT_FOUND', 'There is no such leader, or another agency has verified them.');
      await leaders.delete(personId, stored.version);
    },
    async leaders({ agencyId }, limit) {
      const query = { index: 'agency', prefix: [agencyId], limit, descending: true } as const;
      return (await leaders.scan(query)).records;
    },
    async answer({ caseId, key, officer, item, text }) {
      const { service, desk } = parts.cases();
      const before = service.details(await desk.open(caseId, officer));
      const question = before.kind === 'relay' ? before.items[item]?.question : undefined;
      const outcome = await service.changeDetails({
        key: `${officer.id}/${key}`,
        caseId,
        actor: { kind: 'officer', id: officer.id, name: officer.name },
        state: 'working',
        note: text,
        notice: { key: 'relay.answer', values: { question: question ?? '', answer: text } },
        change(details, record) {
          const open =
            record.state !== 'answered' && record.state !== 'withdrawn' && record.state !== 'refused';
          if (details.kind !== 'relay' || !details.items[item] || !open) return undefined;
          const items = details.items.map((each, index) =>
            index === item ? { ...each, answer: text, by: officer.name } : each,
          );
          return { ...details, items };
        },
      });
      if (outcome.outcome === 'done' || outcome.outcome === 'known') await finish(caseId, officer);
      return outcome;
    },
    async announcement(caseId, officer) {
      const { service, desk } = parts.cases();
      const details = service.details(await desk.open(caseId, officer));
      if (details.kind !== 'relay') throw new AppError('NOT_FOUND', 'This case asks for nobody else.');
      return { village: details.village, ...announcement(details.village, details.items) };
    },
  };
}
