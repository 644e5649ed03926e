import type { KnownDate } from '../../core';
import {
  signTwilio,
  incomingText,
  startTwilioStandIn,
  twilioForm,
  type TwilioStandIn,
} from '../support/twilio-standin';
import { type AppWorld, cookieFrom, freePort, startAppWorld } from '../support/app-world';
import { eventually } from '../support/product';
import { reminderBody } from '../support/reminder-body';
import { seedDraft } from '../support/reminder-seed';

const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'reminder-token' };
const officialNumber = '+15005550006';
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** Where the app's clock begins: 10:00 in Bangkok. */
const startsAt = Date.UTC(2026, 10, 25, 3);
const partnerKey = 'partner-key-0123456789';

interface View {
  readonly id: string;
  readonly state: string;
  readonly history: readonly { what: string; way?: string; why?: string }[];
}

describe('reminders', () => {
  let twilio: TwilioStandIn;
  let world: AppWorld;
  let publicUrl: string;
  let cookie: string;
  let made = 0;

  beforeAll(async () => {
    twilio = await startTwilioStandIn({ ...account, clock: () => world.now() });
    const port = await freePort();
    publicUrl = `http://127.0.0.1:${port}`;
    world = await startAppWorld(
      {
        DEMO: 'true',
        DEMO_PASSWORD: 'demo-password-1',
        PUBLIC_URL: publicUrl,
        TWILIO_ACCOUNT_SID: account.accountSid,
        TWILIO_AUTH_TOKEN: account.authToken,
        TWILIO_FROM: officialNumber,
        TWILIO_API_BASE_URL: twilio.url,
        PARTNER_API_KEYS: `registry:${partnerKey}:operator`,
      },
      port,
    );
    await world.app.demo;
    await later(0);
  });
  afterAll(async () => {
    await world.stop();
    await twilio.stop();
  });

  /** Time passes, and the officer signs in again: sessions end by themselves. */
  async function later(ms: number): Promise<void> {
    world.pass(ms);
    const body = { username: 'officer', password: 'demo-password-1' };
    cookie = cookieFrom(await world.call('POST', '/session', { body }));
  }

  const phoneOf = (n: number): string => `+668${String(10_000_000 + n)}`;

  function draft(over: object = {}): Record<string, unknown> {
    made += 1;
    return {
      ...reminderBody(`form-${made}`, world.now()),
      phone: phoneOf(made),
      basis: { basis: 'public-task', at: startsAt, how: 'asked at the counter' },
      ...over,
    };
  }

  async function create(over: object = {}): Promise<View & { phone: string }> {
    const body = draft(over);
    const answer = await world.call('POST', '/reminders', { cookie, body });
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return { ...(answer.body as unknown as View), phone: String(body['phone']) };
  }
  const view = async (id: string): Promise<View> =>
    (await world.call('GET', `/reminders/${id}`, { cookie })).body as unknown as View;
  const textsTo = (phone: string): readonly string[] =>
    twilio.accepted().flatMap(each => (each.to === phone ? [each.body] : []));
  const until = (what: string, check: () => Promise<boolean>): Promise<unknown> => eventually(what, check);
  const reaches = (id: string, what: string): Promise<unknown> =>
    until(`${id} is ${what}`, async () => (await view(id)).history.some(each => each.what === what));

  async function fromPhone(phone: string, body: string): Promise<void> {
    const fields = incomingText({ from: phone, to: officialNumber, body, accountSid: account.accountSid });
    const path = `${publicUrl}/webhooks/twilio/sms`;
    const response = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signTwilio(account.authToken, path, fields),
      },
      body: twilioForm(fields),
    });
    expect(response.status).toBe(200);
  }

  it('sends at its lead, once, to a number nobody wrote from, and it stands in the history', async () => {
    const { id, phone } = await create();
    expect(textsTo(phone)).toEqual([]);
    await later(dayMs);
    await reaches(id, 'sent');
    expect(textsTo(phone)).toEqual([expect.stringContaining('ทำบัตรประชาชน')]);
    expect((await view(id)).state).toBe('ended');
  });

  it('takes the same form once', async () => {
    const body = draft();
    const [first, second] = await Promise.all([
      world.call('POST', '/reminders', { cookie, body }),
      world.call('POST', '/reminders', { cookie, body }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body['id']).toBe(second.body['id']);
  });

  it('sends nothing of what was cancelled, and says so when it is too late', async () => {
    const cancelled = await create();
    const sent = await create();
    expect((await world.call('POST', `/reminders/${cancelled.id}/cancel`, { cookie, body: {} })).status).toBe(
      200,
    );
    await later(dayMs);
    await reaches(sent.id, 'sent');
    expect(textsTo(cancelled.phone)).toEqual([]);
    const late = await world.call('POST', `/reminders/${sent.id}/cancel`, { cookie, body: {} });
    expect([late.status, late.code]).toEqual([409, 'CONFLICT']);
  });

  it('sends nothing that a cancellation said it had stopped, however close to the sending', async () => {
    const all = [];
    for (let n = 0; n < 24; n += 1) all.push(await create());
    await later(dayMs);
    // Some are cancelled before the scheduler looks, some while it works, some after.
    const outcomes: number[] = [];
    for (const { id } of all) {
      outcomes.push((await world.call('POST', `/reminders/${id}/cancel`, { cookie, body: {} })).status);
      await new Promise(resolve => setImmediate(resolve));
    }
    const last = await create();
    await later(dayMs);
    await reaches(last.id, 'sent');
    await Promise.all(
      all.map(async ({ id, phone }, n) => {
        const sent = textsTo(phone).length;
        expect([id, outcomes[n] === 200 ? sent : 'late']).toEqual([id, outcomes[n] === 200 ? 0 : 'late']);
        expect(sent).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is passed on by a leader, who ticks it back', async () => {
    const leader = await create();
    await later(dayMs);
    await reaches(leader.id, 'sent');
    const { personId } = (await world.call('GET', `/reminders/${leader.id}`, { cookie })).body;
    const { id, phone } = await create({ ladder: [{ way: 'relay', leaderPersonId: personId }] });
    await later(dayMs);
    await reaches(id, 'sent');
    expect(textsTo(phone)).toEqual([]);
    expect(textsTo(leader.phone).at(-1)).toContain('ทำบัตรประชาชน');
    await fromPhone(leader.phone, '1');
    await reaches(id, 'answered');
    expect((await world.call('GET', `/reminders/${id}`, { cookie })).body['answer']).toBe('passed-on');
  });

  it('goes on when a leader does not tick it back', async () => {
    const leader = await create();
    await later(dayMs);
    await reaches(leader.id, 'sent');
    const { personId } = (await world.call('GET', `/reminders/${leader.id}`, { cookie })).body;
    const ladder = [{ way: 'relay', leaderPersonId: personId }, { way: 'sms' }];
    const { id, phone } = await create({ ladder, dueAt: world.now() + 5 * dayMs, leadsMs: [4 * dayMs] });
    await later(dayMs);
    await reaches(id, 'sent');
    await later(dayMs + hourMs);
    await until('a text to the person', async () => textsTo(phone).length === 1);
    expect((await view(id)).history.map(each => each.what)).toContain('failed');
  });

  it('hears 1 as coming and 3 as a wish to be called, which becomes a call-back', async () => {
    const [comes, calls] = [await create(), await create()];
    await later(dayMs);
    await Promise.all([reaches(comes.id, 'sent'), reaches(calls.id, 'sent')]);
    await Promise.all([fromPhone(comes.phone, '1'), fromPhone(calls.phone, '3')]);
    await Promise.all([reaches(comes.id, 'answered'), reaches(calls.id, 'answered')]);
    const callBacks = await eventually('a call-back', async () => {
      const { body } = await world.call('GET', '/call-backs', { cookie });
      return JSON.stringify(body).includes(calls.phone) && body;
    });
    expect(JSON.stringify(callBacks)).not.toContain(comes.phone);
  });

  it('stops at once for STOP: what is planned of the purpose is cancelled, another purpose goes on', async () => {
    const first = await create();
    const same = { phone: first.phone, dueAt: world.now() + 4 * dayMs };
    const second = await create({ ...same });
    await later(dayMs);
    await reaches(first.id, 'sent');
    await fromPhone(first.phone, 'STOP');
    await reaches(second.id, 'cancelled');
    const refused = await world.call('POST', '/reminders', { cookie, body: draft(same) });
    expect([refused.status, refused.code]).toEqual([400, 'INPUT_INVALID']);
  });

  it('holds a number that is not in service against it, and shows the dead letter until it is dealt with', async () => {
    const { id, phone } = await create();
    twilio.refuse(phone, 21614);
    await later(dayMs);
    await reaches(id, 'failed');
    const troubled = await world.call('GET', '/reminders?list=troubled', { cookie });
    expect(JSON.stringify(troubled.body)).toContain(id);
    const again = await create({ phone });
    await later(dayMs);
    await reaches(again.id, 'failed');
    expect(twilio.calls().filter(call => call.body.toString().includes(phone.slice(1)))).toHaveLength(1);
    await world.call('POST', `/reminders/${id}/dealt-with`, { cookie, body: { how: 'told' } });
    const after = await world.call('GET', '/reminders?list=troubled', { cookie });
    expect(JSON.stringify(after.body)).not.toContain(`"${id}"`);
  });

  it('tries a phone that was off again later, and goes on to the next way when the operator gives up', async () => {
    const { id, phone } = await create({ dueAt: world.now() + 3 * dayMs, leadsMs: [2 * dayMs] });
    await later(dayMs);
    await reaches(id, 'sent');
    const [first] = twilio.accepted().filter(each => each.to === phone);
    await twilio.report(first?.sid ?? '', 'undelivered', 30003);
    await reaches(id, 'failed');
    expect(textsTo(phone)).toHaveLength(1);
    await later(hourMs);
    await until('a second text', async () => textsTo(phone).length === 2);
    const second = twilio.accepted().filter(each => each.to === phone)[1];
    await twilio.report(second?.sid ?? '', 'delivered');
    await reaches(id, 'delivered');
  });

  it('passes over after a long stop what is no longer of use, and tells of two the later one', async () => {
    const stale = await create();
    const useful = await create({ dueAt: world.now() + 5 * dayMs, leadsMs: [4 * dayMs, 3 * dayMs, hourMs] });
    await later(3 * dayMs);
    await Promise.all([reaches(stale.id, 'stale'), reaches(useful.id, 'sent')]);
    expect(textsTo(stale.phone)).toEqual([]);
    expect(textsTo(useful.phone)).toHaveLength(1);
    expect((await view(useful.id)).history.map(each => each.what)).toEqual(
      expect.arrayContaining(['superseded', 'queued', 'sent']),
    );
  });

  it('calls where no text gets through, reads aloud, and takes a key for an answer', async () => {
    const { id, phone } = await create({ ladder: [{ way: 'sms' }, { way: 'voice' }] });
    twilio.refuse(phone, 30007);
    await later(dayMs);
    const call = await eventually('a call', () => twilio.phoneCalls().find(each => each.to === phone));
    const twiml = await twilio.pickUp(call.sid);
    expect(twiml).toContain('language="th-TH"');
    expect(twiml).toContain('ทำบัตรประชาชน');
    expect(twiml).toContain('กด 1');
    const action = /action="([^"]+)"/u.exec(twiml)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(await twilio.press(call.sid, action, '1')).toContain('รับทราบ');
    await reaches(id, 'answered');
    expect(await twilio.hangUp(call.sid, 'completed')).toBe(200);
    await reaches(id, 'delivered');
    expect((await view(id)).history.filter(each => each.way === 'voice').map(each => each.what)).toEqual(
      expect.arrayContaining(['queued', 'sent', 'delivered']),
    );
    // What is said in answer to a key is said in the call: nobody is called a second time.
    expect(twilio.phoneCalls().filter(each => each.to === phone)).toHaveLength(1);
    const unsigned = await fetch(call.url, { method: 'POST', body: 'CallSid=CA1' });
    expect(unsigned.status).toBe(401);
  });

  it('tells of a document 90, 30 and 7 days before, without anybody saying when', async () => {
    const document = {
      purpose: 'document',
      rule: 'document',
      leadsMs: undefined,
      text: { template: 'document', values: { document: { kind: 'text', text: 'ใบขับขี่' } } },
      dueAt: world.now() + 100 * dayMs,
    };
    const { id } = await create(document);
    const { leadsMs } = (await world.call('GET', `/reminders/${id}`, { cookie })).body;
    expect(leadsMs).toEqual([90 * dayMs, 30 * dayMs, 7 * dayMs]);
  });

  it('reminds of a case that waits for its person, until it no longer does', async () => {
    const known = await create();
    // From then on the desk knows whose number it is.
    await fromPhone(known.phone, 'สวัสดีค่ะ');
    const { personId } = (await world.call('GET', `/reminders/${known.id}`, { cookie })).body;
    const filed = await world.call('POST', '/cases', {
      cookie,
      body: {
        ...{ key: 'waits', kind: 'question', personId },
        details: { kind: 'matter', what: 'ขอหนังสือรับรอง', attachments: [] },
      },
    });
    const caseId = String(filed.body['caseId']);
    const act = (n: string, given: object): Promise<unknown> =>
      world.call('POST', `/cases/${caseId}/acts`, { cookie, body: { key: n, act: given } });
    await act('ask', { kind: 'ask-person', needs: ['สำเนาทะเบียนบ้าน'] });
    const ofCase = async (): Promise<(View & { caseId?: string }) | undefined> => {
      const all = (await world.call('GET', `/reminders?personId=${String(personId)}`, { cookie })).body;
      return (all['reminders'] as (View & { caseId?: string })[]).find(each => each.caseId === caseId);
    };
    await until('a reminder of the case', async () => (await ofCase())?.state === 'scheduled');
    await act('answer', { kind: 'answer', text: 'ออกหนังสือให้แล้ว' });
    await until('it is cancelled', async () => (await ofCase())?.state === 'cancelled');
  });

  it('counts those due on each Bangkok day of a month, and says where there are more than it counts', async () => {
    const first = Date.parse('2027-06-01T00:00:00+07:00');
    const due = [
      first,
      first + dayMs - 1,
      first + 4 * dayMs,
      ...Array.from({ length: 201 }, () => first + 9 * dayMs),
    ];
    const by = { kind: 'rule', rule: 'test' } as const;
    await Promise.all(
      due.map((dueAt, n) =>
        world.app.reminders.create({
          ...seedDraft(50_000 + n, dueAt),
          key: `calendar/${n}`,
          agencyId: 'operator',
          by,
        }),
      ),
    );
    const asked = (query: string) => world.call('GET', `/reminder-days?${query}`, { cookie });
    expect((await asked(`from=${first + 7 * 3_600_000}&days=30`)).body.days).toEqual([
      { day: '2027-06-01', count: 2, more: false },
      { day: '2027-06-05', count: 1, more: false },
      { day: '2027-06-10', count: 200, more: true },
    ]);
    expect((await asked(`from=${first + dayMs}&days=4`)).body.days).toEqual([
      { day: '2027-06-05', count: 1, more: false },
    ]);
    expect((await asked(`from=${first}&days=32`)).status).toBe(400);
    expect((await asked('from=0&days=1')).body).toEqual({ days: [] });
  });

  it('names the dates of law from which a reminder can be made', async () => {
    const { body } = await world.call('GET', '/reminder-dates', { cookie });
    const { dates } = body as { dates: (Pick<KnownDate, 'id' | 'text'> & { day?: number })[] };
    const tax = dates.find(({ id }) => id === 'income-tax');
    expect(tax).toMatchObject({ source: 'ประมวลรัษฎากร มาตรา 56', repeats: 'FREQ=YEARLY' });
    const { text, day = 0 } = tax ?? {};
    const made = await create({ purpose: 'renewal', text, dueAt: day + 9 * hourMs, leadsMs: [7 * dayMs] });
    expect(made.state).toBe('scheduled');
  });

  it('is made, seen and cancelled by an agency’s program with its key', async () => {
    const { clientId: key, ...rest } = draft();
    const send = (method: string, path: string, authorization: string, body?: object): Promise<Response> =>
      fetch(`${publicUrl}/api/v1/partner/reminders${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    expect((await send('POST', '', 'Bearer wrong', { ...rest, key })).status).toBe(401);
    const mine = `Bearer ${partnerKey}`;
    expect((await send('POST', '', mine, { ...rest, key })).status).toBe(200);
    const seen = (await (await send('GET', `/${String(key)}`, mine)).json()) as View;
    expect(seen.state).toBe('scheduled');
    const gone = (await (await send('DELETE', `/${String(key)}`, mine)).json()) as View;
    expect(gone.state).toBe('cancelled');
  });
});
