import type { OfficerRef } from './event';
import type { LawfulBasis } from './privacy';
import type { Stored } from './store';
import type { Localised } from './text';
import type { TopicRef } from './understanding';

/** Why a person is reminded. A refusal (STOP) holds for one of these on all channels, hours of sending follow from it. */
export const reminderPurposes = [
  'appointment',
  'case',
  'document',
  'benefit',
  'renewal',
  /** Something the person asked to be reminded of themselves. */
  'personal',
  /** From an agency to many people, such as an outage or a visit of a mobile unit. */
  'announcement',
  /** Invites to something nobody has to do; the strictest hours. */
  'promotion',
] as const;
export type ReminderPurpose = (typeof reminderPurposes)[number];

/** Ways to a person, tried in the order of the ladder. `relay`: a community leader passes it on and ticks it back. */
export const reminderWays = ['sms', 'line', 'voice', 'webchat', 'relay'] as const;
export type ReminderWay = (typeof reminderWays)[number];

export interface LadderStep {
  readonly way: ReminderWay;
  /** Of a relay: the verified leader. */
  readonly leaderPersonId?: string;
}

/** A value of a template: text as it is, a text by language, a moment (ms) or an amount (satang). */
export type TextValue =
  | { readonly kind: 'text'; readonly text: string | Localised }
  | { readonly kind: 'moment'; readonly at: number }
  /** A day without a time, ISO in the common era, Bangkok. */
  | { readonly kind: 'day'; readonly date: string }
  | { readonly kind: 'amount'; readonly satang: number }
  | { readonly kind: 'phone'; readonly number: string };

/** What is said: a template of `sms/texts` and its values. */
export interface ReminderText {
  readonly template: string;
  readonly values: Readonly<Record<string, TextValue>>;
}

/** What permits it, and what proves that. */
export interface ReminderBasis {
  readonly basis: LawfulBasis;
  /** When the person agreed or was told, ms. */
  readonly at: number;
  /** The person's words, the form, or the rule that applies. */
  readonly how: string;
}

export type ReminderActor =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'officer'; readonly officer: OfficerRef }
  | { readonly kind: 'agency'; readonly name: string }
  | { readonly kind: 'rule'; readonly rule: string };

/** A reminder to be made. At least one of `personId`, `phone` and `conversationId` says for whom. */
export interface ReminderDraft {
  /** Unique for what caused it (a command's id, a row of an import, `appointment/<caseId>`): the same again is the same reminder. */
  readonly key: string;
  readonly agencyId: string;
  readonly personId?: string;
  /** E.164; needed by the ways `sms` and `voice` where the person's own record has none. */
  readonly phone?: string;
  /** The conversation it was asked for in: preferred where its channel is a way of the ladder. */
  readonly conversationId?: string;
  readonly purpose: ReminderPurpose;
  readonly basis: ReminderBasis;
  /** The service of the register it is about. */
  readonly topic?: TopicRef;
  readonly caseId?: string;
  readonly campaignId?: string;
  readonly text: ReminderText;
  /** The moment it is all about: the appointment, the last day of the document; ms. */
  readonly dueAt: number;
  /** How long before `dueAt` to tell, ms; 0 is at the moment itself. At least one. */
  readonly leadsMs: readonly number[];
  /** RFC 5545 rule (`FREQ=YEARLY`), counted from `dueAt` in Bangkok time. */
  readonly repeats?: string;
  readonly ladder: readonly LadderStep[];
  readonly language: string;
  /** Nothing is sent after this, ms; by default `dueAt`, or the day after the sending where that is later. */
  readonly expiresAt?: number;
  /** Whether the person is asked 1 come, 2 move, 3 call me, where the way can take an answer. */
  readonly asks: boolean;
  readonly by: ReminderActor;
}

/**
 * `scheduled`: something is still to be sent. `ended`: everything was sent or passed over. `failed`: no way got through; it lies at
 * the desk until an officer deals with it.
 */
export type ReminderState = 'scheduled' | 'ended' | 'cancelled' | 'failed';

/** One telling: exactly one effect for each key. */
export interface Occurrence {
  /** `dueAt/leadMs`: the same however often it is looked at. */
  readonly key: string;
  readonly dueAt: number;
  readonly leadMs: number;
  /** When it is to be told, moved into the hours of its purpose; ms. */
  readonly at: number;
}

export type ReminderAnswer = 'come' | 'move' | 'call' | 'wrong-person' | 'stop' | 'heard' | 'passed-on';

/** What happened to a reminder, one line after another; lines are only added. */
export interface ReminderEvent {
  readonly at: number;
  readonly what:
    | 'created'
    | 'changed'
    | 'cancelled'
    /** Taken up to be told; on `way`. */
    | 'queued'
    | 'sent'
    | 'delivered'
    /** It may have been sent and nobody can tell; never sent again by itself. */
    | 'in-doubt'
    | 'failed'
    /** Too late to be of use, so it was not told. */
    | 'stale'
    /** A later telling of the same was due as well, so only that one was told. */
    | 'superseded'
    /** Put off to another moment: hours, allowance, back-off. */
    | 'postponed'
    | 'withheld'
    | 'answered'
    | 'dealt-with';
  /** Key of the occurrence it is about. */
  readonly occurrence?: string;
  readonly way?: ReminderWay;
  readonly why?: string;
  readonly answer?: ReminderAnswer;
  readonly by?: string;
}

/** What a telling under way is about. */
export interface Telling {
  readonly occurrence: Occurrence;
  /** Index in the ladder. */
  readonly step: number;
  /** 1, 2 …: another try on the same way after a temporary failure, under its own key. */
  readonly attempt: number;
  readonly conversationId?: string;
  /** `waiting`: this step is to be tried at `tryAt`. `queued`: handed to its conversation. */
  readonly state: 'waiting' | 'queued' | 'sent';
  readonly tryAt?: number;
}

export interface Reminder extends Stored {
  readonly key: string;
  readonly agencyId: string;
  readonly personId?: string;
  readonly conversationId?: string;
  readonly purpose: ReminderPurpose;
  readonly basis: ReminderBasis;
  readonly topic?: TopicRef;
  readonly caseId?: string;
  readonly campaignId?: string;
  /** Phone number and text, sealed with the data keys. */
  readonly sealed: string;
  /** Keyed hash of the phone number. */
  readonly phoneKey?: string;
  /** The due moment that the rule of repetition counts from. */
  readonly firstDueAt: number;
  readonly dueAt: number;
  readonly leadsMs: readonly number[];
  readonly repeats?: string;
  readonly ladder: readonly LadderStep[];
  readonly language: string;
  readonly expiresAt?: number;
  readonly asks: boolean;
  readonly by: ReminderActor;
  readonly state: ReminderState;
  /** The next telling; absent at the end. */
  readonly next?: Occurrence;
  readonly telling?: Telling;
  /** When the scheduler looks at it again, ms; only while `scheduled`. */
  readonly lookAt: number;
  readonly answer?: ReminderAnswer;
  readonly history: readonly ReminderEvent[];
  readonly createdAt: number;
  readonly changedAt: number;
}

/** The readable part of what is sealed. */
export interface ReminderContent {
  readonly phone?: string;
  readonly text: ReminderText;
}

export type CreateOutcome =
  | { readonly outcome: 'created' | 'known'; readonly reminder: Reminder }
  | {
      readonly outcome: 'refused';
      /** `past`: no telling lies ahead. `stopped`: the person wants none of this purpose. `no-way`: nowhere to reach them. */
      readonly why: 'past' | 'stopped' | 'no-way' | 'text' | 'rule';
      readonly detail?: string;
    };

export type ReminderOutcome =
  | { readonly outcome: 'changed' | 'cancelled'; readonly reminder: Reminder }
  /** It is being sent, or was sent, or had ended: what was asked for did not happen. */
  | { readonly outcome: 'too-late'; readonly reminder: Reminder }
  | { readonly outcome: 'missing' };

export type ReminderChange = Partial<
  Pick<ReminderDraft, 'dueAt' | 'leadsMs' | 'repeats' | 'ladder' | 'text' | 'language' | 'asks' | 'phone'>
>;

/** Reminders due on a day in Bangkok; `more`: there are more than were counted. */
export interface DayCount {
  /** ISO date in the common era. */
  readonly day: string;
  readonly count: number;
  readonly more: boolean;
}

export interface ReminderPage {
  readonly reminders: readonly Reminder[];
  readonly cursor?: string;
}

/** Dated messages to one person each. Every call can be repeated. */
export interface Reminders {
  create(draft: ReminderDraft): Promise<CreateOutcome>;
  change(id: string, change: ReminderChange, by: ReminderActor): Promise<ReminderOutcome>;
  /** Up to the moment of sending: one compare-and-set decides. What a rule made is cancelled by its key. */
  cancel(id: string, by: ReminderActor, why?: string): Promise<ReminderOutcome>;
  cancelByKey(key: string, by: ReminderActor, why?: string): Promise<ReminderOutcome>;
  get(id: string): Promise<Reminder | undefined>;
  byKey(key: string): Promise<Reminder | undefined>;
  content(reminder: Reminder): ReminderContent;
  /** By due moment, ascending. */
  ofPerson(personId: string, limit: number): Promise<readonly Reminder[]>;
  /** Of an agency, due in [from, to), ascending; for lists and the calendar. */
  ofAgency(
    agencyId: string,
    scan: { readonly from?: number; readonly to?: number; readonly after?: string; readonly limit: number },
  ): Promise<ReminderPage>;
  /** How many of an agency are due on each of so many Bangkok days, from the day of `from` (ms) on; days without any are left out. */
  byDay(agencyId: string, from: number, days: number): Promise<readonly DayCount[]>;
  /** Changed since `from` (ms), by their last change: a campaign's results are followed by asking again from the last one seen. */
  ofCampaign(
    campaignId: string,
    scan: { readonly from?: number; readonly after?: string; readonly limit: number },
  ): Promise<ReminderPage>;
  /** Nothing got through: newest first. */
  deadLetters(agencyId: string, limit: number): Promise<readonly Reminder[]>;
  /** An officer dealt with a dead letter: told by hand, or to be tried again now. */
  dealWith(id: string, how: 'told' | 'again', by: OfficerRef): Promise<ReminderOutcome>;
  /** The person answered, by a message, a key in a call, or through a relative. */
  answered(id: string, answer: ReminderAnswer, at: number): Promise<Reminder | undefined>;
  /** From now on nothing of this purpose (or of none) goes to the person, on any channel. */
  refuse(personId: string, purpose: ReminderPurpose | 'all', at: number, words?: string): Promise<void>;
  allow(personId: string, at: number): Promise<void>;
  mayRemind(personId: string, purpose: ReminderPurpose): Promise<boolean>;
  /** Numbers of the person that do not reach them. */
  badNumbers(personId: string): Promise<readonly BadNumber[]>;
  /** An officer found the number to be right after all. */
  trustNumber(personId: string, phone: string): Promise<void>;
  /** The reminder that was told last in a conversation, for answers that name none. */
  toldLast(conversationId: string): Promise<Reminder | undefined>;
}

/** A number that does not reach its person. */
export interface BadNumber {
  /** Keyed hash of the number. */
  readonly phoneKey: string;
  readonly why: 'not-in-service' | 'wrong-person';
  readonly since: number;
}

/** The text of one telling, as `sms/texts` writes it. */
export interface WrittenReminder {
  readonly text: string;
  /** For a call: numbers and times as they are spoken. */
  readonly spoken: string;
  /** Parts of an SMS. */
  readonly segments: number;
}

/** A date that stands in law or that everybody can know, to be proposed to whoever wants to be reminded of it. */
export interface KnownDate {
  readonly id: string;
  readonly purpose: 'benefit' | 'renewal';
  readonly name: Localised;
  /** What to know about it, such as that the last day is often put off. */
  readonly note: Localised;
  /** Where it stands. */
  readonly source: string;
  readonly topic?: TopicRef;
  readonly text: ReminderText;
  readonly leadsMs: readonly number[];
  readonly repeats?: string;
  /** Midnight in Bangkok of the next last day, ms; absent where each person has their own. */
  readonly day?: number;
}

/** The register of such dates. `sms/dates` implements it. */
export interface KnownDates {
  all(now: number): readonly KnownDate[];
  get(id: string, now: number): KnownDate | undefined;
  /** The one that a person's words name. */
  called(text: string, now: number): KnownDate | undefined;
}

/** How texts are written. `sms/texts` implements it; handed to the reminder engine. */
export interface ReminderTexts {
  /** Why it cannot be written, or `undefined` when it can: unknown template, missing value, a link, too long. */
  fault(text: ReminderText, language: string): string | undefined;
  write(
    text: ReminderText,
    telling: { readonly language: string; readonly dueAt: number; readonly now: number },
  ): WrittenReminder;
}

/** When may be sent, and until when it is of use. `sms/calendar` implements it; handed to the reminder engine. Pure. */
export interface SendingTimes {
  /** The first moment at or after `at` in the hours of the purpose. */
  allowed(purpose: ReminderPurpose, at: number): number;
  /**
   * When to tell `leadMs` before `dueAt`: in the hours of the purpose, later where it must be, and where later would be too late to
   * help, before the night, the weekend or the holiday in between.
   */
  tellAt(purpose: ReminderPurpose, dueAt: number, leadMs: number): number;
  /** The last moment at which it still helps to tell this, after a late start; at most `dueAt` for what happens at a moment. */
  usefulUntil(purpose: ReminderPurpose, occurrence: Occurrence): number;
  /** The next due moment of a rule after `dueAt`, or `undefined` when it has ended. Throws on a rule that cannot be read. */
  nextDue(rule: string, firstDueAt: number, dueAt: number): number | undefined;
}

/** Parts of SMS (segments) that may still be sent on a day. */
export interface SendingAllowance {
  /** Takes from the day of `at` in Bangkok; `false`: nothing left, so that nothing may be sent before the next day. */
  take(at: number, segments: number): Promise<boolean>;
}
