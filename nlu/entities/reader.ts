import { type Entity, type Steps, atOnce, inSteps } from '../../core';
import type { Found } from './date-read';
import { readIdentifiers } from './identifiers';
import { nameReader, type Named } from './names';
import { readPlaces } from './places';
import { endOf, fold, startOf, type View } from './view';
import { readWhenAndHowMuch } from './when-and-how-much';

export interface EntityNames {
  readonly agencies?: Iterable<Named>;
  readonly services?: Iterable<Named>;
}

/** Text and the moment it was written (ms) in, entities out: by start, longer first. Inner parts of a phrase follow it. */
export type EntityReader = (text: string, now: number) => Entity[];

/** Kinds whose value keeps the letters as they were typed. */
const verbatim = new Set(['url', 'email']);

function toEntity(original: string, view: View, { kind, value, start, end, confidence }: Found): Entity {
  const from = startOf(view, start);
  const to = endOf(view, end);
  const text = original.slice(from, to);
  const kept = verbatim.has(kind) ? text.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '') : value;
  return { kind, value: kept, text, start: from, end: to, confidence: confidence ?? 1 };
}

/** Marks the units that identifiers and places took, so that no date or amount is read inside them. */
function cover(
  length: number,
  spans: readonly { readonly start: number; readonly end: number }[],
): Uint8Array | undefined {
  if (spans.length === 0) return undefined;
  const covered = new Uint8Array(length);
  for (const { start, end } of spans) covered.fill(1, start, end);
  return covered;
}

function* learning({ agencies = [], services = [] }: EntityNames): Steps<EntityReader> {
  const readNames = yield* nameReader(agencies, services);
  return (text, now) => {
    if (text === '') return [];
    const view = fold(text);
    const identifiers = readIdentifiers(view.text);
    const places = readPlaces(view.text);
    const opaque = cover(view.text.length, [...identifiers.found, ...identifiers.hidden, ...places]);
    const found: Found[] = [
      ...identifiers.found,
      ...places,
      ...readNames(view.text).filter(({ kind, start }) => kind !== 'relation' || opaque?.[start] !== 1),
      ...readWhenAndHowMuch(view.text, now, opaque),
    ];
    return found
      .filter(({ start, end }) => end > start)
      .sort((left, right) => left.start - right.start || right.end - left.end)
      .map(each => toEntity(text, view, each));
  };
}

/** A reader that knows the names of these agencies and services. Pure and synchronous; time grows with the length only. */
export function createEntityReader(names: EntityNames = {}): EntityReader {
  return atOnce(learning(names));
}

/** The same of a large register; lets others go first at every `pause`. */
export function createEntityReaderSlowly(
  names: EntityNames,
  pause: () => Promise<unknown>,
): Promise<EntityReader> {
  return inSteps(learning(names), pause);
}
