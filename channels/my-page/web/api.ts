import { keep, kept } from '../../transcript-socket/web/dom';
import { randomId } from '../../transcript-socket/web/client';

export type Localised = Readonly<Record<string, string>>;

export interface MyCase {
  readonly id: string;
  readonly reference?: string;
  readonly kind: string;
  readonly state: string;
  readonly title: Localised;
  readonly sensitive: boolean;
  readonly mine: boolean;
  readonly filedAt: number;
  readonly changedAt: number;
  readonly dueAt: number;
  readonly holder: { readonly unit: Localised; readonly since: number };
  readonly steps: readonly {
    readonly name: Localised;
    readonly unit: Localised;
    readonly state: 'done' | 'now' | 'later';
    readonly expectedBy?: number;
  }[];
  readonly needs: readonly string[];
  readonly late?: { readonly why: string; readonly newDueAt: number };
  readonly answer?: string;
  readonly refusal?: { readonly reasons: string; readonly appeal: string };
  readonly appointment?: {
    readonly startsAt: number;
    readonly state: string;
    readonly point?: Localised;
    readonly calendar?: string;
  };
}

export interface WholeCase extends MyCase {
  readonly followers: readonly {
    readonly id: string;
    readonly as: 'family' | 'carer';
    readonly since: number;
    readonly until?: number;
  }[];
}

/** Who may act for this person, and for whom they may act. */
export interface MyCarers {
  readonly carers: readonly {
    readonly id: string;
    readonly name: string;
    readonly until: number;
    readonly state: 'waits' | 'holds' | 'ended';
  }[];
  readonly charges: readonly {
    readonly id: string;
    readonly name: string;
    readonly until: number;
    readonly holds: boolean;
    readonly matters: readonly {
      readonly title: Localised;
      readonly state: string;
      readonly startsAt?: number;
    }[];
  }[];
}

export interface NewCode {
  readonly code: string;
  readonly expiresAt: number;
}

export interface Mine {
  readonly cases: readonly MyCase[];
  readonly channels: readonly {
    readonly channel: string;
    readonly here: boolean;
    readonly notices: boolean;
  }[];
}

/** What may be for this person, and what it is read from. */
export interface MySuggestions {
  readonly on: boolean;
  readonly suggestions: readonly {
    readonly service: string;
    readonly name: Localised;
    readonly reasons: readonly Localised[];
    readonly askedAbout?: Localised;
  }[];
  readonly facts: readonly { readonly label: Localised; readonly value: Localised }[];
  readonly asked: readonly { readonly name: Localised }[];
}

/** What the server refused, by its code; `OFFLINE` when it could not be asked. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'Refused';
  }
}

/** What the chat keeps on this device: who this is. */
const visitorName = 'thamrat.visitor';
export const isKnown = (): boolean => kept(() => localStorage, visitorName) !== undefined;
export const forget = (): void => keep(() => localStorage, visitorName, undefined);

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const visitor = kept(() => localStorage, visitorName) ?? '';
  let response: Response;
  try {
    response = await fetch(`/api/v1/my${path}`, {
      method,
      credentials: 'omit',
      headers: {
        authorization: `Visitor ${visitor}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    throw new Refused('OFFLINE');
  }
  const answer = (await response.json().catch(() => ({}))) as T & {
    readonly error?: { readonly code: string };
  };
  if (response.ok) return answer;
  throw new Refused(answer.error?.code ?? 'INTERNAL');
}

const path = (id: string): string => `/cases/${encodeURIComponent(id)}`;

export type Right = 'access' | 'correction' | 'erasure';

/** The server's side of the page. Every change has a key of its own, so that a touch too many changes nothing. */
export const api = {
  mine: () => ask<Mine>('GET', ''),
  open: (id: string) => ask<WholeCase>('GET', path(id)),
  add: (id: string, text: string) => ask('POST', `${path(id)}/notes`, { key: randomId(), text }),
  withdraw: (id: string) => ask('POST', `${path(id)}/withdrawal`, { key: randomId() }),
  /** `lastDay` as ISO; empty: until its person ends it. */
  invite: (id: string, as: 'family' | 'carer', lastDay: string) =>
    ask<NewCode>('POST', `${path(id)}/invites`, { key: randomId(), as, ...(lastDay ? { lastDay } : {}) }),
  unfollow: (id: string, follower: string) =>
    ask('DELETE', `${path(id)}/followers/${encodeURIComponent(follower)}`),
  carers: () => ask<MyCarers>('GET', '/carers'),
  entrust: (given: { readonly name: string; readonly ownName: string; readonly lastDay: string }) =>
    ask<NewCode>('POST', '/carers', { key: randomId(), ...given }),
  endCarer: (id: string) => ask('DELETE', `/carers/${encodeURIComponent(id)}`),
  join: (code: string) =>
    ask<{ readonly outcome: 'joined' | 'entrusted' | 'not-found' | 'too-many' }>('POST', '/following', {
      key: randomId(),
      code,
    }),
  notices: (allowed: boolean) => ask('PUT', '/notices', { key: randomId(), allowed }),
  suggestions: () => ask<MySuggestions>('GET', '/suggestions'),
  suggest: (on: boolean) => ask('PUT', '/suggestions', { key: randomId(), on }),
  forgetTold: () => ask('DELETE', '/suggestions/remembered'),
  right: (kind: Right) => ask('POST', '/rights', { key: randomId(), kind }),
};
