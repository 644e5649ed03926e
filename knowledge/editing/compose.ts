import type { Knowledge, Topic, TopicRef, TopicSummary } from '../../core';
import type { RulesByService } from '../quiz';
import type { Entry } from '../schema';
import type { LiveRecord, Manifest } from './records';

/** Nothing differs from what we ship. */
export const shippedManifest: Manifest = { entries: {}, reviewed: {}, archived: [] };

/** The rules of entitlement that entries bring along. */
export const rulesIn = (entries: Iterable<Pick<Entry, 'id' | 'entitlement'>>): RulesByService =>
  new Map(
    [...entries].flatMap(({ id, entitlement }) => (entitlement === undefined ? [] : [[id, entitlement]])),
  );

const none = { th: [] } as const;

/** A topic without what nobody stands for: whose it is and whom to call remain. */
export function curtailed(topic: Topic): Topic {
  const { answer, hours, fee, duration, speak, criteria, signVideo, forms, sites, ...rest } = topic;
  return {
    ...rest,
    eligibility: none,
    documents: none,
    where: none,
    steps: none,
    links: [],
    incompatible: [],
    questions: [],
    standing: { state: topic.standing.state },
  };
}

const isSilent = (live: LiveRecord): boolean => live.off.some(({ topic }) => topic === 'all');
const keyOf = ({ kind, id }: TopicRef): string => `${kind}:${id}`;

/** How answers are given: from everything published, or from what its agency reviewed. */
export type AnswerMode = 'all' | 'reviewed';

/**
 * The published register as it may be told now: what is switched off, or not reviewed where only reviewed answers are given, is cut down
 * to whom to ask; what is announced goes with its topic. All readers see the same.
 */
export function tellable(published: Knowledge, live: LiveRecord | undefined, mode: AnswerMode): Knowledge {
  const silent = live !== undefined && isSilent(live);
  const off = new Set(live?.off.map(({ topic }) => topic));
  const announced = new Set(live?.announcements.map(({ topic }) => topic));
  const isWithheld = (topic: TopicSummary): boolean => silent || off.has(keyOf(topic));
  const isCut = (topic: TopicSummary): boolean =>
    isWithheld(topic) || (mode === 'reviewed' && topic.kind === 'service' && topic.status === 'draft');
  const told = (topic: Topic): Topic => {
    const key = keyOf(topic);
    if (!isCut(topic) && !announced.has(key)) return topic;
    const news = (live?.announcements ?? []).filter(each => each.topic === key);
    return {
      ...(isCut(topic) ? curtailed(topic) : topic),
      ...(isWithheld(topic) ? { withheld: true } : {}),
      ...(news.length > 0
        ? { announcements: news.map(({ id, text, from, until }) => ({ id, text, from, until })) }
        : {}),
    };
  };
  const listed = (topic: TopicSummary): TopicSummary => {
    if (!isCut(topic)) return topic;
    const { sites, ...rest } = topic;
    return rest;
  };
  let list: readonly TopicSummary[] | undefined;
  return {
    ...published,
    topic(ref) {
      const topic = published.topic(ref);
      return topic && told(topic);
    },
    topics: () => (list ??= published.topics().map(listed)),
    ...(silent ? { silent } : {}),
  };
}
