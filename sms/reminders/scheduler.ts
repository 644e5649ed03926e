import {
  type Clock,
  type Conversations,
  type Inbox,
  type Intake,
  type Jobs,
  type Outbox,
  type OutboxItem,
  type People,
  type Reminder,
  type ReminderContent,
  type ReminderTexts,
  type SendingAllowance,
  type SendingTimes,
  type Telling,
  type WrittenReminder,
  bangkokMs,
} from '../../core';
import { eachOf } from '../together';
import { nextAfter, takeUp } from './plan';
import { type Reaches, mayTell } from './reach';
import { noteOf } from './reasons';
import { type ReminderCollections, type ReminderSeal, openContent, shardCount, shardOf } from './records';
import { type Saying, createSaying } from './saying';
import {
  afterReport,
  afterSending,
  begun,
  failed,
  gateOf,
  lostAfterMs,
  notPassedOn,
  noted,
  putOff,
  queued,
  reminderOfGate,
  stepOf,
  withheldReasons,
} from './telling';
import { createUnderWay } from './under-way';
import type { Way, createWays } from './ways';

/** The key of a job is a part of the due index; '' looks which parts have something due. */
export const remindersQueue = 'reminders';
export const lookEveryMs = 1_000;

const pageSize = 64;
/** Reminders of one part that are worked on at once: more would only wait for the store, and keep others waiting for it. */
const atOnce = 8;
const dayMs = 24 * 60 * 60 * 1000;

/** Failures of our own before a reminder goes to the desk, and the wait between two tries. */
const triesOfOurs = 5;
const restMs = 60_000;

export interface SchedulerParts extends ReminderCollections {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly texts: ReminderTexts;
  readonly times: SendingTimes;
  readonly allowance: SendingAllowance;
  readonly reaches: Reaches;
  readonly ways: ReturnType<typeof createWays>;
  readonly people: Pick<People, 'get'>;
  readonly conversations: Pick<Conversations, 'get'>;
  readonly outbox: Pick<Outbox, 'byGate'>;
  readonly inbox: Pick<Inbox, 'get'>;
  readonly notify: Intake['notify'];
  readonly jobs: Pick<Jobs, 'wake'>;
  /** See `createUnderWay`. */
  readonly perSecond: number;
  readonly onError: (error: unknown) => void;
}

export interface Scheduler {
  /** Wakes the parts of the index in which something is due. Costs the same however many reminders there are. */
  look(): Promise<void>;
  /** Tells what is due in one part. */
  run(shard: number): Promise<void>;
  wake(id: string): Promise<void>;
  readonly aloud: Saying['aloud'];
  withheld(gate: string): Promise<string | undefined>;
  ended(item: OutboxItem): Promise<void>;
  /** News of the operator about something that was sent. */
  reported(item: OutboxItem): Promise<void>;
}

/** Tells reminders at their time: each telling is decided by one compare-and-set on its reminder, and repeated under its key. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { reminders, clock, times, reaches } = parts;
  const saying = createSaying(parts);
  const underWay = createUnderWay(parts.perSecond);

  async function handOver(
    record: Reminder,
    telling: Telling,
    way: Way & { outcome: 'found' },
    written: WrittenReminder,
  ): Promise<void> {
    const gate = gateOf(record.id, telling);
    underWay.begin(gate, clock());
    const notice = await saying.notice(record, telling, written);
    await parts.notify({ conversation: way.conversation, key: gate, notice });
    // Where the person's own client reads the transcript nothing is sent: it is told once it is stored.
    if (!way.sent) await settle(gate, { state: 'sent' });
  }

  /** Tells on the first step that has a way, or goes on as the failure of the last one asks. */
  async function tell(from: Reminder, first: Telling, now: number): Promise<void> {
    let record = from;
    let telling: Telling | undefined = first;
    while (telling?.state === 'waiting' && (telling.tryAt ?? 0) <= now) {
      const step = stepOf(record, telling);
      if (!step) throw new TypeError(`the ladder of ${record.id} has no step ${telling.step}`);
      const reached = await reaches.of(record.personId);
      if (!mayTell(reached, record.purpose)) {
        const stopped = noted(record, { at: now, what: 'withheld', why: withheldReasons.stopped });
        await reminders.replace({ ...stopped, state: 'cancelled' });
        return;
      }
      const content = openContent(parts.seal, record);
      const way = await parts.ways(record, content, step, reached, now);
      if (way.outcome === 'found') return queue(record, telling, way, content, now);
      record = failed(record, telling, { why: way.why, permanent: true }, times, now);
      telling = record.telling;
    }
    await reminders.replace(record);
  }

  async function queue(
    record: Reminder,
    telling: Telling,
    way: Way & { outcome: 'found' },
    content: ReminderContent,
    now: number,
  ): Promise<void> {
    const written = saying.write(record, telling, content);
    const costs = way.conversation.channel === 'sms';
    if (costs && !(await parts.allowance.take(now, written.segments))) {
      const tomorrow = Math.floor((now + bangkokMs) / dayMs + 1) * dayMs - bangkokMs;
      const tryAt = times.allowed(record.purpose, tomorrow);
      await reminders.replace(putOff(record, telling, tryAt, now, 'allowance'));
      return;
    }
    const next = queued(record, telling, way.conversation.id, now);
    // Somebody cancelled, changed or took it meanwhile: then it is theirs to say.
    if (!(await reminders.replace(next)) || !next.telling) return;
    await handOver(next, next.telling, way, written);
  }

  /** A telling that was handed over and of which nothing was heard: a crash came in between, or it still waits. */
  async function recover(record: Reminder, telling: Telling, now: number): Promise<void> {
    const gate = gateOf(record.id, telling);
    const item = await parts.outbox.byGate(gate);
    if (item && item.state !== 'waiting' && item.state !== 'sending') return settle(gate, item);
    const conversation = telling.conversationId && (await parts.conversations.get(telling.conversationId));
    if (!conversation) {
      await reminders.replace(failed(record, telling, { why: 'erased', permanent: true }, times, now));
      return;
    }
    const later = { ...record, lookAt: now + lostAfterMs };
    const wait = async (): Promise<void> => {
      await reminders.replace(later);
    };
    if (item) return wait();
    const known = await parts.inbox.get(`notice:${conversation.id}:${gate}`);
    if (!known) {
      if (!(await reminders.replace(later))) return;
      return handOver(
        later,
        telling,
        {
          outcome: 'found',
          conversation,
          sent: conversation.channel !== 'webchat',
        },
        saying.write(record, telling),
      );
    }
    if (known.state === 'waiting' || conversation.pending.length > 0) return wait();
    if (known.state === 'done' && conversation.channel === 'webchat') return settle(gate, { state: 'sent' });
    const why = known.state === 'done' ? 'opted-out' : noteOf('ours', known.why ?? 'it was set aside');
    await reminders.replace(failed(record, telling, { why, permanent: true }, times, now));
  }

  /** One reminder that the index gave as due. */
  async function one(record: Reminder): Promise<void> {
    const now = clock();
    const { telling, next } = record;
    const nextIsDue = next !== undefined && next.at <= now;
    if (telling?.state === 'queued') return recover(record, telling, now);
    if (telling?.state === 'waiting' && !nextIsDue) {
      const waits = (telling.tryAt ?? 0) > now;
      if (!waits) return tell(record, telling, now);
      await reminders.replace({ ...record, lookAt: telling.tryAt ?? now });
      return;
    }
    const untickedRelay = telling?.state === 'sent' && telling.tryAt !== undefined && telling.tryAt <= now;
    if (untickedRelay && !nextIsDue) {
      const ticked = record.history.some(
        each => each.answer === 'passed-on' && each.at >= telling.occurrence.at,
      );
      const { tryAt: _over, ...done } = telling;
      const after = ticked
        ? { ...record, telling: done, ...(next ? { lookAt: next.at } : { state: 'ended' as const }) }
        : notPassedOn(record, telling, times, now);
      await reminders.replace(after);
      if (!ticked) await wakeShard(shardOf(record.id));
      return;
    }
    const step = takeUp(record, times, now);
    if (step.kind === 'wait') {
      await reminders.replace(step.record);
      return;
    }
    const begins = begun(step.record, step.occurrence, nextAfter(step.record, step.occurrence, times), now);
    if (begins.telling) await tell(begins, begins.telling, now);
  }

  /** A reminder that we fail on rests, and does not keep the others waiting; after a few times it goes to the desk. */
  async function safely(record: Reminder): Promise<void> {
    try {
      await one(record);
    } catch (error) {
      parts.onError(error);
      const now = clock();
      const current = await reminders.get(record.id);
      if (current?.state !== 'scheduled') return;
      const why = noteOf('ours', error instanceof Error ? error.message.slice(0, 200) : 'unknown');
      const before = current.history.slice(1 - triesOfOurs).filter(each => each.why === why).length;
      const last = before + 1 >= triesOfOurs;
      const rested = noted(current, { at: now, what: last ? 'failed' : 'postponed', why });
      await reminders.replace({ ...rested, lookAt: now + restMs, ...(last ? { state: 'failed' } : {}) });
    }
  }

  async function change(
    gate: string,
    to: (record: Reminder, now: number) => Reminder,
    justRead?: Reminder,
  ): Promise<Reminder | undefined> {
    for (let known = justRead; ; known = undefined) {
      const record = known ?? (await reminders.get(reminderOfGate(gate)));
      if (!record) return undefined;
      const next = to(record, clock());
      if (next === record) return record;
      if (!(await reminders.replace(next))) continue;
      if (next.state === 'scheduled' && next.lookAt <= clock()) await wakeShard(shardOf(next.id));
      return next;
    }
  }

  async function settle(gate: string, item: Pick<OutboxItem, 'state' | 'why' | 'fault'>): Promise<void> {
    const justRead = underWay.end(gate);
    await change(gate, (record, now) => afterSending(record, gate, item, times, now), justRead);
    for (const shard of underWay.free()) await wakeShard(shard);
  }

  /** What is wrong with a number, and a refusal with the operator, hold for all reminders of the person. */
  async function learn(item: OutboxItem): Promise<void> {
    if (!item.gate || item.fault === undefined || item.fault === 'ours') return;
    const record = await reminders.get(reminderOfGate(item.gate));
    if (!record?.personId) return;
    const now = clock();
    if (item.fault === 'opted-out') return reaches.refuse(record.personId, 'all', now);
    const person = await parts.people.get(record.personId);
    const phoneKey = record.phoneKey ?? person?.phoneKey;
    if (phoneKey) await reaches.flag(record.personId, { phoneKey, why: 'not-in-service', since: now });
  }

  const wakeShard = (shard: number): Promise<void> => parts.jobs.wake(remindersQueue, `${shard}`);

  return {
    async look() {
      const to = clock() + 1;
      for (let shard = 0; shard < shardCount; shard += 1) {
        const page = await reminders.scan({ index: 'due', prefix: [shard], to, limit: 1 });
        if (page.records.length > 0) await wakeShard(shard);
      }
    },
    async run(shard) {
      for (;;) {
        const now = clock();
        const room = underWay.reserve(now, pageSize);
        if (room === 0) return underWay.hold(shard);
        const page = await reminders.scan({ index: 'due', prefix: [shard], to: now + 1, limit: room });
        underWay.release(room - page.records.length);
        await eachOf(page.records, atOnce, safely);
        if (page.records.length < room) return;
      }
    },
    wake: id => wakeShard(shardOf(id)),
    aloud: record => saying.aloud(record),
    async withheld(gate) {
      const record = await reminders.get(reminderOfGate(gate));
      if (!record || record.state === 'cancelled') return withheldReasons.cancelled;
      const { telling, personId, purpose } = record;
      if (!telling || gateOf(record.id, telling) !== gate) return withheldReasons.changed;
      const until = Math.min(times.usefulUntil(purpose, telling.occurrence), record.expiresAt ?? Infinity);
      if (clock() > until) return withheldReasons.late;
      if (!mayTell(await reaches.of(personId), purpose)) return withheldReasons.stopped;
      underWay.keep(gate, record);
      return undefined;
    },
    async ended(item) {
      if (item.gate === undefined) return;
      await learn(item);
      await settle(item.gate, item);
    },
    async reported(item) {
      const { gate, delivered } = item;
      if (gate === undefined || delivered === undefined) return;
      // The report may be faster than our own mark.
      await change(gate, (record, now) => afterSending(record, gate, item, times, now));
      if (delivered === 'failed') await learn(item);
      const news = {
        state: delivered,
        permanent: item.fault !== undefined,
        ...(item.why === undefined ? {} : { why: item.why }),
      };
      await change(gate, (record, now) => afterReport(record, gate, news, times, now));
    },
  };
}
