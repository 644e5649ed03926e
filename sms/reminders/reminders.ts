import {
  AppError,
  type Addresses,
  type Clock,
  type Conversations,
  type OfficerRef,
  type Outbox,
  type People,
  type Reminder,
  type ReminderActor,
  type ReminderChange,
  type ReminderDraft,
  type ReminderEvent,
  type ReminderOutcome,
  type Reminders,
  type ReminderTexts,
  type SendingTimes,
  type Telling,
} from '../../core';
import { countByDay } from './days';
import { firstOf, onto } from './plan';
import type { Reaches } from './reach';
import {
  type ReminderCollections,
  type ReminderSeal,
  isTroubled,
  openContent,
  reminderIdOf,
  sealContent,
} from './records';
import { noteOf } from './reasons';
import { gateOf, noted } from './telling';

export interface RemindersParts extends ReminderCollections {
  readonly seal: ReminderSeal;
  readonly clock: Clock;
  readonly texts: Pick<ReminderTexts, 'fault'>;
  readonly times: SendingTimes;
  readonly reaches: Reaches;
  readonly addresses: Pick<Addresses, 'get' | 'personIdOf'>;
  readonly people: Pick<People, 'byPhone'>;
  readonly conversations: Pick<Conversations, 'get'>;
  readonly outbox: Pick<Outbox, 'byGate'>;
  /** Has a reminder looked at now. */
  readonly wake: (id: string) => Promise<void>;
}

const phonePattern = /^\+[1-9]\d{6,14}$/u;
/** Reminders of one person that a refusal cancels. */
const mostOfPerson = 1_000;

export function actorName(by: ReminderActor): string {
  switch (by.kind) {
    case 'person':
      return 'person';
    case 'officer':
      return by.officer.name;
    case 'agency':
      return by.name;
    case 'rule':
      return by.rule;
  }
}

/** A dead letter after an officer told the person, or asks for another round of the ladder now. */
function dealtWith(reminder: Reminder, how: 'told' | 'again', officer: OfficerRef, now: number): Reminder {
  const dealt = noted(reminder, { at: now, what: 'dealt-with', by: officer.name, why: how });
  if (how === 'told' || !reminder.telling) return onto(dealt, reminder.next);
  const { conversationId: _before, ...telling } = reminder.telling;
  const again: Telling = { ...telling, step: 0, attempt: telling.attempt + 1, state: 'waiting', tryAt: now };
  return { ...dealt, state: 'scheduled', lookAt: now, telling: again };
}

export function createReminders(parts: RemindersParts): Reminders {
  const { reminders, seal, clock, texts, times, reaches } = parts;

  /** For whom it is: as named, as in the conversation, or whoever has the number. */
  async function personOf({ personId, conversationId, phone }: ReminderDraft): Promise<string | undefined> {
    if (personId !== undefined) return personId;
    const conversation = conversationId && (await parts.conversations.get(conversationId));
    const address = conversation && (await parts.addresses.get(conversation.addressId));
    if (address) return address.personId;
    if (phone === undefined) return undefined;
    const known = (await parts.people.byPhone(phone)).filter(({ mergedInto }) => mergedInto === undefined);
    return known.length === 1 ? known[0]?.id : parts.addresses.personIdOf('sms', 'main', phone);
  }

  /** Why nobody could ever be told of it, in the words of the outcome. */
  function faultOf(draft: ReminderDraft): { why: 'text' | 'rule' | 'no-way'; detail: string } | undefined {
    if (draft.ladder.length === 0) return { why: 'no-way', detail: 'the ladder has no step' };
    if (draft.phone !== undefined && !phonePattern.test(draft.phone))
      return { why: 'no-way', detail: 'the telephone number is not in international form' };
    const detail = texts.fault(draft.text, draft.language);
    if (detail !== undefined) return { why: 'text', detail };
    try {
      if (draft.repeats !== undefined) times.nextDue(draft.repeats, draft.dueAt, draft.dueAt);
    } catch (error) {
      return { why: 'rule', detail: error instanceof Error ? error.message : 'not a rule' };
    }
    return undefined;
  }

  function recordOf(draft: ReminderDraft, id: string, now: number): Omit<Reminder, 'version'> | undefined {
    const { phone, text, by, leadsMs, ...rest } = draft;
    const plan = { ...rest, leadsMs: leadsMs.length > 0 ? leadsMs : [0], firstDueAt: draft.dueAt };
    const next = firstOf(plan, times, now);
    if (!next || next.at > (draft.expiresAt ?? Infinity)) return undefined;
    const created: ReminderEvent = { at: now, what: 'created', by: actorName(by) };
    return {
      ...plan,
      id,
      by,
      dueAt: next.dueAt,
      sealed: sealContent(seal, { text, ...(phone === undefined ? {} : { phone }) }),
      ...(phone === undefined ? {} : { phoneKey: seal.lookup('phone', phone) }),
      state: 'scheduled',
      next,
      lookAt: next.at,
      history: [created],
      createdAt: now,
      changedAt: now,
    };
  }

  /** Whether the telling under way can no longer be held back. */
  async function isBeingSent({ id, telling }: Reminder): Promise<boolean> {
    if (telling?.state !== 'queued') return false;
    const item = await parts.outbox.byGate(gateOf(id, telling));
    return item !== undefined && item.state !== 'waiting' && item.state !== 'refused';
  }

  async function cancel(id: string, by: ReminderActor, why?: string): Promise<ReminderOutcome> {
    for (;;) {
      const reminder = await reminders.get(id);
      if (!reminder) return { outcome: 'missing' };
      if (reminder.state === 'cancelled') return { outcome: 'cancelled', reminder };
      if (reminder.state === 'ended') return { outcome: 'too-late', reminder };
      const now = clock();
      const { next: _next, ...rest } = noted(reminder, {
        at: now,
        what: 'cancelled',
        by: actorName(by),
        ...(why === undefined ? {} : { why }),
      });
      const cancelled: Reminder = { ...rest, state: 'cancelled' };
      if (!(await reminders.replace(cancelled))) continue;
      // From here on an attempt finds it cancelled; one that had begun before goes through.
      const outcome = (await isBeingSent(cancelled)) ? 'too-late' : 'cancelled';
      return { outcome, reminder: { ...cancelled, version: cancelled.version + 1 } };
    }
  }

  function changedRecord(
    reminder: Reminder,
    change: ReminderChange,
    by: ReminderActor,
  ): Reminder | undefined {
    const now = clock();
    const { text, phone, ...plain } = change;
    const content = openContent(seal, reminder);
    const planned = { ...reminder, ...plain, firstDueAt: change.dueAt ?? reminder.firstDueAt };
    const next = firstOf(planned, times, now);
    if (!next) return undefined;
    const {
      telling: _dropped,
      answer: _given,
      ...rest
    } = noted(planned, { at: now, what: 'changed', by: actorName(by) });
    const newPhone = phone === undefined ? {} : { phone };
    return {
      ...onto(rest, next),
      sealed: sealContent(seal, { ...content, ...newPhone, ...(text === undefined ? {} : { text }) }),
      ...(phone === undefined ? {} : { phoneKey: seal.lookup('phone', phone) }),
    };
  }

  async function page(index: string, prefix: string, scan: Parameters<Reminders['ofAgency']>[1]) {
    const { records, cursor } = await reminders.scan({ index, prefix: [prefix], ...scan });
    return { reminders: records, ...(cursor === undefined ? {} : { cursor }) };
  }

  async function replaceUntil(
    id: string,
    to: (reminder: Reminder) => Reminder | undefined,
  ): Promise<Reminder | undefined> {
    for (;;) {
      const reminder = await reminders.get(id);
      const next = reminder && to(reminder);
      if (!next) return reminder;
      if (await reminders.replace(next)) return { ...next, version: next.version + 1 };
    }
  }

  const service: Reminders = {
    async create(draft) {
      const id = reminderIdOf(seal, draft.key);
      const known = await reminders.get(id);
      if (known) return { outcome: 'known', reminder: known };
      const fault = faultOf(draft);
      if (fault) return { outcome: 'refused', ...fault };
      const personId = await personOf(draft);
      if (personId === undefined)
        return { outcome: 'refused', why: 'no-way', detail: 'for whom is not said' };
      if (!(await reaches.may(personId, draft.purpose))) return { outcome: 'refused', why: 'stopped' };
      const now = clock();
      const record = recordOf({ ...draft, personId }, id, now);
      if (!record) return { outcome: 'refused', why: 'past' };
      const isNew = await reminders.insert(record);
      const reminder = isNew ? { ...record, version: 1 } : await reminders.get(id);
      if (!reminder) return { outcome: 'refused', why: 'no-way', detail: 'it was removed meanwhile' };
      if (isNew && record.lookAt <= now) await parts.wake(id);
      return { outcome: isNew ? 'created' : 'known', reminder };
    },
    async change(id, change, by) {
      const fault = change.text && texts.fault(change.text, change.language ?? 'th');
      if (fault !== undefined) throw new AppError('BODY_MALFORMED', `The text cannot be sent: ${fault}.`);
      for (;;) {
        const reminder = await reminders.get(id);
        if (!reminder) return { outcome: 'missing' };
        const over = reminder.state === 'cancelled' || reminder.state === 'ended';
        if (over || (await isBeingSent(reminder))) return { outcome: 'too-late', reminder };
        const next = changedRecord(reminder, change, by);
        if (!next) return { outcome: 'too-late', reminder };
        if (!(await reminders.replace(next))) continue;
        if (next.lookAt <= clock()) await parts.wake(id);
        return { outcome: 'changed', reminder: { ...next, version: next.version + 1 } };
      }
    },
    cancel,
    cancelByKey: (key, by, why) => cancel(reminderIdOf(seal, key), by, why),
    get: id => reminders.get(id),
    byKey: key => reminders.get(reminderIdOf(seal, key)),
    content: reminder => openContent(seal, reminder),
    async ofPerson(personId, limit) {
      return (await reminders.scan({ index: 'person', prefix: [personId], limit })).records;
    },
    byDay: (agencyId, from, days) => countByDay(reminders, agencyId, from, days),
    ofAgency: (agencyId, scan) => page('agency', agencyId, scan),
    ofCampaign: (campaignId, scan) => page('campaign', campaignId, scan),
    async deadLetters(agencyId, limit) {
      const scan = { index: 'troubled', prefix: [agencyId], limit, descending: true };
      return (await reminders.scan(scan)).records;
    },
    async dealWith(id, how, officer) {
      for (;;) {
        const reminder = await reminders.get(id);
        if (!reminder) return { outcome: 'missing' };
        if (!isTroubled(reminder)) return { outcome: 'too-late', reminder };
        const next = dealtWith(reminder, how, officer, clock());
        if (!(await reminders.replace(next))) continue;
        if (how === 'again') await parts.wake(id);
        return { outcome: 'changed', reminder: { ...next, version: next.version + 1 } };
      }
    },
    async answered(id, answer, at) {
      const reminder = await replaceUntil(id, each =>
        each.answer === answer
          ? undefined
          : { ...noted(each, { at, what: 'answered', answer }), answer, changedAt: clock() },
      );
      if (!reminder?.personId) return reminder;
      if (answer === 'stop') await service.refuse(reminder.personId, reminder.purpose, at);
      if (answer === 'wrong-person') {
        const phone = openContent(seal, reminder).phone;
        if (phone !== undefined) {
          const phoneKey = seal.lookup('phone', phone);
          await reaches.flag(reminder.personId, { phoneKey, why: 'wrong-person', since: at });
        }
        await replaceUntil(id, each => {
          if (each.state === 'cancelled' || each.state === 'failed') return undefined;
          const why = noteOf('number', 'it is somebody else’s');
          const { next: _next, ...rest } = noted(each, { at, what: 'failed', why });
          return { ...rest, state: 'failed' };
        });
      }
      return reminder;
    },
    async refuse(personId, purpose, at) {
      await reaches.refuse(personId, purpose, at);
      for (const each of await service.ofPerson(personId, mostOfPerson))
        if (each.state === 'scheduled' && (purpose === 'all' || each.purpose === purpose))
          await cancel(each.id, { kind: 'person', personId }, 'stopped');
    },
    allow: (personId, at) => reaches.allow(personId, at),
    mayRemind: (personId, purpose) => reaches.may(personId, purpose),
    badNumbers: personId => reaches.badNumbers(personId),
    trustNumber: (personId, phone) => reaches.trust(personId, seal.lookup('phone', phone), clock()),
    async toldLast(conversationId) {
      const scan = { index: 'told', prefix: [conversationId], limit: 1, descending: true };
      return (await reminders.scan(scan)).records[0];
    },
  };
  return service;
}
