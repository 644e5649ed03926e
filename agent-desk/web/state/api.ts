import { z } from 'zod';
import * as schemas from './schemas';

/** A refused request: a code of the server, or `OFFLINE` when it could not be asked. The words are in the catalogue. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'Refused';
  }
}

export const codeOf = (error: unknown): string => (error instanceof Refused ? error.code : 'INTERNAL');

const failure = z.object({ error: z.object({ code: z.string() }) });

/** Asks the server, and reads the answer through its schema. */
export async function ask<T>(
  method: string,
  path: string,
  schema: z.ZodType<T>,
  body?: object,
  /** A status that is an answer too, beside those of success. */
  alsoAnswers?: number,
): Promise<T> {
  const type = body instanceof Blob ? 'application/octet-stream' : 'application/json';
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { 'x-requested-with': 'thamrat', ...(body ? { 'content-type': type } : {}) },
    ...(body ? { body: body instanceof Blob ? body : JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new Refused('OFFLINE');
  });
  const answered: unknown = await response.json().catch(() => undefined);
  if (response.ok || response.status === alsoAnswers) return schema.parse(answered);
  const refused = failure.safeParse(answered);
  throw new Refused(refused.success ? refused.data.error.code : 'INTERNAL');
}

/** Like `ask`, where an answer that lists problems is an answer too. */
export const told = <T>(method: string, path: string, schema: z.ZodType<T>, body: object): Promise<T> =>
  ask(method, path, schema, body, 422);

const anything = z.unknown();
const idPath = (id: string): string => encodeURIComponent(id);

export interface PersonDetails {
  readonly name?: string;
  readonly phone?: string;
}

export interface NewContact {
  readonly clientId: string;
  readonly way: schemas.ContactWay;
  readonly type: schemas.EpisodeType;
  readonly at: number;
  readonly person: { readonly id: string } | PersonDetails;
  readonly topic?: string;
  readonly status: 'open' | 'closed';
  readonly note?: string;
  readonly result?: schemas.EpisodeResult;
}

/** The HTTP side of the desk. */
export const api = {
  whoAmI: () => ask('GET', '/api/v1/session', schemas.whoIs),
  signOut: () => ask('DELETE', '/api/v1/session', anything),
  olderMessages: (conversation: string, before: number) =>
    ask(
      'GET',
      `/api/v1/conversations/${idPath(conversation)}/messages?before=${before}&limit=100`,
      z.object({ messages: z.array(schemas.message), deliveries: z.array(schemas.delivery) }),
    ),
  note: (conversation: string, note: string) =>
    ask('POST', `/api/v1/conversations/${idPath(conversation)}/note`, anything, { note }),
  person: (id: string) => ask('GET', `/api/v1/people/${idPath(id)}`, schemas.person),
  describePerson: (id: string, details: PersonDetails) =>
    ask('PATCH', `/api/v1/people/${idPath(id)}`, schemas.person, details),
  findPeople: async (by: PersonDetails) =>
    (
      await ask(
        'GET',
        `/api/v1/people?${new URLSearchParams({ ...by }).toString()}`,
        z.object({ people: z.array(schemas.person) }),
      )
    ).people,
  history: async (personId: string) =>
    (
      await ask(
        'GET',
        `/api/v1/people/${idPath(personId)}/history?limit=100`,
        z.object({ episodes: z.array(schemas.episode) }),
      )
    ).episodes,
  contacts: async (before?: number) =>
    (
      await ask(
        'GET',
        `/api/v1/contacts?limit=100${before === undefined ? '' : `&before=${before}`}`,
        z.object({ episodes: z.array(schemas.episode) }),
      )
    ).episodes,
  logContact: (contact: NewContact) =>
    ask('POST', '/api/v1/contacts', z.object({ episodeId: z.string(), personId: z.string() }), contact),
  topics: async (q: string) =>
    (
      await ask(
        'GET',
        `/api/v1/topics?q=${encodeURIComponent(q)}`,
        z.object({ topics: z.array(schemas.topic) }),
      )
    ).topics,
};
