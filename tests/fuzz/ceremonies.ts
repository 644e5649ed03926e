import { Secret, TOTP } from 'otpauth';
import { createPasskey } from '../support/authenticator';
import { openCitizen, openDesk, handIn } from '../support/desk-clients';
import type { OidcStandIn } from '../support/oidc-standin';
import { eventually } from '../support/product';
import { type Random, seeded } from '../support/random';
import { png } from '../support/sample-files';
import type { Fault } from './fuzz';
import { anyText, mangled, spoiled } from './values';

export interface CeremonyParts {
  readonly url: string;
  readonly publicUrl: string;
  readonly seed: number;
  readonly partnerKey: string;
  readonly provider: OidcStandIn;
  readonly admin: string;
  readonly officer: string;
}

export interface Ceremonies {
  readonly reached: ReadonlySet<string>;
  readonly faults: readonly Fault[];
}

/** How often the answer of a device or of a provider comes back spoiled before it comes back right. */
const spoils = 24;
const stepMs = 30_000;
const firstPassword = 'ข้าวเหนียวมะม่วง 42';
const secondPassword = 'ส้มตำไก่ย่าง 77 จาน';

interface Asked {
  readonly method: string;
  /** As the product describes it. */
  readonly path: string;
  /** What stands in place of the names in braces. */
  readonly id?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly upload?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Bytes within texts are spoiled as often as the texts are. */
function spoiledAnswer(answer: object, random: Random): unknown {
  const response: unknown = Object(answer)['response'];
  if (random.below(3) === 0 || !response) return spoiled(answer, random);
  const fields = Object.entries<unknown>(Object(response));
  const at = random.below(fields.length);
  const bytes = (text: unknown): string =>
    mangled(Buffer.from(String(text), 'base64url'), random).toString('base64url');
  return {
    ...answer,
    response: Object.fromEntries(
      fields.map(([name, each], index) => [name, index === at ? bytes(each) : each]),
    ),
  };
}

function firstIn(body: unknown, name: string): unknown {
  const list: unknown = Object(body)[name];
  return Array.isArray(list) ? (list[0] as unknown) : undefined;
}

const told = (body: unknown, name: string): string => String(Object(body)[name] ?? '');

/**
 * Operations whose success takes more than one request: a device or a provider must answer what the product has just asked, a code is
 * of this minute, an address was only just made. Each answer of a device comes back spoiled many times before it comes back right.
 */
export async function holdCeremonies(parts: CeremonyParts): Promise<Ceremonies> {
  const { url } = parts;
  const random = seeded(parts.seed);
  const reached = new Set<string>();
  const faults: Fault[] = [];
  const jar = new Map<string, string>();

  async function ask(asked: Asked, cookie?: string): Promise<{ status: number; to: string; body: unknown }> {
    const { method, path, id, query = '', body, upload } = asked;
    const target = `${path.replace(/\{\w+\}/u, () => encodeURIComponent(id ?? ''))}${query}`;
    const response = await fetch(`${url}${target}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: cookie ?? [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(upload ? { 'content-type': 'application/octet-stream' } : {}),
        ...asked.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(upload ? { body: new Uint8Array(upload) } : {}),
    });
    if (cookie === undefined)
      for (const each of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/u.exec(each) ?? [];
        if (value) jar.set(name, value);
        else jar.delete(name);
      }
    const text = await response.text();
    const to = response.headers.get('location') ?? '';
    if (response.status >= 500)
      faults.push({
        what: `status ${response.status} ${text}`,
        input: JSON.stringify(asked).slice(0, 2_000),
      });
    if (response.status < 400 && !to.endsWith('#refused')) reached.add(`${method} ${path}`);
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, to, body: isJson ? (JSON.parse(text) as unknown) : undefined };
  }
  const post = async (path: string, body?: unknown): Promise<unknown> =>
    (await ask({ method: 'POST', path, body })).body;

  async function people(): Promise<void> {
    const account = { username: 'fuzz.keys', name: 'ผู้ลอง', role: 'officer', email: 'keys@example.go.th' };
    const invited = await ask({ method: 'POST', path: '/api/v1/accounts', body: account }, parts.admin);
    const accountId = told(Object(invited.body)['account'], 'id');
    const { username } = account;
    await post('/api/v1/account/setup', { code: told(invited.body, 'code'), password: firstPassword });
    await post('/api/v1/session', { username, password: firstPassword });
    const change = { current: firstPassword, password: secondPassword };
    await ask({ method: 'PUT', path: '/api/v1/account/password', body: change });
    await app();
    await passkeys(accountId);
    await provider(account.email);
  }

  async function app(): Promise<void> {
    const secret = Secret.fromBase32(told(await post('/api/v1/account/totp'), 'secret'));
    const totp = new TOTP({ secret });
    const now = Date.now();
    const code = totp.generate({ timestamp: now });
    const confirmed = await post('/api/v1/account/totp/confirm', { code });
    const next = totp.generate({ timestamp: now + stepMs });
    await post('/api/v1/session/factor', { code: next });
    const given = firstIn(confirmed, 'recoveryCodes');
    const renewed = firstIn(await post('/api/v1/account/recovery-codes'), 'recoveryCodes');
    for (const each of [given, renewed]) await post('/api/v1/account/totp/remove', { code: String(each) });
  }

  async function passkeys(accountId: string): Promise<void> {
    const path = '/api/v1/account/passkeys';
    const challenge = async (from: string): Promise<string> =>
      told(await post(`${from}/options`), 'challenge');
    for (let index = 0; index < spoils; index += 1) {
      const made = createPasskey(parts.publicUrl).created(await challenge(path));
      await post(path, { name: anyText(random), response: spoiledAnswer(made, random) });
    }
    const passkey = createPasskey(parts.publicUrl);
    await post(path, { name: 'ของฉัน', response: passkey.created(await challenge(path)) });
    const use = async (): Promise<object> =>
      passkey.used(await challenge('/api/v1/session/passkey'), accountId);
    for (let index = 0; index < spoils; index += 1)
      await post('/api/v1/session/passkey', { response: spoiledAnswer(await use(), random) });
    await ask({ method: 'DELETE', path: '/api/v1/session' });
    await post('/api/v1/session/passkey', { response: await use() });
    const id = told(passkey.created(''), 'id');
    await ask({ method: 'DELETE', path: `${path}/{id}`, id });
  }

  async function provider(email: string): Promise<void> {
    const path = '/api/v1/session/oidc';
    parts.provider.sees({ sub: 'keys', email, email_verified: true });
    async function back(): Promise<string> {
      const { to } = await ask({ method: 'GET', path });
      const answer = await fetch(to, { redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '').search;
    }
    for (let index = 0; index < spoils; index += 1) {
      const query = new URLSearchParams(await back());
      query.set(random.pick([...query.keys()]), anyText(random));
      await ask({ method: 'GET', path: `${path}/callback`, query: `?${query.toString()}` });
    }
    await ask({ method: 'GET', path: `${path}/callback`, query: await back() });
  }

  /** Addresses of files that are good for minutes. */
  async function files(): Promise<void> {
    const citizen = await openCitizen(url, '198.51.100.250');
    const desk = await openDesk(url, { cookie: parts.officer });
    try {
      const { conversation } = citizen;
      await citizen.say('ขอคุยกับเจ้าหน้าที่');
      await desk.ask('claim', { conversation });
      const query = '?clientId=p1&text=x';
      const path = '/api/v1/conversations/{id}/pictures';
      await ask({ method: 'POST', path, id: conversation, query, upload: png() }, parts.officer);
      const shown = await eventually('the picture', () =>
        citizen.heard.find(each => each.reply.url !== undefined),
      );
      const token = (address: string | undefined): string => address?.split('/').at(-1) ?? '';
      await ask({ method: 'GET', path: '/api/v1/pictures/{token}', id: token(shown.reply.url) }, '');
      await handIn(url, citizen.visitor, png({ side: 3 }), { clientId: 'own' });
      const listed = { method: 'GET', path: '/api/v1/conversations/{id}/files', id: conversation };
      const fileId = await eventually('the file is kept', async () => {
        const kept = firstIn((await ask(listed, parts.officer)).body, 'files');
        return kept === undefined ? undefined : told(kept, 'id');
      });
      const link = await ask({ method: 'POST', path: '/api/v1/files/{id}/link', id: fileId }, parts.officer);
      const id = token(told(link.body, 'url'));
      await ask({ method: 'GET', path: '/api/v1/files/links/{token}', id }, parts.officer);
    } finally {
      desk.close();
      citizen.close();
    }
  }

  /** A complaint that the agency fetches, and says that it has. */
  async function partner(): Promise<void> {
    const headers = { authorization: `Bearer ${parts.partnerKey}` };
    const path = '/api/v1/partner/cases';
    const body = {
      ...{ key: 'ceremony', kind: 'complaint', topic: { kind: 'complaint', id: 'c-20' } },
      ...{ details: { kind: 'matter', what: 'ร้านไม่คืนเงินมัดจำ', attachments: [] } },
    };
    const filed = await ask({ method: 'POST', path, body, headers }, '');
    const id = told(filed.body, 'caseId');
    const theirs = { theirReference: 'AG-1' };
    await ask({ method: 'POST', path: `${path}/{id}/acknowledge`, id, body: theirs, headers }, '');
  }

  /** A ready-made reply from its making to its end: whoever made it keeps it. */
  async function cannedReply(): Promise<void> {
    const path = '/api/v1/canned-replies';
    const body = { name: 'สวัสดี', text: { th: 'สวัสดีค่ะ' } };
    const made = await ask({ method: 'POST', path, body: { ...body, shared: false } }, parts.officer);
    const id = told(made.body, 'id');
    await ask({ method: 'PUT', path: `${path}/{id}`, id, body }, parts.officer);
    await ask({ method: 'DELETE', path: `${path}/{id}`, id }, parts.officer);
  }

  /** A request about one's data, answered after it was made sure who asks. */
  async function request(): Promise<void> {
    const contact = { way: 'call', type: 'inquiry', at: Date.now(), status: 'open', person: { name: 'ผู้ขอ' } };
    const met = await ask({ method: 'POST', path: '/api/v1/contacts', body: contact }, parts.officer);
    const path = '/api/v1/privacy/requests';
    const body = { personId: told(met.body, 'personId'), kind: 'access' };
    const id = told((await ask({ method: 'POST', path, body }, parts.admin)).body, 'id');
    await ask({ method: 'POST', path: `${path}/{id}/identify`, id, body: { how: 'ดูบัตร' } }, parts.admin);
    await ask({ method: 'POST', path: `${path}/{id}/complete`, id, body: { what: 'ส่งให้แล้ว' } }, parts.admin);
  }

  /** Somebody lets another act for them, and ends it. */
  async function carer(): Promise<void> {
    const citizen = await openCitizen(url, '198.51.100.249');
    try {
      await citizen.say('สวัสดี');
      const path = '/api/v1/my/carers';
      const headers = { authorization: `Visitor ${citizen.visitor}` };
      const lastDay = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
      const body = { key: 'ceremony', name: 'สมหญิง ใจดี', ownName: 'สมศรี ใจดี', lastDay };
      await ask({ method: 'POST', path, body, headers }, '');
      const id = told(firstIn((await ask({ method: 'GET', path, headers }, '')).body, 'carers'), 'id');
      await ask({ method: 'DELETE', path: `${path}/{id}`, id, headers }, '');
    } finally {
      citizen.close();
    }
  }

  await people();
  await cannedReply();
  await request();
  await carer();
  await files();
  await partner();
  return { reached, faults };
}
