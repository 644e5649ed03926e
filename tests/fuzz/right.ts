import { demoPassword } from '../support/desk-clients';
import { sampleBodies } from '../support/sample-bodies';
import type { Random } from '../support/random';
import { png } from '../support/sample-files';
import type { Who } from './inputs';
import type { Operation } from './operations';
import type { Records, Visitor } from './records';

/** What a request that succeeds carries; what is absent is made from the description. */
export interface Right {
  readonly who?: Who;
  /** The whole address in place of the operation's. */
  readonly target?: string;
  readonly body?: object;
  readonly upload?: Buffer;
  readonly visitor?: string;
}
type Make = (random: Random) => Right;

const day = 24 * 60 * 60 * 1000;
const people = Buffer.from('เบอร์โทร,ตำบล\n0812345678,ปัว\n0898765432,ปัว\n');
const statuses = Buffer.from('เลขที่เรื่อง,สถานะ,วันที่\n');

/** Requests that cannot be made from a schema and an id alone, by method and path. */
export function rightRequests(records: Records): (operation: Operation) => Make | undefined {
  const one = (random: Random): string => `f${random.below(1e9)}`;
  const known = (name: string, random: Random): string => random.pick(records.known[name] ?? ['']);
  const of =
    (list: readonly string[], rest: object): Make =>
    random => ({ body: { caseId: random.pick(list), clientId: one(random), ...rest } });
  const asked =
    (path: string, name: string, list: readonly string[]): Make =>
    random => ({ target: `${path}?${name}=${encodeURIComponent(random.pick(list))}` });
  /** A visitor's own: `tail` follows the id of their case. */
  const mine =
    (tail: string, body?: (visitor: Visitor) => object): Make =>
    random => {
      const visitor = random.pick(records.visitors);
      return {
        target: `/api/v1/my${tail.replace('{id}', visitor.caseId).replace('{follower}', visitor.follower)}`,
        visitor: visitor.token,
        ...(body ? { body: { key: one(random), ...body(visitor) } } : {}),
      };
    };
  const asking = (rest: object): Make => {
    return random =>
      records.questions.length === 0 ? {} : { body: { ids: [random.pick(records.questions)], ...rest } };
  };
  const draft = { name: 'เรื่องใหม่', answer: 'ตอบ', agencyId: 'dopa', category: 'welfare' };

  const requests: Readonly<Record<string, Make>> = {
    'POST /api/v1/session': () => ({ body: { username: 'officer2', password: demoPassword } }),
    'POST /api/v1/contacts': random => ({
      body: { ...sampleBodies['POST /api/v1/contacts'], person: { id: known('people', random) } },
    }),
    'POST /api/v1/account/setup': random => ({
      body: { code: random.pick(records.codes), password: 'ข้าวเหนียวมะม่วง 42' },
    }),
    'GET /api/v1/files/links/{token}': () => ({ who: 'admin' }),
    'PATCH /api/v1/accounts/{id}': () => ({ body: { name: 'ชื่อใหม่' } }),
    'PATCH /api/v1/people/{id}': () => ({ body: { name: 'ชื่อใหม่' } }),
    'POST /api/v1/cases/import': () => ({ body: { file: statuses.toString('base64'), dryRun: true } }),
    'POST /api/v1/partner/cases': random => ({
      body: { ...sampleBodies['POST /api/v1/cases'], key: one(random) },
    }),
    'POST /api/v1/partner/cases/{id}/status': () => ({ body: { text: 'รับแล้ว', asOf: Date.now() } }),
    'POST /api/v1/knowledge/import': () => ({
      target: '/api/v1/knowledge/import?dryRun=true',
      upload: records.register,
    }),
    'PUT /api/v1/knowledge/entries/{id}/plan': random => ({
      body: { reviewAt: Date.now() + (1 + random.below(300)) * day },
    }),
    'GET /api/v1/knowledge/entries/{id}/diff': random => ({
      target: `/api/v1/knowledge/entries/${known('entries', random)}/diff`,
    }),
    'POST /api/v1/knowledge/publications': random => ({
      body: { entries: [random.pick(records.approved)], why: 'ลอง' },
    }),
    'POST /api/v1/knowledge/trials': random => ({ body: { entries: [known('entries', random)] } }),
    'POST /api/v1/knowledge/samples': random => ({
      body: { entry: known('entries', random), entitlement: null },
    }),
    'POST /api/v1/knowledge/undo': () => ({ body: { why: 'ลอง' } }),
    'POST /api/v1/knowledge/entries': random => ({
      body: { ...draft, id: one(random), kind: 'info', source: 'ประกาศ' },
    }),
    'POST /api/v1/knowledge/questions/phrases': random =>
      asking({ entryId: known('entries', random) })(random),
    'POST /api/v1/knowledge/questions/draft': random =>
      asking({ ...draft, id: `new-${random.below(1e6)}` })(random),
    'POST /api/v1/knowledge/questions/dismiss': asking({}),
    'POST /api/v1/knowledge/switches/all': () => ({ body: { off: false, why: 'ลอง' } }),
    'POST /api/v1/appointments/attendance': of(records.appointments, { came: true }),
    'POST /api/v1/call-backs/attempts': of(records.callBacks, { outcome: 'busy' }),
    'POST /api/v1/relays/answers': of(records.relays, { item: 0, text: 'วันที่ 10' }),
    'GET /api/v1/relays/announcement': asked('/api/v1/relays/announcement', 'caseId', records.relays),
    'GET /api/v1/relays/sheet': asked('/api/v1/relays/sheet', 'caseId', records.relays),
    'GET /api/v1/relay-news/receipts': asked('/api/v1/relay-news/receipts', 'id', records.relayNews),
    'GET /api/v1/relay-news/sheet': asked('/api/v1/relay-news/sheet', 'id', records.relayNews),
    'GET /api/v1/calendar/{id}/{key}': random => ({ target: random.pick(records.visitors).calendar }),
    'GET /api/v1/my/cases/{id}': mine('/cases/{id}'),
    'POST /api/v1/my/cases/{id}/notes': mine('/cases/{id}/notes', () => ({ text: 'ตรงประตู' })),
    'POST /api/v1/my/cases/{id}/withdrawal': mine('/cases/{id}/withdrawal', () => ({})),
    'POST /api/v1/my/cases/{id}/invites': mine('/cases/{id}/invites', () => ({ as: 'family' })),
    'DELETE /api/v1/my/cases/{id}/followers/{follower}': mine('/cases/{id}/followers/{follower}'),
    'PATCH /api/v1/reminders/{id}': () => ({ body: { dueAt: Date.now() + 9 * day } }),
    'POST /api/v1/reminder-texts/test': random => ({
      body: { text: textOf('POST /api/v1/reminders'), clientId: one(random), phone: '+66812345678' },
    }),
    'POST /api/v1/reminder-texts/preview': () => ({ body: { text: textOf('POST /api/v1/reminders') } }),
    'PUT /api/v1/reminder-imports/{id}/file': () => ({ upload: people }),
    'POST /api/v1/webchat/files': random => ({
      target: `/api/v1/webchat/files?clientId=${one(random)}`,
      upload: png(),
    }),
    'POST /api/v1/conversations/{id}/pictures': random => ({
      who: 'officer',
      target: `/api/v1/conversations/${random.pick(records.held)}/pictures?clientId=${one(random)}&text=x`,
      upload: png(),
    }),
    'POST /api/v1/privacy/retention': () => ({ body: { dryRun: true } }),
  };

  return ({ method, path }) => {
    const given = requests[`${method} ${path}`];
    if (given) return given;
    const sample = sampleBodies[`${method} ${path.replace(/\{(\w+)\}/gu, ':$1')}`];
    if (!sample) return undefined;
    return random => ({
      body: {
        ...sample,
        ...('key' in sample ? { key: one(random) } : {}),
        ...('clientId' in sample ? { clientId: one(random) } : {}),
      },
    });
  };
}

const textOf = (key: string): unknown => Object(sampleBodies[key])['text'];
