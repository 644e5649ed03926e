import { z } from 'zod';
import type { Rule } from '../../../core';
import { ask, told } from './api';

const variable = z.object({ var: z.string() });
const withNumber = z.tuple([variable, z.number()]);
const rule: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.boolean(),
    variable,
    z.object({ and: z.array(rule) }),
    z.object({ or: z.array(rule) }),
    z.object({ '!': z.tuple([rule]) }),
    z.object({ '==': z.tuple([variable, z.union([z.string(), z.boolean()])]) }),
    z.object({ in: z.tuple([variable, z.array(z.string())]) }),
    z.object({ '<': withNumber }),
    z.object({ '>': withNumber }),
    z.object({ '>=': withNumber }),
    z.object({ '<=': z.union([withNumber, z.tuple([z.number(), variable, z.number()])]) }),
  ]),
);
const words = z.object({ th: z.string(), en: z.string().optional() });
export type Localised = z.infer<typeof words>;

export const entitlement = z.object({
  weight: z.number(),
  conditions: z.array(z.object({ rule, because: words })),
  source: z.string(),
});
/** Who the quizzes show a service to: everybody for whom all conditions hold. */
export type Entitlement = z.infer<typeof entitlement>;

const fact = z.object({
  id: z.string(),
  label: words,
  kind: z.enum(['yes-no', 'choice', 'number']),
  values: z.array(z.object({ id: z.string(), label: words })),
});
export type Fact = z.infer<typeof fact>;

const samples = z.object({
  drafts: z.array(z.object({ id: z.string(), name: z.string() })),
  services: z.array(z.object({ id: z.string(), name: words })),
  people: z.array(
    z.object({
      name: z.string(),
      quiz: words,
      facts: z.array(z.object({ label: words, value: words })),
      results: z.array(
        z.object({
          service: z.string(),
          before: z.boolean(),
          after: z.boolean(),
          expected: z.boolean().optional(),
        }),
      ),
    }),
  ),
});
export type Samples = z.infer<typeof samples>;
export type SampleResult = Samples['people'][number]['results'][number];

const problem = z.object({ field: z.string(), problem: z.string() });
const path = '/api/v1/knowledge';

/** The HTTP side of the rules by which the quizzes show services. */
export const rulesApi = {
  samples: () => ask('GET', `${path}/samples`, samples),
  try: (entry: string, rules: Entitlement | null) =>
    told('POST', `${path}/samples`, samples.extend({ problems: z.array(problem) }), {
      entry,
      entitlement: rules,
    }),
  of: (id: string) =>
    ask(
      'GET',
      `${path}/rules/${encodeURIComponent(id)}`,
      z.object({ entitlement: entitlement.optional(), facts: z.array(fact) }),
    ),
};
