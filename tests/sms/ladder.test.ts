import { type AppWorld, cookieFrom, freePort, startAppWorld } from '../support/app-world';
import { type CitizenClient, openCitizen } from '../support/desk-clients';
import {
  type LineStandIn,
  lineCall,
  lineEvent,
  lineUserId,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import { eventually } from '../support/product';
import { reminderBody } from '../support/reminder-body';
import {
  type Fields,
  type TwilioStandIn,
  incomingText,
  signTwilio,
  startTwilioStandIn,
  twilioForm,
} from '../support/twilio-standin';

const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'ladder-token' };
const officialNumber = '+15005550006';
const lineSecret = 'ladder-line-secret';
const dayMs = 24 * 60 * 60 * 1000;

interface View {
  readonly id: string;
  readonly state: string;
  readonly personId?: string;
  readonly conversationId?: string;
  readonly answer?: string;
  readonly history: readonly { what: string; way?: string; why?: string; answer?: string }[];
}

describe('the ladder of a reminder, over the product with its providers beside it', () => {
  let twilio: TwilioStandIn;
  let line: LineStandIn;
  let world: AppWorld;
  let publicUrl: string;
  let cookie: string;
  let made = 0;
  let calls = 0;
  const citizens: CitizenClient[] = [];

  beforeAll(async () => {
    const clock = (): number => world.now();
    [twilio, line] = await Promise.all([
      startTwilioStandIn({ ...account, clock }),
      startLineStandIn({ clock }),
    ]);
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
        LINE_CHANNEL_SECRET: lineSecret,
        LINE_CHANNEL_ACCESS_TOKEN: 'token',
        LINE_API_BASE_URL: line.url,
      },
      port,
    );
    await world.app.demo;
    await later(0);
  });
  afterAll(async () => {
    citizens.forEach(citizen => citizen.close());
    await world.stop();
    await Promise.all([twilio.stop(), line.stop()]);
  });

  /** Time passes, and the officer signs in again: sessions end by themselves. */
  async function later(ms: number): Promise<void> {
    world.pass(ms);
    const body = { username: 'officer', password: 'demo-password-1' };
    cookie = cookieFrom(await world.call('POST', '/session', { body }));
  }

  const newPhone = (): string => `+668${String(20_000_000 + (made += 1))}`;

  async function create(over: object = {}): Promise<View> {
    const body = { ...reminderBody(`ladder-${(made += 1)}`, world.now()), ...over };
    const answer = await world.call('POST', '/reminders', { cookie, body });
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer.body as unknown as View;
  }
  const view = async (id: string): Promise<View> =>
    (await world.call('GET', `/reminders/${id}`, { cookie })).body as unknown as View;
  const reaches = (id: string, what: string, way?: string): Promise<View> =>
    eventually(`${id} is ${what}`, async () => {
      const seen = await view(id);
      return seen.history.some(each => each.what === what && (way === undefined || each.way === way)) && seen;
    });

  async function signed(path: string, fields: Fields): Promise<string> {
    const url = `${publicUrl}${path}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signTwilio(account.authToken, url, fields),
      },
      body: twilioForm(fields),
    });
    expect(response.status).toBe(200);
    return response.text();
  }
  const fromPhone = (from: string, body: string): Promise<string> =>
    signed(
      '/webhooks/twilio/sms',
      incomingText({ from, to: officialNumber, body, accountSid: account.accountSid }),
    );

  /** A person calls the number that stands in the text; resolves with how to press a key, and what was read. */
  async function callsUs(
    from: string,
  ): Promise<{ readonly read: string; press(digit: string): Promise<string> }> {
    const sid = `CA${String((calls += 1)).padStart(32, '0')}`;
    const call = { AccountSid: account.accountSid, CallSid: sid, From: from, To: officialNumber };
    const inbound = { ...call, Direction: 'inbound', CallStatus: 'ringing' };
    const read = await signed('/webhooks/twilio/voice', inbound);
    const action = new URL(
      /action="([^"]+)"/u.exec(read)?.[1]?.replaceAll('&amp;', '&') ?? '/none',
      publicUrl,
    );
    return {
      read,
      press: Digits => signed(`${action.pathname}${action.search}`, { ...inbound, Digits }),
    };
  }

  const user = lineUserId('ladder');
  const toUser = (): readonly string[] =>
    line
      .accepted()
      .flatMap(each =>
        each.messages.map(message =>
          JSON.stringify([message['text'], message['altText'], message['contents']]),
        ),
      );
  async function onLine(text: string, from = user): Promise<string> {
    const known = line.accepted().length;
    const body = lineCall([lineEvent.text({ from, text, at: world.now() })]);
    const headers = { 'content-type': 'application/json', 'x-line-signature': signLine(lineSecret, body) };
    expect((await fetch(`${publicUrl}/webhooks/line`, { method: 'POST', headers, body })).status).toBe(200);
    await eventually('an answer on LINE', () => line.accepted()[known]);
    return toUser().slice(-1).join('');
  }

  /** The person of a LINE chat, known by a reminder they set themselves. */
  async function onLineWithReminder(from: string, what: string): Promise<View> {
    await onLine(`เตือนฉัน${what} 20 ธ.ค. 2569 เก้าโมงเช้า`, from);
    await onLine('1', from);
    await onLine('1', from);
    return eventually('a reminder of their own', async () => {
      const { body } = await world.call('GET', '/reminders?limit=100', { cookie });
      const all = body['reminders'] as (View & { text: unknown })[];
      return all.find(each => JSON.stringify(each.text).includes(what));
    });
  }

  it('tells on LINE what was set on LINE, and lets it be cancelled there by its name', async () => {
    const first = await onLineWithReminder(user, 'ต่อใบขับขี่');
    const second = await onLineWithReminder(user, 'จ่ายภาษีรถ');
    expect(await onLine('ยกเลิกการเตือน')).toContain('เรื่องไหน');
    const { body } = await world.call('GET', `/reminders?personId=${first.personId}`, { cookie });
    const ahead = (body['reminders'] as View[]).filter(each => each.state === 'scheduled');
    expect(ahead.map(each => each.id).sort()).toEqual([first.id, second.id].sort());
    await onLine('1');
    const gone = await eventually('one is cancelled', async () =>
      (await Promise.all([view(first.id), view(second.id)])).find(each => each.state === 'cancelled'),
    );
    const left = gone.id === first.id ? second : first;
    // A week before, at nine.
    await later(18 * dayMs);
    await reaches(left.id, 'sent', 'line');
    expect((await view(gone.id)).history.map(each => each.what)).not.toContain('sent');
  });

  it('goes on to LINE where the number takes no text', async () => {
    const other = lineUserId('ladder-second');
    const { personId, conversationId } = await onLineWithReminder(other, 'ไปรับเบี้ย');
    const phone = newPhone();
    twilio.refuse(phone, 21614);
    const { id } = await create({
      ...{ personId, conversationId, phone },
      ladder: [{ way: 'sms' }, { way: 'line' }],
    });
    await later(dayMs);
    const seen = await reaches(id, 'sent', 'line');
    expect(seen.history.some(each => each.what === 'failed' && each.way === 'sms')).toBe(true);
    expect(toUser().some(each => each.includes('ทำบัตรประชาชน'))).toBe(true);
  });

  it('goes on to the page of the web chat, which shows it while it is open', async () => {
    const citizen = await openCitizen(world.url);
    citizens.push(citizen);
    await citizen.say('สวัสดี');
    const phone = newPhone();
    twilio.refuse(phone, 30006);
    const { id } = await create({
      ...{ conversationId: citizen.conversation, phone },
      ladder: [{ way: 'sms' }, { way: 'webchat' }],
    });
    await later(dayMs);
    await reaches(id, 'sent', 'webchat');
    await eventually('it stands in the chat', () =>
      citizen.heard.some(each => JSON.stringify(each).includes('ทำบัตรประชาชน')),
    );
  });

  it.each([
    ['1', 'come'],
    ['2', 'move'],
    ['3', 'call'],
  ])('hears key %s of whoever calls the number as "%s"', async (digit, answer) => {
    const phone = newPhone();
    const { id } = await create({ phone });
    await later(dayMs);
    await reaches(id, 'sent');
    const call = await callsUs(phone);
    expect(call.read).toContain('ทำบัตรประชาชน');
    expect(await call.press(digit)).toContain('รับทราบ');
    const seen = await reaches(id, 'answered');
    expect(seen.history.find(each => each.what === 'answered')?.answer).toBe(answer);
  });

  it('reads nothing to a number that was told nothing', async () => {
    expect((await callsUs(newPhone())).read).not.toContain('Gather');
  });

  it('stops one purpose on all channels, and leaves the others', async () => {
    const from = lineUserId('ladder-stop');
    const own = await onLineWithReminder(from, 'นัดหมอฟัน');
    const phone = newPhone();
    const whose = { personId: own.personId, conversationId: own.conversationId, phone };
    const first = await create(whose);
    const onLineLater = await create({
      ...whose,
      ladder: [{ way: 'line' }],
      dueAt: world.now() + 9 * dayMs,
    });
    const other = await create({
      ...whose,
      purpose: 'document',
      text: { template: 'document', values: { document: { kind: 'text', text: 'ใบขับขี่' } } },
      dueAt: world.now() + 9 * dayMs,
    });
    await later(dayMs);
    await reaches(first.id, 'sent');
    await fromPhone(phone, 'STOP');
    await reaches(onLineLater.id, 'cancelled');
    expect((await view(other.id)).state).toBe('scheduled');
  });

  it('holds a wrong number against it when a relative says so, and tells nobody there again', async () => {
    const phone = newPhone();
    const first = await create({ phone });
    await later(dayMs);
    await reaches(first.id, 'sent');
    await fromPhone(phone, 'ผิดเบอร์ค่ะ ไม่รู้จักคนนี้');
    const seen = await reaches(first.id, 'answered');
    expect(seen.history.find(each => each.what === 'answered')?.answer).toBe('wrong-person');
    const texts = twilio.accepted().filter(each => each.to === phone && each.body.includes('ทำบัตร')).length;
    const again = await create({ phone, personId: seen.personId });
    await later(dayMs);
    await reaches(again.id, 'failed');
    expect(twilio.accepted().filter(each => each.to === phone && each.body.includes('ทำบัตร'))).toHaveLength(
      texts,
    );
  });
});
