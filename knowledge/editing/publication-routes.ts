import { z } from 'zod';
import {
  AppError,
  type Clock,
  type Knowledge,
  type Officer,
  type Role,
  type Route,
  readTopicRef,
  route,
} from '../../core';
import type { Entries } from './entries';
import type { Switches } from './live';
import type { Publications } from './publications';
import type { Publication } from './records';
import {
  announcementText,
  announcementView,
  done,
  entryId,
  moment,
  ok,
  publicationView,
  switchView,
  topicId,
  why,
} from './route-schemas';

export interface PublicationRouteParts {
  readonly publications: Publications;
  readonly switches: Switches;
  readonly entries: Entries;
  readonly knowledge: () => Knowledge;
  readonly clock: Clock;
  readonly rolesFor: (
    action: 'publication.list' | 'publication.make' | 'publication.try' | 'switch.topic' | 'switch.all',
  ) => readonly Role[];
  /** Tells those who booked for a service what was announced; how many were told. */
  readonly tellBooked: (announcement: z.infer<typeof announcementView>) => Promise<number>;
}

const entryIds = z.array(entryId).min(1).max(20_000);
const longestAnnouncementMs = 366 * 24 * 60 * 60 * 1000;

const viewOf = ({ version: _version, id: _id, manifest: _manifest, model: _model, ...rest }: Publication) => {
  const { leaseUntil: _lease, attempts: _attempts, ...shown } = rest;
  return shown;
};

function publishingRoutes({ publications, rolesFor }: PublicationRouteParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/publications',
      summary: 'What was published and tried, newest first',
      access: rolesFor('publication.list'),
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      returns: z.object({ publications: z.array(publicationView) }),
      handle: async ({ query }) => ({
        body: { publications: (await publications.list(query.limit)).map(viewOf) },
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/knowledge/publications/:number',
      summary: 'One publication: whether it answers yet, and what it changed on the evaluation set',
      access: rolesFor('publication.list'),
      params: z.strictObject({ number: z.coerce.number().int().positive() }),
      returns: publicationView,
      handle: async ({ params }) => ({ body: viewOf(await publications.get(params.number)) }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/publications',
      summary: 'Publishes approved entries: prepared aside, then live everywhere at once',
      audit: 'knowledge.publication-begun',
      access: rolesFor('publication.make'),
      body: z.strictObject({ entries: entryIds, why }),
      returns: publicationView,
      handle: async ({ body, officer }) => ({
        status: 202,
        body: viewOf(await publications.begin({ ...body, trial: false }, officer)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/trials',
      summary:
        'What publishing these entries as they are saved would change on the evaluation set; publishes nothing',
      audit: 'knowledge.trial-begun',
      access: rolesFor('publication.try'),
      body: z.strictObject({ entries: entryIds }),
      returns: publicationView,
      handle: async ({ body, officer }) => ({
        status: 202,
        body: viewOf(await publications.begin({ ...body, why: 'trial', trial: true }, officer)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/undo',
      summary: 'Takes the last publication back, whole',
      audit: 'knowledge.publication-undone',
      access: rolesFor('publication.make'),
      body: z.strictObject({ why }),
      returns: publicationView,
      handle: async ({ body, officer }) => ({
        status: 202,
        body: viewOf(await publications.undo(body.why, officer)),
      }),
    }),
  ];
}

function switchRoutes({ switches, entries, knowledge, rolesFor }: PublicationRouteParts): Route[] {
  const mine = (topic: string, officer: Officer): void => {
    const ref = readTopicRef(topic);
    const found = ref && knowledge().topic(ref);
    if (!found || !entries.mayEdit(officer, found.agencyId))
      throw new AppError('NOT_FOUND', `There is no topic "${topic}" of your agency.`);
  };
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/switches',
      summary: 'What the bot does not answer from now, since when, by whom and why',
      access: rolesFor('publication.list'),
      returns: z.object({ off: z.array(switchView) }),
      handle: async () => ({ body: { off: await switches.off() } }),
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/switches',
      summary:
        'Stops answers from one topic, or lets them again; takes effect in every process within seconds',
      audit: 'by-module',
      access: rolesFor('switch.topic'),
      body: z.strictObject({ topic: topicId, off: z.boolean(), why }),
      returns: done,
      async handle({ body, officer }) {
        mine(body.topic, officer);
        await switches.set(body, officer);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/switches/all',
      summary: 'Stops all answers of the bot, or lets them again',
      audit: 'by-module',
      access: rolesFor('switch.all'),
      body: z.strictObject({ off: z.boolean(), why }),
      returns: done,
      async handle({ body, officer }) {
        await switches.set({ topic: 'all', ...body }, officer);
        return ok;
      },
    }),
  ];
}

function announcementRoutes(parts: PublicationRouteParts): Route[] {
  const { switches, entries, knowledge, clock, rolesFor, tellBooked } = parts;
  const agencyOf = (topic: string, officer: Officer): string => {
    const ref = readTopicRef(topic);
    const found = ref && knowledge().topic(ref);
    if (!found || !entries.mayEdit(officer, found.agencyId))
      throw new AppError('NOT_FOUND', `There is no topic "${topic}" of your agency.`);
    return found.agencyId;
  };
  return [
    route({
      method: 'get',
      path: '/api/v1/knowledge/announcements',
      summary: 'What is announced now, before and after',
      access: rolesFor('publication.list'),
      returns: z.object({ announcements: z.array(announcementView) }),
      async handle({ officer }) {
        const all = await switches.announcements();
        return { body: { announcements: all.filter(each => entries.mayEdit(officer, each.agencyId)) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/knowledge/announcements',
      summary:
        'Announces something on a topic for a while: it stands first in its answers, and those who booked are told',
      audit: 'knowledge.announced',
      access: rolesFor('switch.topic'),
      body: z.strictObject({
        topic: topicId,
        text: announcementText,
        from: moment.optional(),
        until: moment,
      }),
      returns: z.object({ announcement: announcementView, told: z.number() }),
      async handle({ body: { topic, text, from = clock(), until }, officer }) {
        const agencyId = agencyOf(topic, officer);
        if (until <= Math.max(from, clock()) || until - from > longestAnnouncementMs)
          throw new AppError(
            'INPUT_INVALID',
            'An announcement ends after it began, in the future, within a year.',
          );
        const { th, en } = text;
        const words = en === undefined ? { th } : { th, en };
        const announcement = await switches.announce({ topic, agencyId, text: words, from, until }, officer);
        return { body: { announcement, told: await tellBooked(announcement) } };
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/knowledge/announcements/:id',
      summary: 'Takes an announcement back',
      audit: 'knowledge.announcement-withdrawn',
      access: rolesFor('switch.topic'),
      params: z.strictObject({ id: z.string().min(1).max(100) }),
      returns: done,
      async handle({ params: { id }, officer }) {
        const found = (await switches.announcements()).find(each => each.id === id);
        if (!found || !entries.mayEdit(officer, found.agencyId))
          throw new AppError('NOT_FOUND', 'There is no such announcement of your agency.');
        await switches.withdraw(id);
        return ok;
      },
    }),
  ];
}

/** Making the register answer, and making it stop. */
export const publicationRoutes = (parts: PublicationRouteParts): Route[] => [
  ...publishingRoutes(parts),
  ...switchRoutes(parts),
  ...announcementRoutes(parts),
];
