import {
  type Entity,
  type ReminderText,
  type Turn,
  bangkokAt,
  bangkokMidnight,
  bangkokTimeOf,
  endingIn,
  inLanguage,
} from '../../core';

/** When something is to be: the day, and the minutes since midnight where a time was said. */
export interface When {
  /** Midnight in Bangkok, ms. */
  readonly day: number;
  readonly minutes?: number;
}

const asks =
  /^\s*(?:(?:รบกวน|ช่วย|ฝาก|ขอ|อย่าลืม|ตั้ง(?:การ)?|ให้|please|can you|could you)\s*)*(?:การ)?(?:เตือน(?:ความจำ)?|set a reminder|remind)\s*(?:(?:ฉัน|ดิฉัน|ผม|หนู|เรา|ตัวเอง|ด้วย|หน่อย|ให้|ว่า|เรื่อง|ที|me|to|about|that|for)(?=[\s\u0E00-\u0E7F]|$)\s*)*/iu;
const endings = endingIn(
  '(?:\\s|ตอน|ช่วง)(?:เช้ามืด|เช้า|สาย|กลางวัน|บ่าย|เย็น|ค่ำ|morning|afternoon|evening)|\\s|ด้วย|หน่อย|นะ|ค่ะ|คะ|ครับ|คับ|ที|จ้า|จ้ะ|ตอน|เวลา|ช่วง|วันที่|ใน|ของ|please|at|on|every|by',
);

const lists =
  /(?:อะไร|ไร|รายการ|กี่|ดู).{0,12}เตือน|เตือน.{0,4}(?:อะไร|ไร).{0,10}(?:บ้าง|มั่ง)|การเตือนของ|my reminders/iu;

/** Whether a text asks what one is reminded of, instead of asking to be reminded. */
export const asksForList = (text: string): boolean => lists.test(text);

export const asksToRemind = (text: string): boolean => asks.test(text);

const weekdays: readonly (readonly [RegExp, string])[] = [
  [/ทุก(?:วัน)?จันทร์|every monday/iu, 'MO'],
  [/ทุก(?:วัน)?อังคาร|every tuesday/iu, 'TU'],
  [/ทุก(?:วัน)?พุธ|every wednesday/iu, 'WE'],
  [/ทุก(?:วัน)?พฤหัส(?:บดี)?|every thursday/iu, 'TH'],
  [/ทุก(?:วัน)?ศุกร์|every friday/iu, 'FR'],
  [/ทุก(?:วัน)?เสาร์|every saturday/iu, 'SA'],
  [/ทุกวันอาทิตย์|every sunday/iu, 'SU'],
];

const monthly = /ทุก(?:เดือน)?วันที่\s*(\d{1,2})/u;
const every: readonly (readonly [RegExp, string])[] = [
  [/ทุก(?:สัปดาห์|อาทิตย์)|every week/iu, 'FREQ=WEEKLY'],
  [/ทุกเดือน|every month/iu, 'FREQ=MONTHLY'],
  [/ทุกปี|every year/iu, 'FREQ=YEARLY'],
  [/ทุกวัน|every ?day/iu, 'FREQ=DAILY'],
];

/** How often, as a rule of RFC 5545, and the words that said it. */
export function repeatIn(
  text: string,
):
  | { readonly rule: string; readonly said: string; readonly dayOfMonth?: number; readonly weekday?: number }
  | undefined {
  const numbered = monthly.exec(text);
  if (numbered?.[1]) return { rule: 'FREQ=MONTHLY', said: numbered[0], dayOfMonth: Number(numbered[1]) };
  for (const [index, [pattern, code]] of weekdays.entries()) {
    const said = pattern.exec(text)?.[0];
    if (said) return { rule: `FREQ=WEEKLY;BYDAY=${code}`, said, weekday: (index + 1) % 7 };
  }
  for (const [pattern, rule] of every) {
    const said = pattern.exec(text)?.[0];
    if (said) return { rule, said };
  }
  return undefined;
}

/** Where only a day was said. */
export const usualMinutes = 9 * 60;

const hourWords: readonly (readonly [RegExp, number])[] = [
  [/เช้ามืด/u, 5 * 60],
  [/เช้า|morning/iu, 8 * 60],
  [/สาย/u, 10 * 60],
  [/กลางวัน|noon/iu, 12 * 60],
  [/บ่าย|afternoon/iu, 13 * 60],
  [/เย็น|evening/iu, 17 * 60],
  [/ค่ำ|หัวค่ำ|tonight/iu, 19 * 60],
];

const minutesOf = (clock: string): number | undefined => {
  const [hour, minute] = clock.split(':').map(Number);
  return hour === undefined || Number.isNaN(hour) ? undefined : hour * 60 + (minute ?? 0);
};

const monthNamed =
  /[ก-ฮ][\u0E31-\u0E3A\u0E47-\u0E4E]*\.\s?[ก-ฮ]\.?|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|[a-z]{3}|\//iu;
const yearNamed = /\d{4}|\d{1,2}\D+\d{2}\s*$|ปี/u;

/** A day that has passed and that was said without its month or year means the next one of that name. */
function ahead(day: number, entity: Entity, now: number): number {
  const today = bangkokTimeOf(now);
  const midnight = bangkokAt(today.year, today.month, today.day);
  if (day >= midnight) return day;
  const { year, month, day: date } = bangkokTimeOf(day);
  if (monthNamed.test(entity.text))
    return yearNamed.test(entity.text) ? day : bangkokAt(year + 1, month, date);
  return /\d/u.test(entity.text) ? bangkokAt(year, month + 1, date) : day;
}

/** What a text says of the moment; `known` is what was said before. */
export function whenIn(turn: Turn, text: string, known?: When): When | undefined {
  const entities = turn.understanding?.entities ?? [];
  const exact = entities.find(each => each.kind === 'datetime');
  const exactDay = exact && bangkokMidnight(exact.value.slice(0, 10));
  const date = entities.findLast(each => each.kind === 'date' && each.value.length === 10);
  const dateDay = date && bangkokMidnight(date.value);
  const time = entities.find(each => each.kind === 'time');
  const spoken = hourWords.find(([pattern]) => pattern.test(text))?.[1];
  const minutes =
    (exact && minutesOf(exact.value.slice(11, 16))) ??
    (time && minutesOf(time.value)) ??
    spoken ??
    known?.minutes;
  const repeat = repeatIn(text);
  const today = bangkokTimeOf(turn.now);
  const at = (days: number): number => bangkokAt(today.year, today.month, today.day + days);
  const later = at(0) + (minutes ?? usualMinutes) * 60_000 <= turn.now ? 1 : 0;

  const day = ((): number | undefined => {
    if (exactDay !== undefined && exact) return date ? ahead(exactDay, date, turn.now) : exactDay;
    if (dateDay !== undefined && date) return ahead(dateDay, date, turn.now);
    if (repeat?.dayOfMonth !== undefined)
      return bangkokAt(
        today.year,
        today.month + (repeat.dayOfMonth < today.day + later ? 1 : 0),
        repeat.dayOfMonth,
      );
    if (repeat?.weekday !== undefined) {
      const days = (repeat.weekday - today.weekday + 7) % 7;
      return at(days === 0 && later ? 7 : days);
    }
    if (repeat?.rule === 'FREQ=DAILY' || (known === undefined && time)) return at(later);
    return known?.day;
  })();
  if (day === undefined) return undefined;
  return { day, ...(minutes === undefined ? {} : { minutes }) };
}

/** Said as so much from now, such as "in ten minutes": then is when, and not before. */
export const isFromNow = (turn: Turn): boolean =>
  (turn.understanding?.entities ?? []).some(each => each.kind === 'duration');

const timeKinds: readonly string[] = ['date', 'datetime', 'time', 'duration'];

/** What it is about: the text without the asking, the moment and the polite words. */
export function matterIn(turn: Turn, text: string): string {
  const spans = (turn.understanding?.entities ?? [])
    .filter(each => timeKinds.includes(each.kind))
    .map(({ start, end }) => ({ start, end }));
  const repeat = repeatIn(text);
  if (repeat) {
    const start = text.indexOf(repeat.said);
    spans.push({ start, end: start + repeat.said.length });
  }
  const kept = Array.from({ length: text.length }, (_, index) =>
    spans.some(({ start, end }) => index >= start && index < end) ? '\n' : text.charAt(index),
  ).join('');
  return kept
    .replace(asks, '')
    .replace(/\n+/gu, '\n')
    .split('\n')
    .map(part => part.replace(endings, '').trim())
    .filter(
      part =>
        part !== '' &&
        !/^(?:ตอน|เวลา|ช่วง|เช้า|บ่าย|เย็น|ค่ำ|ๆ|อีก|ใน|ตอนเช้า|ตอนบ่าย|ตอนเย็น|หน่อย|ว่า|ให้|to)$/u.test(part),
    )
    .join(' ')
    .replace(asks, '')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}

/** How a reminder is named to its person: what was filled in, without who is called. */
export const reminderName = ({ text }: { readonly text: ReminderText }, language: string): string =>
  Object.values(text.values)
    .flatMap(value =>
      value.kind === 'text'
        ? [typeof value.text === 'string' ? value.text : inLanguage(value.text, language)]
        : [],
    )
    .join(' ');
