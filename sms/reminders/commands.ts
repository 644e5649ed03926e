import { z } from 'zod';
import type { Address, CaseDraft, Clock, Command, Notice, Reminder, Reminders } from '../../core';
import { answers, changeSchema, draftSchema } from './schemas';

export interface ReminderCommandParts {
  readonly reminders: Reminders;
  readonly clock: Clock;
  readonly address: (id: string) => Promise<Address | undefined>;
  /** Files a case; the same `key` again is the same case. */
  readonly fileCase: (draft: CaseDraft) => Promise<void>;
  readonly tell: (conversationId: string, key: string, notice: Notice) => Promise<void>;
}

type Handler = (command: Command) => Promise<void>;

/** After so long an answer such as STOP is no longer about the reminder that was told last. */
const answerWithinMs = 7 * 24 * 60 * 60 * 1000;

const ordered = draftSchema.extend({ agencyId: z.string(), personId: z.string() });
const owned = z.object({ id: z.string(), personId: z.string() });
const answered = z.object({
  id: z.string(),
  answer: z.enum(answers),
  at: z.number(),
  conversationId: z.string().exactOptional(),
});
const fromAddress = z.object({ addressId: z.string(), at: z.number().optional() });

/**
 * What turns order of reminders: `reminder.create` (a draft without key, of the person themselves), `reminder.change`,
 * `reminder.cancel`, `reminder.answered`.
 */
export function reminderCommands(parts: ReminderCommandParts): Readonly<Record<string, Handler>> {
  const { reminders } = parts;

  const own = async (id: string, personId: string): Promise<Reminder | undefined> => {
    const reminder = await reminders.get(id);
    return reminder?.personId === personId ? reminder : undefined;
  };

  /** Somebody is to call the person: a case with its own due time at the desk. */
  async function callBack(
    key: string,
    reminder: Reminder,
    conversationId: string | undefined,
  ): Promise<void> {
    const { phone } = reminders.content(reminder);
    if (phone === undefined) return;
    await parts.fileCase({
      key,
      kind: 'callback',
      language: reminder.language,
      channel: 'sms',
      details: { kind: 'callback', phone, attempts: [] },
      secondFacts: { phone },
      filedKey: 'callback.filed',
      ...(reminder.personId === undefined ? {} : { personId: reminder.personId }),
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(reminder.topic ? { topic: reminder.topic } : {}),
    });
  }

  return {
    async 'reminder.create'({ id, data }) {
      const draft = ordered.parse(data);
      const by = { kind: 'person', personId: draft.personId } as const;
      const made = await reminders.create({ ...draft, key: id, by });
      if (made.outcome === 'refused' && draft.conversationId !== undefined)
        await parts.tell(draft.conversationId, `${id}/refused`, { key: `reminded.refused-${made.why}` });
    },
    async 'reminder.change'({ data }) {
      const { id, personId, change } = owned.extend({ change: changeSchema }).parse(data);
      if (await own(id, personId)) await reminders.change(id, change, { kind: 'person', personId });
    },
    async 'reminder.cancel'({ data }) {
      const { id, personId } = owned.parse(data);
      if (await own(id, personId)) await reminders.cancel(id, { kind: 'person', personId });
    },
    async 'reminder.answered'({ id: key, data }) {
      const { id, answer, at, conversationId } = answered.parse(data);
      const reminder = await reminders.answered(id, answer, at);
      if (reminder && answer === 'call') await callBack(key, reminder, conversationId);
    },
  };
}

/** STOP and START hold for reminders too: STOP for the purpose that was told last there, or for all where nothing was. */
export function withRefusals(
  handlers: Readonly<Record<string, Handler>>,
  parts: ReminderCommandParts & { readonly conversationIdOf: (addressId: string) => string },
): Readonly<Record<string, Handler>> {
  const { reminders, clock } = parts;
  const withdrawn = handlers['consent.withdrawn'];
  const allowed = handlers['notices.allowed'];
  return {
    ...handlers,
    async 'consent.withdrawn'(command) {
      const { addressId, at = clock() } = fromAddress.parse(command.data);
      const address = await parts.address(addressId);
      const told = await reminders.toldLast(parts.conversationIdOf(addressId));
      const isAbout = told !== undefined && at - told.changedAt < answerWithinMs;
      const people = new Set([address?.personId, isAbout ? told.personId : undefined]);
      for (const personId of people)
        if (personId !== undefined) await reminders.refuse(personId, isAbout ? told.purpose : 'all', at);
      if (isAbout) await reminders.answered(told.id, 'stop', at);
      await withdrawn?.(command);
    },
    async 'notices.allowed'(command) {
      const { addressId, at = clock() } = fromAddress.parse(command.data);
      const address = await parts.address(addressId);
      if (address) await reminders.allow(address.personId, at);
      await allowed?.(command);
    },
  };
}
