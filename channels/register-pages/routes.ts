import { z } from 'zod';
import { AppError, type Finder, type Knowledge, type Route, browseWays, route } from '../../core';

const text = z.record(z.string(), z.string());
const lines = z.record(z.string(), z.array(z.string()));
const id = z.string().regex(/^[a-z0-9-]{1,60}$/u);

const brief = z.object({
  id: z.string(),
  name: text,
  officialName: text,
  agencyId: z.string(),
  agency: text,
  ministry: text,
  category: z.string().optional(),
  serviceKind: z.string().optional(),
  lifeStages: z.array(z.string()),
  targetGroups: z.array(z.string()),
  answer: text.optional(),
  standing: z.object({ state: z.enum(['exists', 'renamed', 'ended', 'unsure']), note: text.optional() }),
  status: z.enum(['draft', 'reviewed']),
  writtenAt: z.string(),
});

const whole = brief.extend({
  synonyms: lines,
  eligibility: lines,
  criteria: lines.optional(),
  documents: lines,
  where: lines,
  hours: text.optional(),
  fee: text.optional(),
  duration: text.optional(),
  forms: z.array(z.object({ form: text, part: text, how: text })).optional(),
  steps: lines,
  phones: z.array(z.object({ number: z.string(), label: text })),
  links: z.array(z.object({ url: z.string(), label: text })),
  related: z.array(z.string()),
  incompatible: z.array(z.object({ id: z.string(), why: text })),
  speak: text.optional(),
  signVideo: z.string().optional(),
  /** News for a while; each says from when to when, ms since the epoch. */
  announcements: z.array(z.object({ id: z.string(), text, from: z.number(), until: z.number() })).optional(),
  questions: z.array(z.object({ ask: lines, answer: text })),
  source: z.string(),
  /** The published version of the register that this was read from. */
  version: z.string(),
});

const query = z.object({
  q: z.string().max(200).optional(),
  ...(Object.fromEntries(browseWays.map(way => [way, id.optional()])) as Record<
    (typeof browseWays)[number],
    z.ZodOptional<typeof id>
  >),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(20),
});

const list = z.object({
  version: z.string(),
  total: z.number(),
  page: z.number(),
  perPage: z.number(),
  services: z.array(brief),
  /** Groups to narrow down by, with how many services each has in all. */
  groups: z.record(z.string(), z.array(z.object({ id: z.string(), label: text, count: z.number() }))),
});

/** The register for programs: public, as the pages are. */
export function registerRoutes({
  finder,
  knowledge,
}: {
  readonly finder: Finder;
  readonly knowledge: () => Knowledge;
}): Route[] {
  const groups = (): Record<string, ReturnType<Finder['groups']>> =>
    Object.fromEntries(browseWays.map(way => [way, finder.groups(way)]));
  return [
    route({
      method: 'get',
      path: '/api/v1/services',
      summary: 'Services of the register: search, topics, moments of life, groups, agencies',
      access: 'public',
      query,
      returns: list,
      async handle({ query: { q, page, perPage, ...ways } }) {
        const found = finder.find({ ...ways, ...(q === undefined ? {} : { text: q }) });
        const now = knowledge();
        const { version } = now;
        const services = found
          .slice((page - 1) * perPage, page * perPage)
          .flatMap(ref => now.topic(ref) ?? [])
          .map(topic => brief.parse(topic));
        return { body: { version, total: found.length, page, perPage, services, groups: groups() } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/services/:id',
      summary: 'One service whole, with the version of the register it was read from',
      access: 'public',
      params: z.object({ id }),
      returns: whole,
      async handle({ params }) {
        const now = knowledge();
        const topic = now.topic({ kind: 'service', id: params.id });
        if (!topic) throw new AppError('NOT_FOUND', `No service "${params.id}" is published.`);
        return { body: whole.parse({ ...topic, version: now.version }) };
      },
    }),
  ];
}
