import type { AppointmentNews, CaseRecord, Localised, ReminderDraft, Reminders } from '../../core';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** The day before and the morning of it. */
const appointmentLeadsMs = [dayMs, 2 * hourMs] as const;

/** Words of rules in every language: keys `rule.…` of `locales/{th,en}/sms.json`. */
export type RuleWords = (key: string) => Localised;

const keyOf = (news: Pick<AppointmentNews, 'caseId'>): string => `appointment/${news.caseId}`;
const rule = (name: string): { kind: 'rule'; rule: string } => ({ kind: 'rule', rule: name });

/** The reminder of an appointment, in the way the person made it, else by SMS, else by a call. */
function appointmentDraft(news: AppointmentNews, words: RuleWords): ReminderDraft {
  const { caseId, agencyId, personId, conversationId, language, topic, point, bring, startsAt } = news;
  // Of a sensitive matter nothing but day, time and place is said.
  const withBring = bring !== undefined && !news.sensitive;
  return {
    key: keyOf(news),
    agencyId,
    ...(personId === undefined ? {} : { personId }),
    ...(conversationId === undefined ? {} : { conversationId }),
    purpose: 'appointment',
    basis: { basis: 'public-task', at: news.filedAt, how: 'the person made the appointment' },
    ...(topic && !news.sensitive ? { topic } : {}),
    caseId,
    text: {
      template: withBring ? 'appointment-bring' : 'appointment',
      values: {
        matter: { kind: 'text', text: words('rule.appointment') },
        place: { kind: 'text', text: point },
        ...(withBring ? { bring: { kind: 'text', text: bring } } : {}),
      },
    },
    dueAt: startsAt,
    leadsMs: appointmentLeadsMs,
    ladder: [{ way: 'line' }, { way: 'sms' }, { way: 'webchat' }, { way: 'voice' }],
    language,
    asks: true,
    by: rule('appointment'),
  };
}

/** Keeps the reminder of an appointment in agreement with it. Told any number of times, the result is the same. */
export function appointmentRule(
  reminders: Reminders,
  words: RuleWords,
): (news: AppointmentNews) => Promise<void> {
  return async news => {
    if (news.state !== 'booked') {
      await reminders.cancelByKey(keyOf(news), rule('appointment'), news.state);
      return;
    }
    const draft = appointmentDraft(news, words);
    let made = await reminders.create(draft);
    // What a template has no room for is left out, not the whole reminder.
    if (made.outcome === 'refused' && made.why === 'text' && draft.text.template === 'appointment-bring')
      made = await reminders.create(appointmentDraft({ ...news, sensitive: true }, words));
    if (made.outcome === 'known' && made.reminder.firstDueAt !== news.startsAt)
      await reminders.change(made.reminder.id, { dueAt: news.startsAt }, rule('appointment'));
  };
}

/** Somebody who was asked for something has a week, and is reminded after three days. */
const answerWithinMs = 7 * dayMs;
const remindAfterMs = 3 * dayMs;

/**
 * Reminds a person that their case waits for something from them, until it no longer does. Told any number of times, the result is the same.
 */
export function caseStepRule(reminders: Reminders, words: RuleWords): (record: CaseRecord) => Promise<void> {
  return async record => {
    const asked = record.history.filter(({ to }) => to === 'needs-person');
    const last = asked.at(-1);
    const waits = record.state === 'needs-person' && record.personId !== undefined;
    for (const event of asked)
      if (!waits || event !== last)
        await reminders.cancelByKey(`case/${record.id}/${event.key}`, rule('case-step'));
    if (!waits || !last || record.personId === undefined) return;
    const { id, agencyId, personId, conversationId, language, topic, sensitive } = record;
    await reminders.create({
      ...{ key: `case/${id}/${last.key}`, agencyId, personId, language, caseId: id },
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(topic && !sensitive ? { topic } : {}),
      purpose: 'case',
      basis: { basis: 'public-task', at: last.at, how: 'the case waits for something from the person' },
      text: {
        template: 'case-step',
        values: {
          matter: { kind: 'text', text: words('rule.case') },
          step: { kind: 'text', text: words('rule.case-step') },
        },
      },
      dueAt: last.at + answerWithinMs,
      leadsMs: [answerWithinMs - remindAfterMs],
      ladder: [{ way: 'line' }, { way: 'sms' }, { way: 'webchat' }],
      asks: true,
      by: rule('case-step'),
    });
  };
}

/** Days before a document runs out on which it is told. */
export const documentLeadsMs: readonly number[] = [90 * dayMs, 30 * dayMs, 7 * dayMs];

/** Leads and repetition that a kind of date has of itself; whoever makes the reminder may say others. */
export const dateRules = {
  document: { leadsMs: documentLeadsMs },
  benefit: { leadsMs: [7 * dayMs, dayMs] },
  renewal: { leadsMs: [30 * dayMs, 7 * dayMs], repeats: 'FREQ=YEARLY' },
} as const satisfies Readonly<Record<string, { leadsMs: readonly number[]; repeats?: string }>>;
export type DateRule = keyof typeof dateRules;
