import { type CaseKind, type Role, roles } from '../../core';
import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { type CitizenClient, openCitizen } from '../support/desk-clients';
import { eventually } from '../support/product';

/**
 * Nobody sees a matter that is not theirs: every role of the agency that holds it and of another one, at every address that shows or
 * changes a case; people at the page of their own matters, by number, by calendar and with a partner's key.
 */

const password = 'a password of the test';
const partnerKey = 'a-key-of-a-partner-of-another-agency';
const agencies = { own: 'operator', other: 'another-agency' } as const;
type Caller = `${Role}.${keyof typeof agencies}`;
/** Editors, reviewers and administrators of another agency are refused like any of theirs; one of each is enough. */
const callers: readonly Caller[] = roles.flatMap((role): Caller[] =>
  ['officer', 'supervisor', 'admin'].includes(role) ? [`${role}.own`, `${role}.other`] : [`${role}.own`],
);

const serving: readonly Caller[] = [
  'officer.own',
  'supervisor.own',
  'agencyadmin.own',
  'admin.own',
  'admin.other',
];
const leading: readonly Caller[] = ['supervisor.own', 'agencyadmin.own', 'admin.own'];

interface Matter {
  readonly kind: CaseKind;
  readonly details: object;
  readonly more?: object;
  readonly seers: readonly Caller[];
}
/** Ten minutes after the test's clock begins. */
const soon = Date.UTC(2026, 10, 25, 3, 10);
const matter = (what: string): object => ({ kind: 'matter', what, attachments: [] });
const matters: Readonly<Record<string, Matter>> = {
  question: { kind: 'question', details: matter('secret-question'), seers: serving },
  sensitive: {
    kind: 'question',
    details: matter('secret-sensitive'),
    more: { topic: { kind: 'service', id: 'p2-14' } },
    seers: leading,
  },
  'pre-check': { kind: 'pre-check', details: matter('secret-pre-check'), seers: serving },
  report: { kind: 'report', details: matter('secret-report'), seers: [...leading, 'admin.other'] },
  callback: {
    kind: 'callback',
    details: { kind: 'callback', phone: '+66812345678', about: 'secret-callback', attempts: [] },
    seers: serving,
  },
  'sensitive-callback': {
    kind: 'callback',
    details: { kind: 'callback', phone: '+66812345679', about: 'secret-sensitive-callback', attempts: [] },
    more: { sensitive: true },
    seers: leading,
  },
  relay: {
    kind: 'relay',
    details: { kind: 'relay', village: 'secret-relay', consent: true, items: [{ question: 'เบี้ยเข้าวันไหน' }] },
    seers: serving,
  },
  appointment: {
    kind: 'appointment',
    details: {
      ...{ kind: 'appointment', servicePointId: 'main', priority: false, state: 'booked' },
      ...{ startsAt: soon, endsAt: soon + 1_800_000 },
    },
    seers: serving,
  },
};

interface Filed {
  readonly name: string;
  readonly caseId: string;
  readonly reference: string;
  readonly personId: string;
}

interface Way {
  readonly method: 'GET' | 'POST';
  readonly of: readonly string[];
  readonly path: (filed: Filed) => string;
  readonly body?: (filed: Filed, caller: Caller) => object;
  /** A list is answered to everybody who serves; only what stands in it differs, and those of another agency ask for their own. */
  readonly list?: true;
}
const all = Object.keys(matters);
const calls = ['callback', 'sensitive-callback'];
const ways: Readonly<Record<string, Way>> = {
  'a case': { method: 'GET', of: all, path: ({ caseId }) => `/cases/${caseId}` },
  'work on a case': {
    method: 'POST',
    of: all,
    path: ({ caseId }) => `/cases/${caseId}/acts`,
    body: (_, caller) => ({ key: caller, act: { kind: 'note', text: 'ดูแล้ว' } }),
  },
  'a case by its number': {
    method: 'GET',
    of: all,
    path: ({ reference }) => `/cases?reference=${reference}`,
    list: true,
  },
  'cases of a person': {
    method: 'GET',
    of: all,
    path: ({ personId }) => `/cases?person=${personId}`,
    list: true,
  },
  'an attempt to call': {
    method: 'POST',
    of: calls,
    path: () => '/call-backs/attempts',
    body: ({ caseId }, caller) => ({ caseId, clientId: caller, outcome: 'busy' }),
  },
  'an answer to a village': {
    method: 'POST',
    of: ['relay'],
    path: () => '/relays/answers',
    body: ({ caseId }, caller) => ({ caseId, clientId: caller, item: 0, text: 'วันที่ 10' }),
  },
  'the text for a village': {
    method: 'GET',
    of: ['relay'],
    path: ({ caseId }) => `/relays/announcement?caseId=${caseId}`,
  },
  'the sheet for a village': {
    method: 'GET',
    of: ['relay'],
    path: ({ caseId }) => `/relays/sheet?caseId=${caseId}`,
  },
  attendance: {
    method: 'POST',
    of: ['appointment'],
    path: () => '/appointments/attendance',
    body: ({ caseId }, caller) => ({ caseId, clientId: caller, came: true }),
  },
};
/** Lists of one's own agency: what is in them for those of another agency is checked to be nothing. */
const ownLists: Readonly<Record<string, readonly [path: string, of: readonly string[]]>> = {
  'cases due': ['/cases?list=due&limit=200', all],
  'call-backs due': ['/call-backs', calls],
  'relays open': ['/relays', ['relay']],
  'appointments due': [`/appointments?before=${soon + 1}`, ['appointment']],
};

describe('nobody sees a case that is not theirs', () => {
  let world: AppWorld;
  const cookies = new Map<Caller, string>();
  const filed = new Map<string, Filed>();
  const citizens: CitizenClient[] = [];

  beforeAll(async () => {
    world = await startAppWorld({
      DEMO: 'true',
      DEMO_PASSWORD: password,
      PARTNER_API_KEYS: `shop:${partnerKey}:another-agency`,
    });
    await Promise.all(
      callers.map(async caller => {
        const [role, agency] = caller.split('.') as [Role, keyof typeof agencies];
        const account = { username: caller, name: caller, role, agencyId: agencies[agency], password };
        await world.app.accounts.add(account);
        const signed = await world.call('POST', '/session', { body: { username: caller, password } });
        cookies.set(caller, cookieFrom(signed));
      }),
    );
    const by = { cookie: cookies.get('officer.own') ?? '' };
    for (const [name, { kind, details, more }] of Object.entries(matters)) {
      const person = { way: 'walk-in', type: 'inquiry', at: world.now(), status: 'open', person: { name } };
      const { body: contact } = await world.call('POST', '/contacts', { ...by, body: person });
      const personId = String(contact['personId']);
      const draft = { key: name, kind, details, personId, ...more };
      const { body } = await world.call('POST', '/cases', { ...by, body: draft });
      filed.set(name, {
        name,
        personId,
        caseId: String(body['caseId']),
        reference: String(body['reference']),
      });
    }
    // The day of the appointment has come, so that somebody may note who came.
    world.pass(soon - world.now() + 60_000);
  }, 180_000);
  afterAll(async () => {
    for (const each of citizens) each.close();
    await world.stop();
  });

  const cookieOf = (caller: Caller): string => cookies.get(caller) ?? '';
  const one = (name: string): Filed => {
    const found = filed.get(name);
    if (!found) throw new Error(`${name} was not filed`);
    return found;
  };
  const holds = (answer: { readonly body: unknown }, each: Filed): boolean =>
    JSON.stringify(answer.body).includes(each.caseId);
  const tells = (answer: { readonly body: unknown }, { name }: Filed): boolean =>
    JSON.stringify(answer.body).includes(`secret-${name}"`);

  it.each(Object.entries(ways))(
    '%s, for every role and agency',
    async (_, way) => {
      const wrong: string[] = [];
      for (const name of way.of) {
        const each = one(name);
        for (const caller of callers) {
          const sees = matters[name]?.seers.includes(caller) ?? false;
          const body = way.body?.(each, caller);
          const answer = await world.call(way.method, way.path(each), {
            cookie: cookieOf(caller),
            ...(body ? { body } : {}),
          });
          const reached = way.list ? holds(answer, each) : answer.status < 300 || answer.status === 409;
          const leaks = !sees && (holds(answer, each) || tells(answer, each));
          const refusedRight = way.list === true || sees || answer.status === 404 || answer.status === 403;
          if (reached !== sees || leaks || !refusedRight)
            wrong.push(`${name} by ${caller}: ${answer.status} ${reached}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );

  it.each(Object.entries(ownLists))('the list of %s, for every role and agency', async (_, [path, of]) => {
    const wrong: string[] = [];
    for (const caller of callers) {
      const answer = await world.call('GET', path, { cookie: cookieOf(caller) });
      for (const name of of) {
        const each = one(name);
        const ended = ['relay', 'appointment'].includes(name);
        const sees = (matters[name]?.seers.includes(caller) ?? false) && caller.endsWith('.own');
        if (holds(answer, each) && !sees) wrong.push(`${name} is shown to ${caller}`);
        if (!holds(answer, each) && sees && !ended) wrong.push(`${name} is not shown to ${caller}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  describe('on the page of one’s own matters', () => {
    let owner: CitizenClient;
    let stranger: CitizenClient;
    let caseId = '';
    const my = async (
      citizen: { readonly visitor: string } | undefined,
      method: string,
      path: string,
      body?: object,
    ): Promise<{ status: number; body: Record<string, unknown> }> => {
      const response = await fetch(`${world.url}/api/v1/my${path}`, {
        method,
        headers: {
          ...(citizen ? { authorization: `Visitor ${citizen.visitor}` } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };

    beforeAll(async () => {
      owner = await openCitizen(world.url);
      stranger = await openCitizen(world.url);
      citizens.push(owner, stranger);
      await stranger.say('สวัสดี');
      await owner.say('อยากเสนอแนะว่าควรมีที่นั่งรอ secret-mine ให้คนท้องและคนแก่');
      await owner.say('ยืนยันและส่ง');
      await eventually('the number is told', () =>
        owner.heard.find(({ reply }) => reply.text.includes('ได้รับแล้ว')),
      );
      const { body } = await my(owner, 'GET', '');
      caseId = (body['cases'] as { id: string }[])[0]?.id ?? '';
    });

    it('there is what is mine, and for others there is nothing', async () => {
      expect((await my(owner, 'GET', `/cases/${caseId}`)).body).toMatchObject({ id: caseId, mine: true });
      expect((await my(stranger, 'GET', '')).body).toMatchObject({ cases: [] });
      for (const nobody of [undefined, { visitor: 'made-up' }, { visitor: `${owner.visitor.slice(0, -1)}_` }])
        expect((await my(nobody, 'GET', '')).status).toBe(401);
    });

    const key = 'k';
    it.each<[string, string, string, object | undefined]>([
      ['looks at', 'GET', '', undefined],
      ['adds to', 'POST', '/notes', { key, text: 'ของคนอื่น' }],
      ['takes back', 'POST', '/withdrawal', { key }],
      ['lets others follow', 'POST', '/invites', { key, as: 'family' }],
      ['shuts somebody out of', 'DELETE', '/followers/p-1', undefined],
    ])('a stranger never %s a matter of somebody else', async (_, method, path, body) => {
      expect((await my(stranger, method, `/cases/${caseId}${path}`, body)).status).toBe(404);
      expect((await my(owner, 'GET', `/cases/${caseId}`)).body).toMatchObject({
        state: 'received',
        followers: [],
      });
    });

    it('a follower sees how it stands, and neither words nor number nor a way to change it', async () => {
      const { body } = await my(owner, 'POST', `/cases/${caseId}/invites`, { key: 'i', as: 'family' });
      const joined = await my(stranger, 'POST', '/following', { key: 'j', code: body['code'] });
      expect(joined.body).toMatchObject({ outcome: 'joined' });
      const seen = await my(stranger, 'GET', `/cases/${caseId}`);
      expect(seen.body).toMatchObject({ mine: false, history: [], followers: [], state: 'received' });
      expect(seen.body['reference']).toBeUndefined();
      expect(JSON.stringify(seen.body)).not.toContain('secret-mine');
      expect((await my(stranger, 'POST', `/cases/${caseId}/notes`, { key, text: 'x' })).status).toBe(404);
      expect((await my(stranger, 'POST', `/cases/${caseId}/withdrawal`, { key })).status).toBe(404);
    });

    it('notices are refused and allowed again, and a right is asked for once', async () => {
      const here = async (): Promise<unknown> => (await my(owner, 'GET', '')).body['channels'];
      await my(owner, 'PUT', '/notices', { key: 'n1', allowed: false });
      expect(await here()).toEqual([{ channel: 'webchat', here: true, notices: false }]);
      await my(owner, 'PUT', '/notices', { key: 'n2', allowed: true });
      expect(await here()).toEqual([{ channel: 'webchat', here: true, notices: true }]);
      for (const _ of [1, 2]) await my(owner, 'POST', '/rights', { key: 'r', kind: 'access' });
      const cookie = cookieOf('admin.own');
      const { body } = await world.call('GET', '/privacy/requests', { cookie });
      expect(JSON.stringify(body).match(/"kind":"access"/gu)).toHaveLength(1);
    });
  });

  it('a number without its second fact, a calendar without its key and a partner of another agency open nothing', async () => {
    for (const name of all) {
      const each = one(name);
      const guess = await world.call('POST', '/cases/status', {
        body: { reference: each.reference, secondFact: '0000' },
      });
      expect([name, guess.body['outcome']]).not.toEqual([name, 'found']);
      expect((await world.call('GET', `/calendar/${each.caseId}/AAAA`)).status).toBe(404);
      const response = await fetch(`${world.url}/api/v1/partner/cases/${each.caseId}`, {
        headers: { authorization: `Bearer ${partnerKey}` },
      });
      expect(response.status).toBe(404);
    }
  });
});
