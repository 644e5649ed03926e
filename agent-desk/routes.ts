import { z } from 'zod';
import {
  type Knowledge,
  type Route,
  contactWays,
  crisisKinds,
  episodeResults,
  episodeTypes,
  inLanguage,
  maskPersonalData,
  route,
} from '../core';

import type { Contacts } from './contacts';
import type { DeskService } from './desk';
import { rolesFor } from './policy';
import { type Accounts, accountRoutes, otherWaysRoutes, sessionRoutes } from './sign-in';
import { type Views, deliveryView, messageView } from './views';

const id = z.string().min(1).max(200);
const note = z.string().trim().min(1).max(4_000);
const officerRef = z.object({ id: z.string(), name: z.string() });
const episode = z.object({
  id: z.string(),
  personId: z.string(),
  conversationId: z.string().optional(),
  way: z.enum(contactWays),
  type: z.enum(episodeTypes),
  status: z.enum(['open', 'waiting', 'with-officer', 'closed']),
  topic: z.string().optional(),
  topicName: z.string().optional(),
  danger: z.enum(crisisKinds).optional(),
  personName: z.string().optional(),
  officer: officerRef.optional(),
  note: z.string().optional(),
  result: z.enum(episodeResults).optional(),
  rating: z.number().optional(),
  startedAt: z.number(),
  endedAt: z.number().optional(),
});
const person = z.object({
  id: z.string(),
  name: z.string().optional(),
  phone: z.string().optional(),
  changedAt: z.number(),
});
const conversationView = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string().optional(),
  channel: z.string(),
  language: z.string(),
  owner: z.unknown(),
  seq: z.number(),
  topic: z.string().optional(),
  topicName: z.string().optional(),
  lastText: z.string().optional(),
  changedAt: z.number(),
  left: z.boolean(),
  episode: z.unknown().optional(),
});
const message = z.object({
  id: z.string(),
  seq: z.number(),
  from: z.enum(['citizen', 'bot', 'officer', 'system']),
  name: z.string().optional(),
  at: z.number(),
  body: z.unknown(),
  clientId: z.string().optional(),
  unsent: z.boolean().optional(),
  knowledge: z.unknown().optional(),
});
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;

/** Thai numbers as people write them, to E.164. */
const phone = z
  .string()
  .transform(text =>
    text.replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50)).replace(/[\s().-]/gu, ''),
  )
  .pipe(z.string().regex(/^(\+?66|0)\d{8,9}$/u, 'must be a Thai phone number such as 081 234 5678'))
  .transform(text => `+66${text.replace(/^(\+?66|0)/u, '')}`);

const personDetails = z.object({
  // A number typed where the name belongs must not stay readable.
  name: z.string().trim().min(1).max(120).transform(maskPersonalData).optional(),
  phone: phone.optional(),
});

/** Leaves out what is `undefined`, as the project's optional fields want it. */
function given<T extends object>(value: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

export interface DeskRouteParts {
  readonly accounts: Accounts;
  readonly desk: DeskService;
  readonly contacts: Contacts;
  readonly views: Views;
  readonly knowledge: () => Knowledge;
}

function conversationRoutes({ desk, views }: DeskRouteParts): Route[] {
  const params = z.strictObject({ id });
  return [
    route({
      method: 'get',
      path: '/api/v1/conversations',
      summary: 'What is offered to me, who waits, my own conversations and, for those who lead, the team’s',
      access: rolesFor('conversation.list'),
      returns: z.object({
        offered: z.array(conversationView),
        waiting: z.array(conversationView),
        mine: z.array(conversationView),
        team: z.array(conversationView),
      }),
      async handle({ officer: me }) {
        const lists = await Promise.all([desk.offered(me), desk.waiting(me), desk.mine(me), desk.team(me)]);
        const [offered, waiting, mine, team] = await Promise.all(
          lists.map(list => views.conversations(list)),
        );
        return { body: { offered, waiting, mine, team } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/conversations/:id/messages',
      summary: 'The transcript, newest page first, with the state of what was sent',
      audit: 'transcript.viewed',
      access: rolesFor('conversation.read'),
      params,
      query: z.object({
        before: z.coerce.number().int().positive().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      }),
      returns: z.object({
        conversation: conversationView,
        messages: z.array(message),
        deliveries: z.array(z.unknown()),
      }),
      async handle({ params: { id: conversationId }, query, officer: me }) {
        const conversation = await desk.open(conversationId, me);
        const messages = await desk.transcript(conversationId, me, query.limit, query.before);
        const items = await desk.deliveries(conversationId, messages[0]?.seq ?? 1);
        return {
          body: {
            conversation: await views.conversation(conversation),
            messages: messages.map(messageView),
            deliveries: items.map(deliveryView),
          },
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/conversations/:id/note',
      summary: 'Keep a note with the contact that is open',
      audit: 'contact.noted',
      access: rolesFor('conversation.handle'),
      params,
      body: z.strictObject({ note }),
      returns: done,
      async handle({ params: { id: conversationId }, body, officer: me }) {
        await desk.note(conversationId, me, body.note);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/conversations/:id/release',
      summary: 'Give the conversation back to the queue',
      audit: 'conversation.released',
      access: rolesFor('conversation.handle'),
      params,
      returns: done,
      async handle({ params: { id: conversationId }, officer: me }) {
        await desk.release(conversationId, me);
        return ok;
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/conversations/:id/close',
      summary: 'End the contact with a result; the bot takes over and asks for a rating',
      audit: 'conversation.closed',
      access: rolesFor('conversation.handle'),
      params,
      body: z.strictObject({
        type: z.enum(episodeTypes),
        result: z.enum(episodeResults),
        note: note.optional(),
        topic: z.string().max(80).optional(),
      }),
      returns: done,
      async handle({ params: { id: conversationId }, body, officer: me }) {
        await desk.close(conversationId, me, given(body));
        return ok;
      },
    }),
  ];
}

function contactRoutes({ contacts, views }: DeskRouteParts): Route[] {
  const params = z.strictObject({ id });
  return [
    route({
      method: 'post',
      path: '/api/v1/contacts',
      summary: 'Log a contact: a walk-in, a call, a kiosk visit or another',
      audit: 'contact.logged',
      access: rolesFor('contact.log'),
      body: z.strictObject({
        clientId: z
          .string()
          .regex(/^[\w.:-]{1,80}$/u)
          .optional(),
        way: z.enum(contactWays),
        type: z.enum(episodeTypes),
        at: z.number().int().positive(),
        person: z.union([z.strictObject({ id }), personDetails.strict()]),
        topic: z.string().max(80).optional(),
        status: z.enum(['open', 'closed']),
        note: note.optional(),
        result: z.enum(episodeResults).optional(),
      }),
      returns: z.object({ episodeId: z.string(), personId: z.string() }),
      async handle({ body, officer: me }) {
        const who = 'id' in body.person ? body.person : given(body.person);
        return { status: 201, body: await contacts.log({ ...given(body), person: who }, me) };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/contacts',
      summary: 'The newest contacts of my agency',
      audit: 'contacts.viewed',
      access: rolesFor('contact.list'),
      query: z.object({
        before: z.coerce.number().int().positive().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      returns: z.object({ episodes: z.array(episode) }),
      async handle({ query, officer: me }) {
        const episodes = await contacts.recent(me, query.limit, query.before);
        return { body: { episodes: await Promise.all(episodes.map(episode => views.episode(episode))) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/people',
      summary: 'Find people by name or phone number',
      audit: 'people.searched',
      access: rolesFor('person.find'),
      query: z.object({ name: z.string().trim().min(1).max(120).optional(), phone: phone.optional() }),
      returns: z.object({ people: z.array(person) }),
      handle: async ({ query, officer: me }) => ({ body: { people: await contacts.find(given(query), me) } }),
    }),
    route({
      method: 'get',
      path: '/api/v1/people/:id',
      summary: 'One person',
      audit: 'person.viewed',
      access: rolesFor('person.read'),
      params,
      returns: person,
      handle: async ({ params: { id: personId }, officer: me }) => ({
        body: await contacts.person(personId, me),
      }),
    }),
    route({
      method: 'patch',
      path: '/api/v1/people/:id',
      summary: 'Note a person’s name or phone number',
      audit: 'person.changed',
      access: rolesFor('person.describe'),
      params,
      body: personDetails.strict(),
      returns: person,
      handle: async ({ params: { id: personId }, body, officer: me }) => ({
        body: await contacts.describe(personId, given(body), me),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/people/:id/history',
      summary: 'Every contact of a person on every channel, newest first',
      audit: 'history.viewed',
      access: rolesFor('person.read'),
      params,
      query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
      returns: z.object({ episodes: z.array(episode) }),
      async handle({ params: { id: personId }, query, officer: me }) {
        const episodes = await contacts.history(personId, me, query.limit);
        return { body: { episodes: await Promise.all(episodes.map(episode => views.episode(episode))) } };
      },
    }),
  ];
}

function topicRoutes({ knowledge }: DeskRouteParts): Route[] {
  const topic = z.object({ id: z.string(), kind: z.string(), name: z.string(), agency: z.string() });
  return [
    route({
      method: 'get',
      path: '/api/v1/topics',
      summary: 'Services, complaint channels and hotlines by a part of their name',
      access: rolesFor('knowledge.look-up'),
      query: z.object({ q: z.string().trim().max(80).default('') }),
      returns: z.object({ topics: z.array(topic) }),
      handle({ query: { q } }) {
        const wanted = q.toLowerCase();
        const names = (each: ReturnType<Knowledge['topics']>[number]): string =>
          [each.name.th, each.officialName.th, each.name['en'] ?? '', ...each.synonyms.th]
            .join('\n')
            .toLowerCase();
        const inName = (each: ReturnType<Knowledge['topics']>[number]): boolean =>
          each.name.th.toLowerCase().includes(wanted);
        const found = knowledge()
          .topics()
          .filter(each => names(each).includes(wanted))
          // Whose everyday name has the words comes before who is only called so, too.
          .toSorted((a, b) => Number(inName(b)) - Number(inName(a)))
          .slice(0, 20);
        const topics = found.map(each => ({
          id: `${each.kind}:${each.id}`,
          kind: each.kind,
          name: inLanguage(each.name, 'th'),
          agency: inLanguage(each.agency, 'th'),
        }));
        return Promise.resolve({ body: { topics } });
      },
    }),
  ];
}

/** The desk's HTTP side, as values. */
export function deskRoutes(parts: DeskRouteParts): Route[] {
  return [
    ...sessionRoutes(parts.accounts),
    ...accountRoutes(parts.accounts),
    ...otherWaysRoutes(parts.accounts),
    ...conversationRoutes(parts),
    ...contactRoutes(parts),
    ...topicRoutes(parts),
  ];
}
