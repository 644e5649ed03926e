import { type Quiz, type QuizFacts, type QuizOption, type QuizQuestion, unsure } from '../../core';
import { adviser } from './advise';
import { type FactValue, optionsOf, valuesOf } from './facts';
import { type Lookup, type Truth, chance, evaluate, factsOf } from './logic';
import { readFacts } from './read-facts';
import type { Entitlement, Fact, QuestionRow, QuizRow, Rule, SharedRows } from './schema';

/** A question must be expected to tell at least so much, in bits over all services. */
const leastGain = 0.02;

/** The most that a service weighs. */
const heaviest = 9;

/** States whose chances are remembered; a walk through a quiz meets far fewer. */
const mostRemembered = 50_000;

/** An entitlement as the engine works with it. */
export interface Rated {
  readonly row: Entitlement;
  readonly rule: Rule;
  readonly facts: readonly string[];
}

/** The parts of one quiz that the engine and the adviser share. */
export interface QuizParts {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly rated: readonly Rated[];
  readonly asked: ReadonlySet<string>;
  readonly domain: (fact: string) => readonly FactValue[];
  readonly lookup: (facts: QuizFacts) => Lookup;
}

/** Bits of doubt about something of this chance. */
const doubt = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p));

function partsOf(row: QuizRow, shared: SharedRows, questions: readonly QuestionRow[]): QuizParts {
  const rated = row.services.map(service => {
    const found = shared.entitlements.find(each => each.service === service);
    const conditions = found?.conditions ?? [];
    const rule: Rule = { and: conditions.map(condition => condition.rule) };
    return found && { row: found, rule, facts: factsOf(rule) };
  });
  const asked = new Set(questions.flatMap(question => question.facts));
  const kept = rated.filter(each => each !== undefined);
  const used = new Set([...asked, ...kept.flatMap(each => each.facts), ...Object.keys(row.given)]);
  const facts = new Map(Object.entries(shared.facts).filter(([id]) => used.has(id)));
  const domains = new Map([...facts].map(([id, fact]) => [id, valuesOf(fact)]));
  const domain = (fact: string): readonly FactValue[] => domains.get(fact) ?? [];
  const lookup =
    (known: QuizFacts): Lookup =>
    fact =>
      domain(fact).find(value => value.id === known[fact]);
  return { facts, rated: kept, asked, domain, lookup };
}

function shown(question: QuestionRow, facts: ReadonlyMap<string, Fact>): QuizQuestion {
  const [only] = question.facts;
  const fact = only === undefined || question.facts.length > 1 ? undefined : facts.get(only);
  const many = (): QuizOption[] =>
    question.facts.flatMap(id => {
      const label = facts.get(id)?.label;
      return label ? [{ id, label }] : [];
    });
  return {
    id: question.id,
    kind: fact?.kind ?? 'many',
    ask: question.ask,
    ...(question.help ? { help: question.help } : {}),
    options: fact ? optionsOf(fact) : many(),
  };
}

/** One quiz over checked rows. */
export function createQuiz(row: QuizRow, shared: SharedRows, version: string): Quiz {
  const questions = row.questions.flatMap(id => shared.questions.find(question => question.id === id) ?? []);
  const parts = partsOf(row, shared, questions);
  const byId = new Map(questions.map(question => [question.id, question]));
  const shownById = new Map(questions.map(question => [question.id, shown(question, parts.facts)]));
  const remembered = new Map<string, { p: number; truth: Truth }>();

  /** Truth and chance of one entitlement; both depend on its own facts alone. */
  function rate(each: Rated, facts: QuizFacts): { p: number; truth: Truth } {
    const key = `${each.row.service}|${each.facts.map(fact => facts[fact] ?? '').join('|')}`;
    const before = remembered.get(key);
    if (before) return before;
    const lookup = parts.lookup(facts);
    const rated = { p: chance(each.rule, lookup, parts.domain), truth: evaluate(each.rule, lookup) };
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, rated);
    return rated;
  }

  /** Bits that knowing the fact is expected to tell about the services that are still open, those that help most counting most. */
  function gainOf(fact: string, facts: QuizFacts): number {
    return parts.rated.reduce((sum, each) => {
      if (!each.facts.includes(fact)) return sum;
      const now = rate(each, facts);
      if (now.truth !== undefined) return sum;
      const left = parts
        .domain(fact)
        .reduce((rest, value) => rest + value.share * doubt(rate(each, { ...facts, [fact]: value.id }).p), 0);
      return sum + ((doubt(now.p) - left) * each.row.weight) / heaviest;
    }, 0);
  }

  /** A follow-up waits until what it follows is known, or the person is unsure of it. */
  function isDue({ when }: QuestionRow, facts: QuizFacts): boolean {
    if (when === undefined) return true;
    const truth = evaluate(when, parts.lookup(facts));
    return truth ?? factsOf(when).every(fact => fact in facts);
  }

  return {
    id: row.id,
    version,
    name: row.name,
    intro: row.intro,
    maxQuestions: row.maxQuestions,
    question: id => shownById.get(id),
    next(facts, asked) {
      if (asked.length >= row.maxQuestions) return undefined;
      let best: { gain: number; id: string } | undefined;
      for (const question of questions) {
        if (asked.includes(question.id) || !isDue(question, facts)) continue;
        const open = question.facts.filter(fact => !(fact in facts));
        const gain = open.reduce((sum, fact) => sum + gainOf(fact, facts), 0);
        if (gain >= leastGain && gain > (best?.gain ?? 0) + 1e-9) best = { gain, id: question.id };
      }
      return best && shownById.get(best.id);
    },
    settle(id, options) {
      const question = shownById.get(id);
      const ids = question?.options.map(option => option.id);
      if (!question || !ids || !options.every(option => ids.includes(option))) return undefined;
      if (question.kind === 'many')
        return Object.fromEntries(ids.map(fact => [fact, options.includes(fact) ? 'yes' : 'no']));
      const [option] = options;
      const fact = byId.get(id)?.facts[0];
      return options.length === 1 && option !== undefined && fact !== undefined
        ? { [fact]: option }
        : undefined;
    },
    leave(id, facts) {
      const open = (byId.get(id)?.facts ?? []).filter(fact => !(fact in facts));
      return Object.fromEntries(open.map(fact => [fact, unsure]));
    },
    read: (understanding, current) =>
      readFacts(parts.facts, understanding, current === undefined ? [] : byId.get(current)?.facts).facts,
    questionsTouched: facts =>
      questions.filter(question => question.facts.some(fact => fact in facts && !(fact in row.given))).length,
    known: facts => ({
      ...row.given,
      ...Object.fromEntries(
        Object.entries(facts).filter(
          ([fact, value]) => value === unsure || parts.domain(fact).some(each => each.id === value),
        ),
      ),
    }),
    advise: adviser(parts, new Set(Object.keys(row.given))),
    rememberable: facts =>
      Object.fromEntries(
        Object.entries(facts).filter(
          ([id, value]) =>
            parts.facts.get(id)?.sensitive !== true && parts.domain(id).some(each => each.id === value),
        ),
      ),
    inWords: facts =>
      Object.entries(facts).flatMap(([id, value]) => {
        const fact = parts.facts.get(id);
        const said = parts.domain(id).find(each => each.id === value);
        return fact && said ? [{ fact: id, label: fact.label, value: said.label }] : [];
      }),
  };
}
