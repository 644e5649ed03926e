import { z } from 'zod';
import { type Knowledge, type Officer, type Role, type Route, route } from '../../core';
import {
  type EntitlementRules,
  type QuizSet,
  type RulesByService,
  type SamplePerson,
  readRules,
  rulesOf,
  sampleRows,
  valuesOf,
  withRules,
} from '../quiz';
import type { Entries } from './entries';
import { entryId, entryView, problem } from './route-schemas';

export interface SampleRouteParts {
  readonly entries: Entries;
  readonly people: readonly SamplePerson[];
  /** The quizzes as they are asked now. */
  readonly quizzes: () => QuizSet;
  readonly knowledge: () => Knowledge;
  readonly rolesFor: (action: 'entry.list' | 'entry.read' | 'publication.try') => readonly Role[];
}

const words = z.object({ th: z.string() }).catchall(z.string());
const samples = z.object({
  /** Entries whose rules were written and are not published. */
  drafts: z.array(entryView.pick({ id: true, name: true, state: true })),
  /** What the results below speak of. */
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
const base = '/api/v1/knowledge';
const unpublished: ReadonlySet<string> = new Set(['draft', 'in-review', 'approved']);

/** Testing the rules of the quizzes with sample people, before they are published. */
export function sampleRoutes({ entries, people, quizzes, knowledge, rolesFor }: SampleRouteParts): Route[] {
  async function drafts(
    officer: Officer,
  ): Promise<{ views: z.infer<typeof samples>['drafts']; rules: RulesByService }> {
    const views: z.infer<typeof samples>['drafts'] = [];
    const rules = new Map<string, EntitlementRules | null>();
    for (const view of (await entries.list(officer)).filter(({ state }) => unpublished.has(state))) {
      const { id, name, state } = view;
      const written = view.archive ? null : (await entries.content(id, officer))?.entitlement;
      const same = JSON.stringify(written) === JSON.stringify(rulesOf(quizzes(), id) ?? null);
      if (written === undefined || same) continue;
      rules.set(id, written);
      views.push({ id, name, state });
    }
    return { views, rules };
  }

  function told(views: z.infer<typeof samples>['drafts'], rules: RulesByService): z.infer<typeof samples> {
    const rows = sampleRows(people, quizzes(), withRules(quizzes(), rules));
    const spoken = new Set([...rules.keys(), ...rows.flatMap(row => row.results.map(each => each.service))]);
    return {
      drafts: views,
      services: [...spoken].map(id => ({
        id,
        name: knowledge().topic({ kind: 'service', id })?.name ??
          views.filter(each => each.id === id).map(({ name }) => ({ th: name }))[0] ?? { th: id },
      })),
      people: rows.map(({ person: { name }, quiz, facts, results }) => ({
        ...{ name, quiz },
        facts: [...facts],
        results: [...results],
      })),
    };
  }

  return [
    route({
      method: 'get',
      path: `${base}/samples`,
      summary: 'What sample people are shown by the quizzes: as published, and with every draft of mine',
      access: rolesFor('entry.list'),
      returns: samples,
      async handle({ officer }) {
        const { views, rules } = await drafts(officer);
        return { body: told(views, rules) };
      },
    }),
    route({
      method: 'post',
      path: `${base}/samples`,
      summary: 'What sample people would be shown if one service had these rules; saves nothing',
      audit: 'knowledge.rules-tried',
      access: rolesFor('publication.try'),
      body: z.strictObject({ entry: entryId, entitlement: z.unknown() }),
      returns: samples.extend({ problems: z.array(problem) }),
      async handle({ officer, body: { entry, entitlement } }) {
        const { id, name, state } = await entries.view(entry, officer);
        const read = readRules(entitlement, quizzes().shared.facts);
        const tried: RulesByService = 'rules' in read ? new Map([[id, read.rules]]) : new Map();
        const body = told([{ id, name, state }], tried);
        return 'rules' in read
          ? { body: { ...body, problems: [] } }
          : { status: 422, body: { ...body, problems: [...read.faults] } };
      },
    }),
    route({
      method: 'get',
      path: `${base}/rules/:id`,
      summary: 'By which rules the quizzes show a service now, and what rules can look at',
      access: rolesFor('entry.read'),
      params: z.strictObject({ id: entryId }),
      returns: z.object({
        entitlement: z.unknown().optional(),
        facts: z.array(
          z.object({
            id: z.string(),
            label: words,
            kind: z.enum(['yes-no', 'choice', 'number']),
            values: z.array(z.object({ id: z.string(), label: words })),
          }),
        ),
      }),
      async handle({ officer, params: { id } }) {
        await entries.view(id, officer);
        const { facts: rows } = quizzes().shared;
        const entitlement = rulesOf(quizzes(), id);
        const facts = Object.entries(rows).map(([fact, row]) => ({
          ...{ id: fact, label: row.label, kind: row.kind },
          values: valuesOf(row).map(({ id: value, label }) => ({ id: value, label })),
        }));
        return { body: { facts, ...(entitlement ? { entitlement } : {}) } };
      },
    }),
  ];
}
