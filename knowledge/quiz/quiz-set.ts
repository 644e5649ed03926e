import { createHash } from 'node:crypto';
import type { QuizSet } from './quizzes';
import type { EntitlementRules, QuizRow, SharedRows } from './schema';

/** The quizzes as one version; the same rows are the same version. */
export function quizSet(shared: SharedRows, quizzes: readonly QuizRow[]): QuizSet {
  const version = createHash('sha256')
    .update(JSON.stringify([shared, quizzes]))
    .digest('hex')
    .slice(0, 12);
  return { version, shared, quizzes };
}

/** Rules by service, in place of those of the set; `null`: no quiz shows it. */
export type RulesByService = ReadonlyMap<string, EntitlementRules | null>;

/** Which quizzes show a service whose rules were written anew: those that did, or the main one. */
function listed(quizzes: readonly QuizRow[], rules: RulesByService): QuizRow[] {
  const known = new Set(quizzes.flatMap(({ services }) => services));
  const fresh = [...rules].flatMap(([service, given]) => (given && !known.has(service) ? [service] : []));
  return quizzes.map((quiz, index) => ({
    ...quiz,
    services: [
      ...quiz.services.filter(service => rules.get(service) !== null),
      ...(index === 0 ? fresh : []),
    ],
  }));
}

/** The set with what editors wrote in place of its rules; without any, the set itself. */
export function withRules(set: QuizSet, rules: RulesByService): QuizSet {
  if (rules.size === 0) return set;
  const kept = set.shared.entitlements.filter(({ service }) => !rules.has(service));
  const written = [...rules].flatMap(([service, given]) => (given ? [{ ...given, service }] : []));
  return quizSet({ ...set.shared, entitlements: [...kept, ...written] }, listed(set.quizzes, rules));
}

/** The rules by which a set shows a service, if it does. */
export function rulesOf(set: QuizSet, service: string): EntitlementRules | undefined {
  const found = set.shared.entitlements.find(each => each.service === service);
  if (!found) return undefined;
  const { service: _service, ...rules } = found;
  return rules;
}
