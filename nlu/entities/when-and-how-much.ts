import { bangkokMs } from '../../core';
import { bangkokDay, dayMs, isoYear } from './calendar';
import type { Found } from './date-read';
import { lex } from './lexer';
import { ageToday, readQuantity } from './quantities';
import { readTemporal, type Read } from './temporal';
import { endBefore, past, roleAt, startAt, type Reading } from './tokens';
import { readYear } from './years';

/** Minutes since midnight in Bangkok. */
function minutesOf(nowMs: number): number {
  const safeMs = Number.isFinite(nowMs) && Math.abs(nowMs) < 8e15 ? nowMs : 0;
  return Math.floor(((((safeMs + bangkokMs) % dayMs) + dayMs) % dayMs) / 60_000);
}

/** เกิดปี 2500 tells an age as well: the age today, over the whole phrase. */
function ageFrom(reading: Reading, index: number, found: readonly Found[]): Found | undefined {
  const birth = found.find(({ kind, dated }) => kind === 'date' && dated === true);
  if (birth === undefined) return undefined;
  const [year = 0, month, day] = birth.value.split('-').map(Number);
  const age = ageToday(reading.today, {
    year,
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  });
  return age === undefined
    ? undefined
    : { kind: 'age', value: String(age), start: startAt(reading, index), end: birth.end, confidence: 0.9 };
}

/** The year alone after เกิด or "born": 2500, 1957. */
function readBirthYear(reading: Reading, index: number): Read | undefined {
  const year = readYear(reading, index, { afterMonth: 12 });
  if (year === undefined) return undefined;
  const found = {
    kind: 'date',
    value: isoYear(year.year),
    start: startAt(reading, index),
    end: endBefore(reading, year.next),
    dated: true,
  };
  return { found: [found], next: year.next };
}

/** Dates, times, stretches, ages, money and numbers of a folded text, left to right, each word used once. */
export function readWhenAndHowMuch(text: string, nowMs: number, opaque: Uint8Array | undefined): Found[] {
  const tokens = lex(text, opaque);
  const reading: Reading = {
    text,
    tokens,
    today: bangkokDay(nowMs),
    nowMinutes: minutesOf(nowMs),
    mentioned: undefined,
  };
  const found: Found[] = [];
  let index = 0;
  while (index < tokens.length) {
    const born = roleAt(reading, index) === 'born';
    const at = born ? past(reading, index + 1) : index;
    const read =
      readTemporal(reading, at) ??
      (born ? readBirthYear(reading, at) : undefined) ??
      readQuantity(reading, at);
    if (read === undefined) {
      index = at === index ? index + 1 : at;
      continue;
    }
    const age = born ? ageFrom(reading, index, read.found) : undefined;
    if (age !== undefined) found.push(age);
    found.push(...read.found);
    index = Math.max(read.next, index + 1);
  }
  return found;
}
