import type { Entity, Understanding } from '../../core';
import { isNegated } from '../../nlu';
import { valuesOf } from './facts';
import type { Fact } from './schema';

/** What a text says of the facts. */
export interface ReadFacts {
  readonly facts: Readonly<Record<string, string>>;
  /** It names a service by more than the words that tell of the facts. */
  readonly namesService: boolean;
}

type Spans = { start: number; end: number }[];

/** How far before an age its owner is named, in UTF-16 units. */
const ownerWithin = 24;

/** Small words by which people speak of the children they have, beside the relations that the entity reader knows. */
const ofChild = /(?:คนเล็ก|คนโต|คนกลาง|คนที่|คนแรก|คนสุดท้อง|ลูก|หลาน|เด็ก|youngest|oldest|child|kid)/iu;
/** Relations that are of work or are a part played: an age beside them is seldom theirs. */
const ofWork: ReadonlySet<string> = new Set(['employer', 'employee', 'tenant', 'patient', 'student']);
const yearly = /(?:ต่อปี|ปีละ|ทั้งปี|per year|a year|yearly)/iu;

const isWordCharacter = (character: string | undefined): boolean => /[a-z0-9]/iu.test(character ?? '');

/** Where `word` first stands in the text, or -1; English words only whole. */
function placeOf(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const inside =
      /^[a-z]/iu.test(word) && (isWordCharacter(text[at - 1]) || isWordCharacter(text[at + word.length]));
    if (!inside) return at;
  }
  return -1;
}

/** Words of one fact, each with the value it stands for, the longest first. */
type Ways = readonly { readonly value: string; readonly word: string }[];

/** Facts are immutable and live as long as their publication; so do their words. */
const ways = new WeakMap<Fact, Ways>();

function waysOf(fact: Fact): Ways {
  const known = ways.get(fact);
  if (known) return known;
  const values =
    fact.kind === 'choice'
      ? fact.values.map(({ id, words }) => ({ value: id, words }))
      : (['no', 'yes'] as const).map(value => ({
          value,
          words: fact.kind === 'yes-no' ? (fact.words?.[value] ?? []) : [],
        }));
  const made = values
    .flatMap(({ value, words }) => words.map(word => ({ value, word: word.toLowerCase() })))
    .toSorted((a, b) => b.word.length - a.word.length);
  ways.set(fact, made);
  return made;
}

/** The value whose words the text has; the longest word wins, so that "ไม่มีบัตรคนพิการ" is not "มีบัตรคนพิการ". */
function byWords(text: string, fact: Fact, spans: Spans): string | undefined {
  const found = waysOf(fact).find(({ word }) => placeOf(text, word) >= 0);
  if (!found) return undefined;
  const start = placeOf(text, found.word);
  const denied = !found.word.startsWith('ไม่') && isNegated(text, start);
  if (denied && found.value !== 'yes') return undefined;
  spans.push({ start, end: start + found.word.length });
  return denied ? 'no' : found.value;
}

function bandOf(fact: Fact, number: number): string | undefined {
  return valuesOf(fact).find(({ range }) => range && number >= range[0] && number <= range[1])?.id;
}

/** The entity with its place in the normalised text, which need not be as long as the one it was read from. */
function placed(entity: Entity, normalised: string): Entity {
  const start = normalised.indexOf(entity.text);
  return start < 0 ? entity : { ...entity, start, end: start + entity.text.length };
}

/** Whose age it is: the writer's, or somebody's beside them. */
function isSomeoneElses(age: Entity, { entities, normalised }: Understanding): boolean {
  if (/ขวบ/u.test(age.text)) return true;
  const before = normalised.slice(Math.max(0, age.start - ownerWithin), age.start);
  if (ofChild.test(before)) return true;
  const owner = entities.findLast(
    each =>
      each.kind === 'relation' &&
      !ofWork.has(each.value) &&
      each.end <= age.start &&
      age.start - each.end <= ownerWithin,
  );
  return owner !== undefined && owner.value !== 'self';
}

/** Whole years of an age such as `3` or `P8M`. */
function yearsOf(age: Entity): number | undefined {
  const months = /^P?(\d+)M$/u.exec(age.value);
  if (months) return Math.floor(Number(months[1]) / 12);
  const years = Number(/^P?(\d{1,3})/u.exec(age.value)?.[1]);
  return Number.isFinite(years) && years <= 120 ? years : undefined;
}

/** Money that was asked for. Of a story it is not known whose it is: one wage is not what a home has. */
function monthlyMoney({ entities, normalised }: Understanding): number | undefined {
  const amount =
    entities.find(each => each.kind === 'money') ?? entities.find(each => each.kind === 'number');
  const baht = Number(amount?.value);
  if (!amount || !Number.isFinite(baht)) return undefined;
  return yearly.test(normalised) ? baht / 12 : baht;
}

function ownAge(understanding: Understanding, current: boolean): number | undefined {
  const own = understanding.entities.find(
    each => each.kind === 'age' && (current || !isSomeoneElses(each, understanding)),
  );
  if (own) return yearsOf(own);
  const bare = current ? understanding.entities.find(each => each.kind === 'number') : undefined;
  return bare && yearsOf(bare);
}

function readOne(
  fact: Fact,
  understanding: Understanding,
  current: boolean,
  spans: Spans,
): string | undefined {
  const text = understanding.normalised.toLowerCase();
  switch (fact.kind) {
    case 'choice':
      return byWords(text, fact, spans);
    case 'yes-no': {
      const said = byWords(text, fact, spans);
      if (said) return said;
      const event = understanding.entities.find(
        each => each.kind === 'life-event' && fact.events?.includes(each.value),
      );
      if (event) {
        spans.push({ start: event.start, end: event.end });
        return isNegated(understanding.normalised, event.start) ? 'no' : 'yes';
      }
      if (!fact.someoneAged) return undefined;
      const [from, to] = fact.someoneAged;
      const someone = understanding.entities.find(each => {
        const years = each.kind === 'age' && isSomeoneElses(each, understanding) ? yearsOf(each) : undefined;
        return years !== undefined && years >= from && years <= to;
      });
      if (someone) spans.push({ start: someone.start, end: someone.end });
      return someone && 'yes';
    }
    case 'number': {
      const money = current && fact.from === 'monthly-money' ? monthlyMoney(understanding) : undefined;
      const number = fact.from === 'age' ? ownAge(understanding, current) : money;
      return number === undefined ? undefined : bandOf(fact, number);
    }
  }
}

/** What the text says of these facts; `current` are the facts it was just asked for. */
export function readFacts(
  facts: ReadonlyMap<string, Fact>,
  from: Understanding,
  current: readonly string[] = [],
): ReadFacts {
  const spans: Spans = [];
  const entities = from.entities.map(entity => placed(entity, from.normalised));
  const understanding = { ...from, entities };
  const said = [...facts].flatMap(([id, fact]): [string, string][] => {
    const value = readOne(fact, understanding, current.includes(id), spans);
    return value === undefined ? [] : [[id, value]];
  });
  const services = entities.filter(({ kind }) => kind === 'service');
  const named = services.some(
    ({ start, end }) => !spans.some(span => span.start <= start && end <= span.end),
  );
  return { facts: Object.fromEntries(said), namesService: named };
}
