import { type Turn, bangkokMs } from '../../core';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** Midnight in Bangkok, `days` after the day of `atMs`. */
export const bangkokDay = (atMs: number, days = 0): number =>
  Math.floor((atMs + bangkokMs) / dayMs) * dayMs - bangkokMs + days * dayMs;

/** The hour of a Bangkok day, ms since the epoch. */
export const atHour = (dayAtMs: number, hour: number): number => dayAtMs + hour * hourMs;

/** `2026-11-26` or `2026-11-26T14:00` on Bangkok's clock. */
export function bangkokTime(iso: string): number | undefined {
  const full = /^\d{4}-\d{2}-\d{2}$/u.test(iso) ? `${iso}T00:00` : iso;
  const at = Date.parse(`${full.slice(0, 16)}:00+07:00`);
  return Number.isNaN(at) ? undefined : at;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const morning = /เช้า|สาย|morning/iu;
const afternoon = /บ่าย|เย็น|afternoon|evening/iu;

/** The hours of a day that a word names; the whole working day where it names none. */
export function partOfDay(dayAtMs: number, text: string): Span {
  if (morning.test(text)) return { from: atHour(dayAtMs, 8.5), to: atHour(dayAtMs, 12) };
  if (afternoon.test(text)) return { from: atHour(dayAtMs, 13), to: atHour(dayAtMs, 16.5) };
  return { from: atHour(dayAtMs, 8.5), to: atHour(dayAtMs, 16.5) };
}

/** When a text says something is to be: an hour from the moment it names, or the part of the day it names. */
export function spanIn(turn: Turn, text: string): Span | undefined {
  const entities = turn.understanding?.entities ?? [];
  const exact = entities.find(entity => entity.kind === 'datetime');
  const at = exact && bangkokTime(exact.value);
  if (at !== undefined) return { from: at, to: at + hourMs };
  const date = entities.find(entity => entity.kind === 'date');
  const day = date && bangkokTime(date.value);
  if (day !== undefined) return partOfDay(bangkokDay(day), text);
  const time = entities.find(entity => entity.kind === 'time');
  const [hour, minute] = (time?.value ?? '').split(':').map(Number);
  if (hour === undefined || Number.isNaN(hour) || time === undefined) return undefined;
  const today = bangkokDay(turn.now) + hour * hourMs + (minute ?? 0) * 60_000;
  const next = today > turn.now ? today : today + dayMs;
  return { from: next, to: next + hourMs };
}
