import { conversationNotices } from '../cases';
import {
  type AppointmentNews,
  type CaseRecord,
  type Collection,
  type Intake,
  type Knowledge,
  readTopicRef,
} from '../core';
import type { Records } from '../store';
import type { AnnouncedTo } from './knowledge-desk';

/** More than these nobody booked for one service in the time of one announcement. */
const mostTold = 5_000;

/** Tells those who have an appointment for a service while something is announced on it; each once, however often it is asked. */
export interface TellBooked {
  /** Everybody who has booked already; how many. */
  all(announcement: AnnouncedTo): Promise<number>;
  /** Who booked after it was announced, or moved into its time. */
  one(news: AppointmentNews, announced: readonly AnnouncedTo[]): Promise<void>;
}

export function createTellBooked(parts: {
  readonly cases: Pick<Collection<CaseRecord>, 'scan'>;
  readonly conversations: Records['conversations'];
  readonly knowledge: () => Knowledge;
  readonly operatorAgencyId: string;
  readonly intake: Pick<Intake, 'notify'>;
}): TellBooked {
  const notify = conversationNotices(parts.conversations, parts.intake);
  /** The key is the same whoever tells: it is told once. */
  const tell = (
    { id, text }: AnnouncedTo,
    booked: { readonly conversationId: string; readonly caseId: string; readonly at: number },
  ): Promise<void> =>
    notify(booked.conversationId, `announcement/${id}/${booked.caseId}`, {
      key: 'announced.booked',
      values: { at: booked.at, text },
    });
  return {
    async all(announcement) {
      const { topic, from, until } = announcement;
      const ref = readTopicRef(topic);
      const about = ref && parts.knowledge().topic(ref);
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
          await tell(announcement, { conversationId, caseId, at: dueAt });
          told += 1;
        }
      }
      return told;
    },
    async one({ topic, conversationId, caseId, startsAt, state }, announced) {
      if (!topic || conversationId === undefined || state !== 'booked') return;
      const theirs = announced.filter(
        each => each.topic === `${topic.kind}:${topic.id}` && each.from <= startsAt && startsAt < each.until,
      );
      for (const each of theirs) await tell(each, { conversationId, caseId, at: startsAt });
    },
  };
}
