import type { CaseRecord, Clock, Collection } from '../core';

const everyMs = 15 * 60 * 1000;
/** What one round asks at most: a system of an agency is no place to send a thousand questions at once. */
const batchSize = 100;
const atOnce = 4;

/**
 * Asks the agencies' own systems how the open matters in their hands stand, the longest unasked first, so that a person hears of news
 * without asking. A system that does not answer is left alone until the next round; its matters keep what was last known.
 */
export function createPoll(parts: {
  readonly cases: Collection<CaseRecord>;
  readonly clock: Clock;
  readonly refresh: (record: CaseRecord) => Promise<CaseRecord>;
  readonly reachable: (agencyId: string) => boolean | undefined;
}): () => Promise<void> {
  const { cases, clock } = parts;

  async function ask(due: CaseRecord, silent: Set<string>): Promise<void> {
    const agency = due.topicAgencyId ?? '';
    if (silent.has(agency)) return;
    const record = await parts.refresh(due);
    if (parts.reachable(agency) === false) {
      silent.add(agency);
      return;
    }
    // Somebody was faster: it is asked again in the next round, which does no harm.
    await cases.replace({ ...record, polledAt: clock() });
  }

  return async () => {
    const silent = new Set<string>();
    const to = Math.max(0, clock() - everyMs);
    const { records: due } = await cases.scan({ index: 'polled', to, limit: batchSize });
    const rest = [...due];
    const worker = async (): Promise<void> => {
      for (let next = rest.shift(); next; next = rest.shift()) await ask(next, silent);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
}
