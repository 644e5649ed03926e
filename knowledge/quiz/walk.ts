import { type Quiz, type QuizFacts, type QuizQuestion, unsure } from '../../core';
import { createQuiz } from './engine';
import { valuesOf } from './facts';
import { type Leaf, type Lookup, evaluate, factsOf, leavesOf } from './logic';
import type { QuizRow, Rule, SharedRows } from './schema';

/** What walking through every answer of a quiz found. */
export interface Walk {
  /** Different situations met; what leaves the same rests of rules open counts once. */
  readonly states: number;
  readonly mostQuestions: number;
  /** Questions that no path asks. */
  readonly unasked: readonly string[];
  /** Services that no answers lead to. */
  readonly unreached: readonly string[];
  /** Parts of a rule that never are why a service is shown, as `service: part`. */
  readonly idleParts: readonly string[];
  /** Services that were shown and then taken back by an answer to another question. */
  readonly takenBack: readonly string[];
  /** Answers that lead nowhere: not taken, or the question comes again, as `question: answer`. */
  readonly deadEnds: readonly string[];
  /** Answers that say other than an earlier answer did, or what can never be, as `question: fact`. */
  readonly contradictions: readonly string[];
}

/** Answers to walk through: each option of one, and of a list none, each alone and all; and not being sure. `undefined`: not taken. */
function answersTo(quiz: Quiz, question: QuizQuestion, facts: QuizFacts): [string, QuizFacts | undefined][] {
  const ids = question.options.map(({ id }) => id);
  const picks = question.kind === 'many' ? [[], ...ids.map(id => [id]), ids] : ids.map(id => [id]);
  return [
    ...picks.map((pick): [string, QuizFacts | undefined] => [pick.join('+'), quiz.settle(question.id, pick)]),
    ['not sure', quiz.leave(question.id, facts)],
  ];
}

/** What facts leave of a rule. */
interface Rest {
  /** The same text, the same rest. */
  readonly text: string;
  /** Facts that it still depends on. */
  readonly open: readonly string[];
  /** Holds if offices agree, whatever is answered from here. */
  readonly best: boolean;
}

/** The rest of a rule by facts; remembered by the facts that the rule looks at. */
function restOf(
  rule: Rule,
  valueOf: (facts: QuizFacts) => Lookup,
  assumed: (facts: QuizFacts) => Lookup,
): (facts: QuizFacts) => Rest {
  const of = factsOf(rule);
  const remembered = new Map<string, Rest>();
  return facts => {
    const key = of.map(fact => facts[fact] ?? '').join('|');
    const before = remembered.get(key);
    if (before) return before;
    const lookup = valueOf(facts);
    const open = new Set<string>();
    const text = (part: Rule): string => {
      const truth = evaluate(part, lookup);
      if (truth !== undefined) return String(truth);
      if (typeof part === 'object' && 'and' in part)
        return `and(${part.and
          .map(text)
          .filter(each => each !== 'true')
          .join()})`;
      if (typeof part === 'object' && 'or' in part)
        return `or(${part.or
          .map(text)
          .filter(each => each !== 'false')
          .join()})`;
      for (const fact of factsOf(part)) open.add(fact);
      return JSON.stringify([part, factsOf(part).map(fact => facts[fact] ?? '')]);
    };
    const rest = { text: text(rule), open: [...open], best: evaluate(rule, assumed(facts)) === true };
    remembered.set(key, rest);
    return rest;
  };
}

/** Walks every path; situations with the same open rests are walked on once, since what follows is the same. */
export function walkQuiz(row: QuizRow, shared: SharedRows): Walk {
  const quiz = createQuiz(row, shared, 'walk');
  const questions = row.questions.flatMap(id => shared.questions.find(question => question.id === id) ?? []);
  const asks = new Set(questions.flatMap(question => question.facts));
  const domains = new Map(Object.entries(shared.facts).map(([id, fact]) => [id, valuesOf(fact)]));
  const valueOf = (facts: QuizFacts): Lookup => {
    return fact => domains.get(fact)?.find(({ id }) => id === facts[fact]);
  };
  /** As if an office had agreed to what no question settles. */
  const assumed = (facts: QuizFacts): Lookup => {
    const known = valueOf(facts);
    return fact =>
      known(fact) ?? (asks.has(fact) ? undefined : domains.get(fact)?.find(({ id }) => id === 'yes'));
  };
  const entitlements = row.services.flatMap(service => {
    const found = shared.entitlements.find(each => each.service === service);
    const rule: Rule = { and: (found?.conditions ?? []).map(condition => condition.rule) };
    // What opening the quiz has said is never weighed in it.
    const leaves = leavesOf(rule).filter(({ leaf }) => factsOf(leaf).every(fact => !(fact in row.given)));
    return { service, leaves, rest: restOf(rule, valueOf, assumed) };
  });
  const whens = questions.map(({ when }) =>
    when === undefined ? undefined : restOf(when, valueOf, valueOf),
  );

  const asked = new Set<string>();
  const used = new Set<string>();
  const takenBack = new Set<string>();
  const deadEnds = new Set<string>();
  const contradictions = new Set<string>();
  const below = new Map<string, Set<string>>();
  let mostQuestions = 0;

  const shownIn = (facts: QuizFacts): string[] =>
    entitlements.flatMap(({ service, rest }) => (rest(facts).best ? [service] : []));

  /** All that the rest of the walk depends on: the open rests of rules, the questions about them, and how many may still come. */
  function signature(facts: QuizFacts, path: readonly string[]): string {
    const rests = entitlements.map(({ rest }) => rest(facts));
    const open = new Set(rests.flatMap(rest => rest.open));
    const due = questions.flatMap(({ id, facts: of }, index) => {
      const when = whens[index]?.(facts);
      const left = of.filter(fact => open.has(fact) && !(fact in facts));
      if (path.includes(id) || when?.text === 'false' || left.length === 0) return [];
      return [{ left, text: `${id} ${when?.text ?? ''} ${when?.open.every(fact => fact in facts) ?? true}` }];
    });
    const askable = new Set(due.flatMap(({ left }) => left));
    const texts = rests.map(rest => (rest.open.some(fact => askable.has(fact)) ? rest.text : ''));
    const may = Math.min(row.maxQuestions - path.length, due.length);
    return [may, ...due.map(({ text }) => text), ...texts].join('|');
  }

  /** The services shown here or later on some path; only what comes later is remembered, since it is the same for the same rests. */
  function walk(facts: QuizFacts, path: readonly string[], before: readonly string[]): ReadonlySet<string> {
    const shown = shownIn(facts);
    for (const service of before) if (!shown.includes(service)) takenBack.add(service);
    const key = signature(facts, path);
    let later = below.get(key);
    if (!later) {
      later = new Set();
      const question = quiz.next(facts, path);
      mostQuestions = Math.max(mostQuestions, path.length);
      if (question) {
        asked.add(question.id);
        if (path.includes(question.id) || question.options.length === 0)
          deadEnds.add(`${question.id}: asked`);
        for (const [words, answer] of answersTo(quiz, question, facts)) {
          if (!answer) {
            deadEnds.add(`${question.id}: ${words}`);
            continue;
          }
          for (const fact of disputed(facts, answer)) contradictions.add(`${question.id}: ${fact}`);
          for (const service of walk({ ...facts, ...answer }, [...path, question.id], shown))
            if (!shown.includes(service)) later.add(service);
        }
      }
      below.set(key, later);
    }
    const all = new Set([...later, ...shown]);
    for (const { service, leaves } of entitlements)
      if (all.has(service))
        for (const [index, { leaf, wanted }] of leaves.entries())
          if (holdsHere(leaf, wanted, facts)) used.add(`${service}|${index}`);
    return all;
  }

  /** Facts of an answer that were said to be otherwise before, or have no such value. */
  const disputed = (facts: QuizFacts, answer: QuizFacts): string[] =>
    Object.entries(answer).flatMap(([fact, value]) => {
      const before = facts[fact];
      const other = before !== undefined && before !== unsure && before !== value;
      const impossible = value !== unsure && !domains.get(fact)?.some(({ id }) => id === value);
      return other || impossible ? [fact] : [];
    });

  const holdsHere = (leaf: Leaf, wanted: boolean, facts: QuizFacts): boolean =>
    evaluate(leaf, assumed(facts)) === wanted;

  const reached = walk(quiz.known({}), [], []);
  return {
    states: below.size,
    mostQuestions,
    unasked: row.questions.filter(id => !asked.has(id)),
    unreached: row.services.filter(service => !reached.has(service)),
    idleParts: entitlements.flatMap(({ service, leaves }) =>
      leaves.flatMap(({ leaf }, index) =>
        used.has(`${service}|${index}`) ? [] : [`${service}: ${JSON.stringify(leaf)}`],
      ),
    ),
    takenBack: [...takenBack],
    deadEnds: [...deadEnds],
    contradictions: [...contradictions],
  };
}
