import type {
  Clock,
  Conversations,
  Inbox,
  Intake,
  Jobs,
  Notice,
  Outbox,
  OutboxItem,
  People,
  Reminder,
  ReminderContent,
  ReminderTexts,
  ReminderWay,
  SendingAllowance,
  SendingTimes,
  Telling,
  WrittenReminder,
} from '../../core';
import { nextAfter, takeUp } from './plan';
import { type Reaches, mayTell } from './reach';
import { noteOf } from './reasons';
import { type ReminderCollections, type ReminderSeal, openContent, shardCount, shardOf } from './records';
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
import { eachOf } from '../together';
import type { Way, createWays } from './ways';

/** The key of a job is a part of the due index; '' looks which parts have something due. */
export const remindersQueue = 'reminders';
export const lookEveryMs = 1_000;

const pageSize = 64;
/** Reminders of one part that are worked on at once: more would only wait for the store, and keep others waiting for it. */
const atOnce = 8;
const dayMs = 24 * 60 * 60 * 1000;
const bangkokMs = 7 * 60 * 60 * 1000;

/** Tellings handed over and not yet at an end, for each process; more of them would only wait in memory. */
const mostUnderWay = 1_000;
/** A telling of which nothing was heard no longer counts as under way: another process may have sent it. */
const forgottenAfterMs = 20_000;

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
  /** The most tellings a process begins in a second; what the provider takes. */
  readonly perSecond: number;
  readonly onError: (error: unknown) => void;
}

export interface Scheduler {
  /** Wakes the parts of the index in which something is due. Costs the same however many reminders there are. */
  look(): Promise<void>;
  /** Tells what is due in one part. */
  run(shard: number): Promise<void>;
  wake(id: string): Promise<void>;
  /** A telling of a reminder as a call would say it: the text, and the choices with the sentences of their labels. */
  aloud(
    record: Reminder,
  ): { readonly text: string; readonly choices: NonNullable<Notice['choices']> } | undefined;
  withheld(gate: string): Promise<string | undefined>;
  ended(item: OutboxItem): Promise<void>;
  /** News of the operator about something that was sent. */
  reported(item: OutboxItem): Promise<void>;
}

/** Tells reminders at their time: each telling is decided by one compare-and-set on its reminder, and repeated under its key. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { reminders, clock, times, texts, reaches } = parts;
  /** Gates under way in this process: since when, and their reminder as it stood right before the sending. */
  const underWay = new Map<string, { readonly since: number; readonly record?: Reminder }>();
  const held = new Set<number>();
  let pace = { second: 0, used: 0 };

  const choicesOf = (record: Reminder, way: ReminderWay | undefined): NonNullable<Notice['choices']> => {
    const choice = (word: string): { id: string; key: string } => ({
      id: `reminded:${word}:${record.id}`,
      key: `reminded.${word}`,
    });
    if (way === 'relay') return [choice('passed')];
    if (!record.asks) return [];
    const more = way === 'voice' ? [choice('wrong'), choice('stop')] : [];
    return record.purpose === 'appointment'
      ? [choice('come'), choice('move'), choice('call'), ...more]
      : [choice('heard'), choice('call'), ...more];
  };

  async function noticeOf(record: Reminder, telling: Telling, written: WrittenReminder): Promise<Notice> {
    const gate = gateOf(record.id, telling);
    const way = stepOf(record, telling)?.way;
    const choices = choicesOf(record, way);
    const asked = { gate, ...(choices.length > 0 ? { choices } : {}) };
    const text = way === 'voice' ? written.spoken : written.text;
    if (way !== 'relay') return { key: 'reminded.text', values: { text }, ...asked };
    const name = record.personId && (await parts.people.get(record.personId))?.name;
    return name === undefined || name === ''
      ? { key: 'reminded.relay-nameless', values: { text }, ...asked }
      : { key: 'reminded.relay', values: { text, name }, ...asked };
  }

  const write = (
    record: Reminder,
    { occurrence }: Telling,
    content = openContent(parts.seal, record),
  ): WrittenReminder =>
    texts.write(content.text, { language: record.language, dueAt: occurrence.dueAt, now: clock() });

  async function handOver(
    record: Reminder,
    telling: Telling,
    way: Way & { outcome: 'found' },
    written: WrittenReminder,
  ): Promise<void> {
    const gate = gateOf(record.id, telling);
    underWay.set(gate, { since: clock() });
    const notice = await noticeOf(record, telling, written);
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
    const written = write(record, telling, content);
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
        write(record, telling),
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
    const justRead = underWay.get(gate)?.record;
    underWay.delete(gate);
    await change(gate, (record, now) => afterSending(record, gate, item, times, now), justRead);
    await letHeldGoOn();
  }

  async function letHeldGoOn(): Promise<void> {
    if (held.size === 0 || underWay.size > mostUnderWay / 2) return;
    const shards = [...held];
    held.clear();
    for (const shard of shards) await wakeShard(shard);
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

  /** How many tellings may begin now; they count as begun. */
  function reserve(now: number): number {
    if (underWay.size >= mostUnderWay)
      for (const [gate, { since }] of underWay)
        if (now - since > forgottenAfterMs || since > now) underWay.delete(gate);
    const second = Math.floor(now / 1_000);
    if (second !== pace.second) pace = { second, used: 0 };
    const room = Math.max(0, Math.min(pageSize, mostUnderWay - underWay.size, parts.perSecond - pace.used));
    pace.used += room;
    return room;
  }

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
        const room = reserve(now);
        if (room === 0) {
          held.add(shard);
          return;
        }
        const page = await reminders.scan({ index: 'due', prefix: [shard], to: now + 1, limit: room });
        pace.used = Math.max(0, pace.used - room + page.records.length);
        await eachOf(page.records, atOnce, safely);
        if (page.records.length < room) return;
      }
    },
    wake: id => wakeShard(shardOf(id)),
    aloud(record) {
      const { telling } = record;
      if (!telling) return undefined;
      return { text: write(record, telling).spoken, choices: choicesOf(record, 'voice') };
    },
    async withheld(gate) {
      const record = await reminders.get(reminderOfGate(gate));
      if (!record || record.state === 'cancelled') return withheldReasons.cancelled;
      const { telling, personId, purpose } = record;
      if (!telling || gateOf(record.id, telling) !== gate) return withheldReasons.changed;
      const until = Math.min(times.usefulUntil(purpose, telling.occurrence), record.expiresAt ?? Infinity);
      if (clock() > until) return withheldReasons.late;
      if (!mayTell(await reaches.of(personId), purpose)) return withheldReasons.stopped;
      const mine = underWay.get(gate);
      if (mine) underWay.set(gate, { ...mine, record });
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
