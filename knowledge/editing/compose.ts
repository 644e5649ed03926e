import { type Knowledge, type Topic, type TopicRef } from '../../core';
import type { Register } from '../register';
import type { RulesByService } from '../quiz';
import type { Entry } from '../schema';
import type { LiveRecord, Manifest } from './records';

/** Nothing differs from what we ship. */
export const shippedManifest: Manifest = { entries: {}, reviewed: {}, archived: [] };

/** What we ship, with what editors published in place of it. */
export function overlaid(
  shipped: Register,
  manifest: Manifest,
  contents: ReadonlyMap<string, Entry>,
): Register {
  const gone = new Set(manifest.archived);
  const status = (entry: Entry): Entry => {
    const day = manifest.reviewed[entry.id];
    return day === undefined
      ? { ...entry, status: 'draft' }
      : { ...entry, status: 'reviewed', writtenAt: day };
  };
  const kept = shipped.entries.filter(entry => !gone.has(entry.id) && !contents.has(entry.id));
  return {
    ...shipped,
    services: shipped.services.filter(row => !gone.has(row.id)),
    entries: [...kept, ...[...contents.values()].filter(entry => !gone.has(entry.id)).map(status)],
  };
}

/** The rules of entitlement that entries bring along. */
export const rulesIn = (entries: Iterable<Entry>): RulesByService =>
  new Map(
    [...entries].flatMap(({ id, entitlement }) => (entitlement === undefined ? [] : [[id, entitlement]])),
  );

const none = { th: [] } as const;

/** A topic without what nobody stands for: whose it is and whom to call remain. */
export function curtailed(topic: Topic): Topic {
  const { answer, hours, fee, duration, speak, criteria, signVideo, forms, ...rest } = topic;
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
  const told = (topic: Topic): Topic => {
    const key = keyOf(topic);
    const withheld = silent || off.has(key);
    const unreviewed = mode === 'reviewed' && topic.kind === 'service' && topic.status === 'draft';
    if (!withheld && !unreviewed && !announced.has(key)) return topic;
    const news = (live?.announcements ?? []).filter(each => each.topic === key);
    return {
      ...(withheld || unreviewed ? curtailed(topic) : topic),
      ...(withheld ? { withheld } : {}),
      ...(news.length > 0
        ? { announcements: news.map(({ id, text, from, until }) => ({ id, text, from, until })) }
        : {}),
    };
  };
  const topics = published.topics().map(told);
  const byKey = new Map(topics.map(topic => [keyOf(topic), topic]));
  return {
    ...published,
    topic: ref => byKey.get(keyOf(ref)),
    topics: () => topics,
    ...(silent ? { silent } : {}),
  };
}
