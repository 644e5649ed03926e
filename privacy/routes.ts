import { z } from 'zod';
import {
  AppError,
  type Addresses,
  type Clock,
  type Ids,
  type Officer,
  type OfficerRef,
  type People,
  type Person,
  type Role,
  type Route,
  maskPersonalData,
  officerActor,
  route,
} from '../core';
import { breachState } from './breaches';
import { type Sentences, bundlePage } from './bundle-page';
import { type PrivacyNotice, noticeFor } from './notice';
import type { Privacy } from './privacy';
import type { Processing } from './processing';
import { type DataRequest, requestKinds } from './requests';

export interface PrivacyRouteParts {
  readonly privacy: Privacy;
  readonly people: Pick<People, 'get'>;
  readonly addresses: Pick<Addresses, 'ofPerson'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly notice: PrivacyNotice;
  readonly operator: string;
  readonly say: Sentences;
  readonly processing: () => readonly Processing[];
}

/** Who answers for personal data. */
const stewards: readonly Role[] = ['agencyadmin', 'admin'];
const deskRoles: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];

const id = z.string().min(1).max(400);
/** What stewards write is masked like everything else: "identified by the card 1-1017-…" must not stay readable. */
const reason = z.string().trim().min(3).max(1_000).transform(maskPersonalData);
const params = z.strictObject({ id });
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;
const limit = z.coerce.number().int().min(1).max(500).default(100);
const time = z.number().int().positive();

const requestShape = z.looseObject({
  id: z.string(),
  kind: z.enum(requestKinds),
  personId: z.string(),
  state: z.string(),
  receivedAt: z.number(),
  dueAt: z.number(),
  overdue: z.boolean(),
});
const breachShape = z.looseObject({ id: z.string(), state: z.string(), reportBy: z.number() });

const refOf = ({ id: officerId, name }: Officer): OfficerRef => ({ id: officerId, name });
const mayUse = (record: { readonly agencyId: string }, officer: Officer): boolean =>
  record.agencyId === officer.agencyId || officer.role === 'admin';

export function privacyRoutes(parts: PrivacyRouteParts): Route[] {
  const { privacy, clock } = parts;
  const { requests, holds, breaches, consents } = privacy;

  async function personFor(personId: string, officer: Officer): Promise<Person> {
    const person = await parts.people.get(personId);
    if (person && mayUse(person, officer)) return person;
    throw new AppError('NOT_FOUND', 'There is no such person, or they belong to another agency.');
  }

  async function requestFor(requestId: string, officer: Officer): Promise<DataRequest> {
    const request = await requests.get(requestId);
    if (mayUse(request, officer)) return request;
    throw new AppError('NOT_FOUND', 'There is no such request.');
  }

  const shown = ({ version: _version, again: _again, ...request }: DataRequest): object => ({
    ...request,
    overdue: request.state !== 'done' && request.state !== 'refused' && clock() > request.dueAt,
  });

  const notice = route({
    method: 'get',
    path: '/api/v1/privacy/notice',
    summary: 'The privacy notice in force, with the controller’s name',
    access: 'public',
    returns: z.looseObject({ version: z.string() }),
    handle: () => Promise.resolve({ body: noticeFor(parts.notice, parts.operator) }),
  });

  const requestRoutes = [
    route({
      method: 'get',
      path: '/api/v1/privacy/requests',
      summary: 'Requests for people’s rights: the open ones by due date, or all',
      audit: 'requests.viewed',
      access: stewards,
      query: z.strictObject({ all: z.enum(['true', 'false']).default('false'), limit }),
      returns: z.object({ requests: z.array(requestShape) }),
      async handle({ query, officer }) {
        const found = await requests.list(query.all === 'false', query.limit);
        return { body: { requests: found.filter(each => mayUse(each, officer)).map(shown) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/requests',
      summary: 'Note a request that came by another way, such as at the counter',
      access: deskRoles,
      audit: 'request.received',
      body: z.strictObject({ personId: id, kind: z.enum(requestKinds) }),
      returns: requestShape,
      async handle({ body, officer }) {
        const { agencyId } = await personFor(body.personId, officer);
        const given = { ...body, agencyId, id: `r-${parts.ids()}`, channel: 'desk' } as const;
        return { status: 201, body: shown(await requests.receive(given, clock())) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/requests/:id/identify',
      summary: 'Note how it was made sure that the request comes from the person it is about',
      access: stewards,
      audit: 'request.identified',
      params,
      body: z.strictObject({ how: reason }),
      returns: requestShape,
      async handle({ params: { id: requestId }, body, officer }) {
        await requestFor(requestId, officer);
        const what = `identified: ${body.how}`;
        const change = { state: 'identified' } as const;
        return { body: shown(await requests.step(requestId, ['received'], change, what, refOf(officer))) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/requests/:id/refuse',
      summary: 'Refuse a request, with the reason the person is given',
      access: stewards,
      audit: 'request.refused',
      params,
      body: z.strictObject({ reason }),
      returns: requestShape,
      async handle({ params: { id: requestId }, body, officer }) {
        await requestFor(requestId, officer);
        const change = { state: 'refused' } as const;
        const from = ['received', 'identified'] as const;
        const what = `refused: ${body.reason}`;
        return { body: shown(await requests.step(requestId, from, change, what, refOf(officer))) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/requests/:id/complete',
      summary: 'Note that a request was answered; erasures are carried out instead',
      access: stewards,
      audit: 'request.answered',
      params,
      body: z.strictObject({ what: reason }),
      returns: requestShape,
      async handle({ params: { id: requestId }, body, officer }) {
        const { kind } = await requestFor(requestId, officer);
        if (kind === 'erasure') throw new AppError('CONFLICT', 'Carry out the erasure, or refuse it.');
        const change = { state: 'done' } as const;
        const what = `answered: ${body.what}`;
        return { body: shown(await requests.step(requestId, ['identified'], change, what, refOf(officer))) };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/requests/:id/erase',
      summary: 'Erase everything about the identified person, in every place, and tell what was removed',
      access: stewards,
      audit: 'request.erased',
      params,
      returns: requestShape,
      async handle({ params: { id: requestId }, officer }) {
        await requestFor(requestId, officer);
        return { body: shown(await privacy.erase(requestId, refOf(officer), officerActor(officer))) };
      },
    }),
  ];

  const personRoutes = [
    route({
      method: 'get',
      path: '/api/v1/people/:id/bundle',
      summary: 'Everything kept about a person, for them: as JSON, or as a page to print',
      access: stewards,
      audit: 'person.exported',
      params,
      query: z.strictObject({ form: z.enum(['json', 'html']).default('json') }),
      returns: z.looseObject({ parts: z.array(z.unknown()) }),
      async handle({ params: { id: personId }, query, officer }) {
        await personFor(personId, officer);
        const bundle = await privacy.bundle(personId);
        return query.form === 'html' ? { html: bundlePage(bundle, parts.say) } : { body: bundle };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/people/:id/consents',
      summary: 'What a person agreed to or withdrew, with what proves it',
      access: deskRoles,
      audit: 'consents.viewed',
      params,
      returns: z.object({ consents: z.array(z.unknown()) }),
      async handle({ params: { id: personId }, officer }) {
        await personFor(personId, officer);
        const own = await parts.addresses.ofPerson(personId);
        const found = await Promise.all(own.map(address => consents.ofAddress(address.id, 100)));
        return { body: { consents: found.flat().map(({ version: _version, ...consent }) => consent) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/people/:id/withdrawal',
      summary: 'Note a withdrawal of consent that was said at the counter or on the phone, for all addresses',
      access: deskRoles,
      audit: 'consent.withdrawn',
      params,
      body: z.strictObject({ words: z.string().trim().min(1).max(400).transform(maskPersonalData) }),
      returns: done,
      async handle({ params: { id: personId }, body, officer }) {
        await personFor(personId, officer);
        for (const address of await parts.addresses.ofPerson(personId))
          await privacy.commands['consent.withdrawn']?.({
            id: `w-${parts.ids()}`,
            kind: 'consent.withdrawn',
            data: { addressId: address.id, channel: 'desk', at: clock(), words: body.words },
          });
        return ok;
      },
    }),
    route({
      method: 'put',
      path: '/api/v1/people/:id/hold',
      summary: 'Keep a person’s records whatever else is asked, because of a law or a case',
      access: stewards,
      audit: 'hold.put',
      params,
      body: z.strictObject({ reason }),
      returns: done,
      async handle({ params: { id: personId }, body, officer }) {
        await personFor(personId, officer);
        await holds.put(personId, body.reason, refOf(officer));
        return ok;
      },
    }),
    route({
      method: 'delete',
      path: '/api/v1/people/:id/hold',
      summary: 'End a legal hold; where none is in force nothing changes',
      access: stewards,
      audit: 'hold.ended',
      params,
      returns: done,
      async handle({ params: { id: personId }, officer }) {
        await personFor(personId, officer);
        await holds.end(personId, refOf(officer));
        return ok;
      },
    }),
  ];

  const registerRoutes = [
    route({
      method: 'get',
      path: '/api/v1/privacy/holds',
      summary: 'Legal holds in force, with their reasons',
      audit: 'holds.viewed',
      access: ['admin'],
      returns: z.object({ holds: z.array(z.unknown()) }),
      handle: async () => ({ body: { holds: await holds.inForce() } }),
    }),
    route({
      method: 'get',
      path: '/api/v1/privacy/processing',
      summary: 'The record of processing: what is kept, why, on what basis, and for how long',
      access: stewards,
      returns: z.object({ processing: z.array(z.unknown()) }),
      handle: () => Promise.resolve({ body: { processing: parts.processing() } }),
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/retention',
      summary: 'Let go of what is past its time; a dry run only counts',
      access: ['admin'],
      audit: ({ dryRun }) => (dryRun ? 'retention.counted' : 'retention.run'),
      body: z.strictObject({ dryRun: z.boolean() }),
      returns: z.looseObject({ dryRun: z.boolean() }),
      handle: async ({ body }) => ({ body: await privacy.expire(body.dryRun) }),
    }),
    route({
      method: 'get',
      path: '/api/v1/privacy/breaches',
      summary: 'The breach register, newest first, each with where it stands by its 72-hour clock',
      audit: 'breaches.viewed',
      access: stewards,
      query: z.strictObject({ limit }),
      returns: z.object({ breaches: z.array(breachShape) }),
      async handle({ query }) {
        const found = await breaches.list(query.limit);
        return { body: { breaches: found.map(each => ({ ...each, state: breachState(each, clock()) })) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/privacy/breaches',
      summary: 'Enter a breach; its clock runs from when it was noticed',
      access: stewards,
      audit: 'breach.opened',
      body: z.strictObject({
        noticedAt: time,
        what: reason,
        people: z.number().int().min(0).max(100_000_000),
        risk: z.enum(['unknown', 'none', 'some', 'high']),
      }),
      returns: breachShape,
      async handle({ body, officer }) {
        if (body.noticedAt > clock())
          throw new AppError('INPUT_INVALID', 'noticedAt: must not be in the future.');
        const breach = await breaches.open(body, refOf(officer));
        return { status: 201, body: { ...breach, state: breachState(breach, clock()) } };
      },
    }),
    route({
      method: 'patch',
      path: '/api/v1/privacy/breaches/:id',
      summary: 'Note what became known or was done about a breach',
      access: stewards,
      audit: 'breach.changed',
      params,
      body: z.strictObject({
        what: reason.exactOptional(),
        people: z.number().int().min(0).max(100_000_000).exactOptional(),
        risk: z.enum(['unknown', 'none', 'some', 'high']).exactOptional(),
        reportedAt: time.exactOptional(),
        peopleToldAt: time.exactOptional(),
        lateBecause: reason.exactOptional(),
        closedAt: time.exactOptional(),
      }),
      returns: breachShape,
      async handle({ params: { id: breachId }, body, officer }) {
        const breach = await breaches.change(breachId, body, refOf(officer));
        return { body: { ...breach, state: breachState(breach, clock()) } };
      },
    }),
  ];

  return [notice, ...requestRoutes, ...personRoutes, ...registerRoutes];
}
