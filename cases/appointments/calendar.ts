import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type AppointmentNews, inLanguage } from '../../core';

/** Sentences of `locales/{th,en}/bot.json`. */
export type CalendarWords = (
  language: string,
  key: string,
  values?: Readonly<Record<string, string>>,
) => string;

export interface CalendarParts {
  readonly words: CalendarWords;
  readonly operator: string;
  /** Name of the topic, where it may be said. */
  readonly titleOf: (news: AppointmentNews) => string | undefined;
}

const governmentCentre = '1111';
const reminderSeconds = 24 * 60 * 60;

/**
 * An appointment as a calendar file. The moments are written in UTC, which every calendar shows on the clock of its owner: a floating
 * or named zone is what calendars disagree about. The same appointment keeps its UID, and `sequence` grows with every change, so that
 * opening the file again moves or cancels the entry. A sensitive one says neither what it is about nor its number.
 */
export function calendarFile(
  news: AppointmentNews,
  change: { readonly sequence: number; readonly at: number },
  { words, operator, titleOf }: CalendarParts,
): string {
  const { language, point, bring, reference, sensitive } = news;
  const title = sensitive ? undefined : titleOf(news);
  const lines = sensitive
    ? [words(language, 'calendar.sensitive', { phone: governmentCentre })]
    : [
        ...(reference ? [words(language, 'calendar.reference', { reference })] : []),
        ...(bring ? [words(language, 'calendar.bring', { bring: inLanguage(bring, language) })] : []),
        words(language, 'calendar.change'),
      ];
  const cancelled = news.state === 'cancelled';
  const calendar = ical({
    prodId: { company: 'ThamRat', product: 'appointments', language: language.toUpperCase() },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  const event = calendar.createEvent({
    id: `${news.caseId}@thamrat`,
    start: new Date(news.startsAt),
    end: new Date(news.endsAt),
    stamp: new Date(change.at),
    sequence: change.sequence,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: title
      ? words(language, 'calendar.title-of', { title })
      : words(language, 'calendar.title', { operator: sensitive ? '' : operator }).trim(),
    location: inLanguage(point, language),
    description: lines.join('\n'),
  });
  if (!cancelled) event.createAlarm({ type: ICalAlarmType.display, triggerBefore: reminderSeconds });
  return calendar.toString();
}
