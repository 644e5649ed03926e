import { type FactValue, valuesOf } from './facts';
import { evaluate, factsOf, strayValues } from './logic';
import { type EntitlementRules, type Rule, type SharedRows, entitlementRulesSchema } from './schema';

export interface RuleFault {
  /** Path into the rules, such as `conditions.0.rule`. */
  readonly field: string;
  readonly problem: string;
}

/** So many combinations are looked at; rules of people need a few hundred. */
const mostTried = 20_000;

/** Whether some answers could make the rule true; a rule too wide to be walked through is believed. */
function canHold(rule: Rule, domain: (fact: string) => readonly FactValue[]): boolean {
  let tried = 0;
  const holds = (known: ReadonlyMap<string, FactValue>, [fact, ...rest]: readonly string[]): boolean => {
    const truth = evaluate(rule, each => known.get(each));
    if (truth !== undefined || fact === undefined) return truth ?? true;
    tried += 1;
    return tried > mostTried || domain(fact).some(value => holds(new Map([...known, [fact, value]]), rest));
  };
  return holds(new Map(), factsOf(rule));
}

/** What keeps the rules of one service from being asked or decided, for whoever wrote them. */
export function ruleFaults({ conditions }: EntitlementRules, facts: SharedRows['facts']): RuleFault[] {
  const domain = (fact: string): readonly FactValue[] => {
    const row = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
    return row ? valuesOf(row) : [];
  };
  const faults = conditions.flatMap(({ rule }, at) => {
    const field = `conditions.${at}.rule`;
    return [
      ...factsOf(rule)
        .filter(fact => domain(fact).length === 0)
        .map(fact => ({ field, problem: `ไม่มีข้อมูล "${fact}" ในแบบสอบถาม (no such fact)` })),
      ...strayValues(rule, domain).map(stray => ({ field, problem: `ไม่มีคำตอบ ${stray} (no such value)` })),
    ];
  });
  if (faults.length > 0 || canHold({ and: conditions.map(({ rule }) => rule) }, domain)) return faults;
  return [{ field: 'conditions', problem: 'ไม่มีใครเข้าเกณฑ์ครบทุกข้อได้ (no answers meet them all)' }];
}

/** Rules from outside, `null` for none; or everything that is wrong with them. */
export function readRules(
  given: unknown,
  facts: SharedRows['facts'],
): { readonly rules: EntitlementRules | null } | { readonly faults: readonly RuleFault[] } {
  const parsed = entitlementRulesSchema.nullable().safeParse(given);
  if (!parsed.success)
    return {
      faults: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message })),
    };
  const faults = parsed.data ? ruleFaults(parsed.data, facts) : [];
  return faults.length > 0 ? { faults } : { rules: parsed.data };
}
