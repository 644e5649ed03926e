import { eventually } from '../support/product';
import { callApi, handIn, openCitizen, openDesk, signIn } from '../support/desk-clients';
import { sampleBodies } from '../support/sample-bodies';
import { writtenServices } from '../support/sample-entry';
import { png } from '../support/sample-files';

const each = 24;
const few = 6;

/** Somebody on the web chat with matters of their own. */
export interface Visitor {
  readonly token: string;
  readonly conversation: string;
  readonly caseId: string;
  /** The address of an appointment's calendar file, `/api/v1/calendar/{id}/{key}`. */
  readonly calendar: string;
  /** Somebody who follows that case. */
  readonly follower: string;
}

export interface Records {
  /** Ids by the address below which they stand, by the word before them in it, or by the name of the field that holds them. */
  readonly known: Readonly<Record<string, readonly string[]>>;
  readonly visitors: readonly Visitor[];
  /** Conversations in the hands of `officer`. */
  readonly held: readonly string[];
  readonly appointments: readonly string[];
  readonly callBacks: readonly string[];
  readonly relays: readonly string[];
  readonly relayNews: readonly string[];
  /** Of questions nobody could answer. */
  readonly questions: readonly string[];
  /** With which somebody invited sets their account up. */
  readonly codes: readonly string[];
  /** Entries that may be published. */
  readonly approved: readonly string[];
  /** The shipped register as the export gives it. */
  readonly register: Buffer;
}

async function made<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let index = 0; index < count; index += 1) all.push(await make(index));
  return all;
}

const listIn = (value: unknown, name: string): object[] => {
  const list: unknown = Object(value)[name];
  return Array.isArray(list) ? list.map(item => Object(item) as object) : [];
};
const field = (value: unknown, name: string): string => String(Object(value)[name] ?? '');

/** Records of every kind that addresses and fields can name, so that inputs get behind the look whether there is one. */
export async function makeRecords(parts: {
  readonly url: string;
  readonly admin: string;
  readonly officer: string;
  /** The name of an account whose sessions may end. */
  readonly sparse: string;
  readonly partnerKey: string;
}): Promise<Records> {
  const { url, admin } = parts;
  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await callApi(url, admin, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }
  const get = async (path: string): Promise<object> => (await callApi(url, admin, 'GET', path)).body;
  const sample = (path: string): object => sampleBodies[`POST ${path}`] ?? {};
  async function partner(path: string, body: object): Promise<object> {
    const response = await fetch(`${url}/api/v1/partner${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${parts.partnerKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`partner ${path}: ${await response.text()}`);
    return Object(await response.json()) as object;
  }
  async function my(token: string, method: string, path: string, body?: object): Promise<object> {
    const response = await fetch(`${url}/api/v1/my${path}`, {
      method,
      headers: {
        authorization: `Visitor ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return Object(await response.json()) as object;
  }
  const caseOf = async (key: string, given: object): Promise<string> =>
    field(await post('/api/v1/cases', { ...sample('/api/v1/cases'), key, ...given }), 'caseId');

  const people = await made(each, async index => {
    const person = { name: `ผู้ติดต่อ ${index}`, phone: `08123456${10 + index}` };
    return field(await post('/api/v1/contacts', { ...sample('/api/v1/contacts'), person }), 'personId');
  });
  const cases = await made(each, index => caseOf(`fuzz-${index}`, {}));
  const now = Date.now();
  const soon = now + 3 * 24 * 60 * 60 * 1000;
  const appointmentAt = (startsAt: number): object => ({
    kind: 'appointment',
    details: {
      ...{ kind: 'appointment', servicePointId: 'main', priority: false, state: 'booked' },
      ...{ startsAt, endsAt: startsAt + 1_800_000 },
    },
  });
  const appointments = await made(each, index => caseOf(`appointment-${index}`, appointmentAt(now)));
  const callBacks = await made(few, index =>
    caseOf(`callback-${index}`, {
      kind: 'callback',
      details: { kind: 'callback', phone: '+66812345678', attempts: [] },
    }),
  );
  const relays = await made(few, index =>
    caseOf(`relay-${index}`, {
      kind: 'relay',
      details: { kind: 'relay', village: 'บ้านปัว', consent: true, items: [{ question: 'เบี้ยเข้าวันไหน' }] },
    }),
  );

  const citizens = await made(each, async index => {
    const citizen = await openCitizen(url, `198.51.100.${1 + index}`);
    if (index < few) await citizen.say(`ฮกฟฟ กขฃคฅ ${'ฬฮ'.repeat(index + 2)}`);
    await citizen.say('ขอคุยกับเจ้าหน้าที่');
    citizen.close();
    return { token: citizen.visitor, conversation: citizen.conversation };
  });
  const { officer } = parts;
  const desk = await openDesk(url, { cookie: officer });
  const held = citizens.slice(-few).map(({ conversation }) => conversation);
  for (const conversation of held) await desk.ask('claim', { conversation });
  desk.close();
  const shown = await get('/api/v1/conversations');
  const personOf = new Map(
    [...listIn(shown, 'waiting'), ...listIn(shown, 'mine'), ...listIn(shown, 'team')].map(view => [
      field(view, 'id'),
      field(view, 'personId'),
    ]),
  );
  const visitors = await made(few, async index => {
    const { token, conversation } = citizens[index] ?? { token: '', conversation: '' };
    const personId = personOf.get(conversation);
    const caseId = await caseOf(`own-${index}`, { personId });
    await caseOf(`own-appointment-${index}`, { personId, ...appointmentAt(soon) });
    await handIn(url, token, png(), { clientId: `own-${index}` });
    const mine = listIn(await my(token, 'GET', ''), 'cases');
    const calendar = mine.map(one => field(Object(one).appointment, 'calendar')).find(path => path !== '');
    const invite = await my(token, 'POST', `/cases/${caseId}/invites`, { key: 'one', as: 'family' });
    const relative = citizens[few + index]?.token ?? '';
    await my(relative, 'POST', '/following', { key: 'one', code: field(invite, 'code') });
    const [follower] = listIn(await my(token, 'GET', `/cases/${caseId}`), 'followers');
    return { token, conversation, caseId, calendar: calendar ?? '', follower: field(follower, 'id') };
  });
  const files = await eventually('files were taken in', async () => {
    const lists = await made(few, async index =>
      listIn(await get(`/api/v1/conversations/${visitors[index]?.conversation}/files`), 'files'),
    );
    return lists.every(list => list.length > 0) && lists.flat().map(file => field(file, 'id'));
  });
  const links = await made(few, async index => {
    const { url: link } = await post(`/api/v1/files/${files[index]}/link`, {});
    return String(link).split('/').at(-1) ?? '';
  });

  const invited = await made(few, async index =>
    post('/api/v1/accounts', { username: `fuzz.${index}`, name: 'ใครสักคน', role: 'officer' }),
  );
  const accounts = invited.map(({ account }) => field(account, 'id'));
  const codes = invited.map(answer => field(answer, 'code'));
  const requests = await made(each, async index => {
    const about = { personId: people[index], kind: index % 2 === 0 ? 'access' : 'erasure' };
    return field(await post('/api/v1/privacy/requests', about), 'id');
  });
  const breaches = await made(few, async () => {
    const breach = { noticedAt: 1_764_000_000_000, what: 'กล่องเอกสารหาย', people: 3, risk: 'some' };
    return field(await post('/api/v1/privacy/breaches', breach), 'id');
  });
  const reminders = await made(each, async index => {
    const body = { ...sample('/api/v1/reminders'), clientId: `fuzz-${index}` };
    return field(await post('/api/v1/reminders', body), 'id');
  });
  const partnerReminders = await made(few, async index => {
    const key = `fuzz-${index}`;
    await partner('/reminders', { ...sample('/api/v1/partner/reminders'), key });
    return key;
  });
  const partnerCases = await made(few, async index => {
    const topic = { kind: 'complaint', id: 'c-20' };
    const body = { ...sample('/api/v1/cases'), kind: 'complaint', topic, key: `fuzz-${index}` };
    return field(await partner('/cases', body), 'caseId');
  });
  const imports = await made(few, async () =>
    field(await post('/api/v1/reminder-imports', sample('/api/v1/reminder-imports')), 'id'),
  );
  const campaigns = await made(few, async () =>
    field(await post('/api/v1/campaigns', sample('/api/v1/campaigns')), 'id'),
  );
  const relayNews = await made(few, async index => {
    const news = { clientId: `fuzz-${index}`, text: 'พรุ่งนี้น้ำไม่ไหล' };
    return field(await post('/api/v1/relay-news', news), 'id');
  });
  const announcements = await made(few, async () => {
    const { announcement } = await post('/api/v1/knowledge/announcements', {
      ...sample('/api/v1/knowledge/announcements'),
      until: soon,
    });
    return field(announcement, 'id');
  });
  const questions = listIn(await get('/api/v1/knowledge/questions'), 'groups').flatMap(group => {
    const ids: unknown = Object(group)['ids'];
    return Array.isArray(ids) ? ids.map(String) : [];
  });
  const reviewer = await signIn(url, 'reviewer');
  const approved = await made(few, async index => {
    const id = writtenServices[each + index] ?? '';
    const entry = `/api/v1/knowledge/entries/${id}`;
    await callApi(url, admin, 'PUT', entry, sampleBodies['PUT /api/v1/knowledge/entries/:id']);
    await post(`${entry}/submit`, {});
    await callApi(url, reviewer, 'POST', `${entry}/review`, sample('/api/v1/knowledge/entries/:id/review'));
    return id;
  });
  const attempts = await signIn(url, parts.sparse);
  for (let index = 0; index < few; index += 1) await signIn(url, parts.sparse);
  const own = await callApi(url, attempts, 'GET', '/api/v1/sessions');
  const sessions = listIn(own.body, 'sessions').map(session => field(session, 'id'));
  const exported = await fetch(`${url}/api/v1/knowledge/export?format=json`, { headers: { cookie: admin } });
  const register = Buffer.from(await exported.arrayBuffer());
  const conversations = citizens.map(({ conversation }) => conversation);
  return {
    known: {
      ...{ people, cases, conversations, accounts, requests, breaches, reminders, campaigns, files, links },
      ...{ personId: people, caseId: cases, conversation: conversations, conversationId: conversations },
      ...{ announcements, entries: writtenServices.slice(0, each), publications: ['1', '2'], sessions },
      ...{
        services: writtenServices,
        rules: writtenServices,
        topic: writtenServices.map(id => `service:${id}`),
      },
      'reminder-imports': imports,
      '/api/v1/partner/cases': partnerCases,
      '/api/v1/partner/reminders': partnerReminders,
    },
    ...{ visitors, held, appointments, callBacks, relays, relayNews, questions, approved, codes, register },
  };
}
