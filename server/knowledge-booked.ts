import { conversationNotices } from '../cases';
import type { CaseRecord, Collection, Intake, Knowledge } from '../core';
import type { Records } from '../store';
import type { AnnouncedTo } from './knowledge-desk';

/** More than these nobody booked for one service in the time of one announcement. */
const mostTold = 5_000;

/** Tells those who have an appointment for a service while something is announced on it; each once, however often it is asked. */
export function createTellBooked(parts: {
  readonly cases: Pick<Collection<CaseRecord>, 'scan'>;
  readonly conversations: Records['conversations'];
  readonly knowledge: () => Knowledge;
  readonly operatorAgencyId: string;
  readonly intake: Pick<Intake, 'notify'>;
}): (announcement: AnnouncedTo) => Promise<number> {
  const notify = conversationNotices(parts.conversations, parts.intake);
  return async ({ id, topic, text, from, until }) => {
    const [kind, topicId] = topic.split(':');
    const about = parts
      .knowledge()
      .topics()
      .find(each => each.kind === kind && each.id === topicId);
    const holders = new Set([parts.operatorAgencyId, ...(about ? [about.agencyId] : [])]);
    let told = 0;
    for (const agencyId of holders) {
      const { records } = await parts.cases.scan({
        index: 'agencyKindDue',
        prefix: [agencyId, 'appointment'],
        ...{ from, to: until, limit: mostTold },
      });
      for (const { topic: of, conversationId, id: caseId, dueAt } of records) {
        if (!of || `${of.kind}:${of.id}` !== topic || conversationId === undefined) continue;
        const values = { at: dueAt, text };
        await notify(conversationId, `announcement/${id}/${caseId}`, { key: 'announced.booked', values });
        told += 1;
      }
    }
    return told;
  };
}
