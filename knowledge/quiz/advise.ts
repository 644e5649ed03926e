import {
  type QuizAdvice,
  type QuizChange,
  type QuizFacts,
  type QuizResult,
  type QuizStanding,
  unsure,
} from '../../core';
import type { QuizParts, Rated } from './engine';
import { type Lookup, type Truth, chance, evaluate, factsOf } from './logic';

/** Services named as "one answer away"; more would be a second list. */
const nearShown = 3;

const order: Readonly<Record<QuizStanding, number>> = { fits: 0, likely: 1, maybe: 2 };

/** What the facts come to: each service with its reasons, and what another answer would change. */
export function adviser(
  { facts: rows, rated, asked, domain, lookup }: QuizParts,
  given: ReadonlySet<string>,
): (facts: QuizFacts) => QuizAdvice {
  /** As if an office had said yes to what no question can settle. */
  const assumed = (facts: QuizFacts): Lookup => {
    const known = lookup(facts);
    return fact => known(fact) ?? (asked.has(fact) ? undefined : domain(fact).find(({ id }) => id === 'yes'));
  };
  const atBest = (each: Rated, facts: QuizFacts): Truth => evaluate(each.rule, assumed(facts));

  function standingOf(each: Rated, facts: QuizFacts): QuizStanding | undefined {
    const truth = evaluate(each.rule, lookup(facts));
    if (truth === false) return undefined;
    if (truth) return 'fits';
    const best = atBest(each, facts);
    return best ? 'likely' : best === false ? undefined : 'maybe';
  }

  /** Single answers that would turn the service to `wanted`, by fact. */
  function changesOf(each: Rated, facts: QuizFacts, wanted: boolean): QuizChange[] {
    return each.facts.flatMap(fact => {
      const now = facts[fact];
      const label = rows.get(fact)?.label;
      if (!label || now === undefined || now === unsure || !asked.has(fact) || given.has(fact)) return [];
      const values = domain(fact)
        .filter(({ id }) => id !== now && atBest(each, { ...facts, [fact]: id }) === wanted)
        .map(value => value.label);
      return values.length > 0 ? [{ fact: label, values }] : [];
    });
  }

  function resultOf(each: Rated, standing: QuizStanding, facts: QuizFacts): QuizResult {
    const truths = each.row.conditions.map(({ rule, because }) => ({
      rule,
      because,
      truth: evaluate(rule, lookup(facts)),
    }));
    const open = truths
      .filter(({ truth }) => truth === undefined)
      .flatMap(({ rule }) => factsOf(rule))
      .filter(fact => lookup(facts)(fact) === undefined);
    return {
      service: each.row.service,
      standing,
      reasons: truths.filter(({ truth }) => truth).map(({ because }) => because),
      open: [...new Set(open)].flatMap(fact => rows.get(fact)?.label ?? []),
      changes: changesOf(each, facts, false),
      source: each.row.source,
    };
  }

  return facts => {
    const ranked = rated
      .flatMap(each => {
        const standing = standingOf(each, facts);
        if (!standing) return [];
        return [{ each, standing, likely: chance(each.rule, lookup(facts), domain) }];
      })
      .toSorted(
        (a, b) =>
          order[a.standing] - order[b.standing] ||
          (a.standing === 'maybe' ? b.likely - a.likely : 0) ||
          b.each.row.weight - a.each.row.weight,
      );
    const near = rated
      .filter(each => standingOf(each, facts) === undefined)
      .flatMap(each => {
        const [change] = changesOf(each, facts, true);
        return change ? [{ service: each.row.service, change, weight: each.row.weight }] : [];
      })
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, nearShown);
    return {
      results: ranked.map(({ each, standing }) => resultOf(each, standing, facts)),
      near: near.map(({ service, change }) => ({ service, change })),
    };
  };
}
