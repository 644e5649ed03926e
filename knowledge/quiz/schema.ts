import { z } from 'zod';
import type { Rule } from '../../core';

export type { Rule };

const id = z.string().regex(/^[a-z0-9-]{1,40}$/u);
const text = z.object({ th: z.string().min(1).max(300) }).catchall(z.string().min(1).max(300));

const variable = z.strictObject({ var: id });
const withNumber = z.tuple([variable, z.number()]);

export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.boolean(),
    variable,
    z.strictObject({ and: z.array(ruleSchema).min(1) }),
    z.strictObject({ or: z.array(ruleSchema).min(1) }),
    z.strictObject({ '!': z.tuple([ruleSchema]) }),
    z.strictObject({ '==': z.tuple([variable, z.union([z.string(), z.boolean()])]) }),
    z.strictObject({ in: z.tuple([variable, z.array(z.string()).min(1)]) }),
    z.strictObject({ '<': withNumber }),
    z.strictObject({ '>': withNumber }),
    z.strictObject({ '>=': withNumber }),
    z.strictObject({ '<=': z.union([withNumber, z.tuple([z.number(), variable, z.number()])]) }),
  ]),
);

const words = z.array(z.string().min(2).max(80));

/** How likely a value is before anything is known, against the others of its fact; 1 where nothing is said. */
const share = z.number().positive().default(1);

/** Of health or another matter of section 26: it serves the quiz that asked, and is never remembered. */
const sensitive = z.literal(true).optional();

/** Something about a person, with finitely many values. A fact that no question asks is one that an office must decide. */
const factSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('yes-no'),
    label: text,
    sensitive,
    /** The share of people it is true of (0-1). */
    likely: z.number().gt(0).lt(1).default(0.5),
    /** True when somebody of an age in this range (years, both included) is spoken of beside the writer. */
    someoneAged: z.tuple([z.number(), z.number()]).optional(),
    /** True when one of these events of a life is spoken of (entity values, such as `pregnancy`). */
    events: z.array(id).optional(),
    words: z.strictObject({ yes: words.default([]), no: words.default([]) }).optional(),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    label: text,
    sensitive,
    values: z
      .array(z.strictObject({ id, label: text, share, words: words.default([]) }))
      .min(2)
      .max(9),
  }),
  z.strictObject({
    kind: z.literal('number'),
    label: text,
    sensitive,
    /** What of a text gives the number: the writer's age in years, or money in baht a month. */
    from: z.enum(['age', 'monthly-money']),
    /** Both ends included; without gaps, the lowest first. */
    values: z
      .array(z.strictObject({ id, label: text, share, range: z.tuple([z.number(), z.number()]) }))
      .min(2)
      .max(9),
  }),
]);

const questionSchema = z.strictObject({
  id,
  ask: text,
  help: text.optional(),
  /** One fact, or for "which of these" several yes-no facts. */
  facts: z.array(id).min(1).max(9),
  /** Asked unless this is known to be false. */
  when: ruleSchema.optional(),
});

/** Who is entitled to one service. */
export const entitlementRulesSchema = z.strictObject({
  /** How much it helps, 1-9: the order of results. */
  weight: z.number().int().min(1).max(9),
  /** All must hold. `because` is said when the condition is known to hold. */
  conditions: z
    .array(z.strictObject({ rule: ruleSchema, because: text }))
    .min(1)
    .max(12),
  source: z.string().min(1),
});
const entitlementSchema = entitlementRulesSchema.extend({ service: id });

/** Facts, questions and rules that the quizzes share: `shared.json`. */
export const sharedSchema = z.strictObject({
  facts: z.record(id, factSchema),
  questions: z.array(questionSchema),
  entitlements: z.array(entitlementSchema),
});

/** One quiz, `<id>.json`: which of the shared questions and services it has. */
export const quizSchema = z.strictObject({
  id: id.refine(
    name => !['a', 'back', 'continue', 'stop', 'results', 'list', 'elsewhere', 'fresh'].includes(name),
  ),
  /** Lowest is the main quiz. */
  order: z.number().int(),
  name: text,
  intro: text,
  maxQuestions: z.number().int().min(1).max(8),
  /** What whoever opens this quiz has said by opening it. */
  given: z.record(id, z.string()),
  questions: z.array(id).min(1),
  services: z.array(id).min(1),
  /** Words by which a text asks for this quiz. */
  words: words,
});

/** Sample people and the services they should be shown, by quiz: `people.json`. */
export const peopleSchema = z.array(
  z.strictObject({
    name: z.string().min(1),
    quiz: id,
    facts: z.record(id, z.string()),
    shown: z.array(id),
    notShown: z.array(id),
  }),
);

export type Fact = z.infer<typeof factSchema>;
export type QuestionRow = z.infer<typeof questionSchema>;
export type EntitlementRules = z.infer<typeof entitlementRulesSchema>;
export type Entitlement = z.infer<typeof entitlementSchema>;
export type SharedRows = z.infer<typeof sharedSchema>;
export type QuizRow = z.infer<typeof quizSchema>;
export type SamplePerson = z.infer<typeof peopleSchema>[number];
