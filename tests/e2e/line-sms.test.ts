import {
  type LineStandIn,
  lineCall,
  lineEvent,
  lineUserId,
  redelivered,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';
import {
  type Fields,
  type TwilioStandIn,
  incomingText,
  signTwilio,
  startTwilioStandIn,
  twilioForm,
} from '../support/twilio-standin';

const secret = 'line-journey-secret';
const twilioAccount = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'sms-journey-token' };
/** What the product takes for its address while `PUBLIC_URL` is not set and any free port is asked for. */
const publicUrl = 'http://127.0.0.1:0';
const officialNumber = '+15005550006';
const citizen = '+66812345678';

/** Everything found under a key, at any depth. */
function all(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<unknown>(Object(value)).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...all(inner, key),
  ]);
}

describe('a citizen on LINE and by SMS', () => {
  let dataDir: string;
  let line: LineStandIn;
  let twilio: TwilioStandIn;
  let product: Product;

  beforeAll(async () => {
    dataDir = temporaryFolder();
    line = await startLineStandIn();
    twilio = await startTwilioStandIn(twilioAccount);
    product = await startProduct({
      dataDir,
      env: {
        LINE_CHANNEL_SECRET: secret,
        LINE_CHANNEL_ACCESS_TOKEN: 'token',
        LINE_API_BASE_URL: line.url,
        TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
        TWILIO_AUTH_TOKEN: twilioAccount.authToken,
        TWILIO_FROM: officialNumber,
        TWILIO_API_BASE_URL: twilio.url,
      },
    });
  });
  afterAll(async () => {
    await product.stop();
    await Promise.all([line.stop(), twilio.stop()]);
    removeFolder(dataDir);
  });

  async function fromLine(...events: unknown[]): Promise<number> {
    const body = lineCall(events);
    const headers = { 'content-type': 'application/json', 'x-line-signature': signLine(secret, body) };
    return (await fetch(`${product.url}/webhooks/line`, { method: 'POST', headers, body })).status;
  }
  const nextOnLine = (known: number) => eventually('an answer on LINE', () => line.accepted()[known]);

  async function bySms(fields: Fields, path = '/webhooks/twilio/sms'): Promise<Response> {
    const signature = signTwilio(twilioAccount.authToken, `${publicUrl}${path}`, fields);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
    return fetch(`${product.url}${path}`, { method: 'POST', headers, body: twilioForm(fields) });
  }
  const text = (body: string): Fields => incomingText({ from: citizen, to: officialNumber, body });
  const nextText = (known: number) => eventually('an answer by SMS', () => twilio.accepted()[known]);

  it('asks on LINE, gets a reply by its token, and taps a choice', async () => {
    const person = lineUserId('journey');
    const asked = lineEvent.text({ from: person, text: 'ทำบัตรปชช.หายต้องทำไง' });
    expect(await fromLine(asked)).toBe(200);
    const answer = await nextOnLine(0);
    expect(answer).toMatchObject({ kind: 'reply', replyToken: asked.replyToken });
    const [choice] = all(answer.messages, 'quickReply').flatMap(each => all(each, 'data'));
    expect(typeof choice).toBe('string');

    expect(await fromLine(lineEvent.postback({ from: person, data: String(choice) }))).toBe(200);
    expect(await nextOnLine(1)).toMatchObject({ kind: 'reply' });

    expect(await fromLine(redelivered(asked))).toBe(200);
    expect(await fromLine(lineEvent.text({ from: person, text: 'ขอบคุณ' }))).toBe(200);
    const thanks = await nextOnLine(2);
    expect(JSON.stringify(thanks.messages)).toMatch(/ยินดี/u);
    expect(line.accepted()).toHaveLength(3);
  });

  it('is greeted on following, and not spoken to after blocking', async () => {
    const known = line.accepted().length;
    const person = lineUserId('follower');
    expect(await fromLine(lineEvent.follow({ from: person }))).toBe(200);
    expect(JSON.stringify((await nextOnLine(known)).messages)).toMatch(/ถามรัฐ/u);
    expect(await fromLine(lineEvent.unfollow({ from: person }))).toBe(200);
    expect(await fromLine(lineEvent.text({ from: lineUserId('another'), text: 'ขอบคุณ' }))).toBe(200);
    await nextOnLine(known + 1);
    expect(line.accepted()).toHaveLength(known + 2);
  });

  it('asks by SMS, gets numbers to answer with, and answers with one', async () => {
    const asked = text('ทำบัตรปชช.หายต้องทำไง');
    const response = await bySms(asked);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/xml/u);
    expect(await response.text()).toMatch(/<Response\/>$/u);
    const answer = await nextText(0);
    expect(answer).toMatchObject({ to: citizen, from: officialNumber });
    expect(answer.body).toMatch(/^1 .+$/mu);
    expect(answer.body).not.toMatch(/https?:/u);

    expect((await bySms(asked)).status).toBe(200);
    expect((await bySms(text('1'))).status).toBe(200);
    expect((await nextText(1)).body).not.toBe(answer.body);
    expect(twilio.accepted()).toHaveLength(2);
  });

  it('is refused with a signature over another address', async () => {
    const fields = text('สวัสดี');
    const signature = signTwilio(twilioAccount.authToken, `${product.url}/webhooks/twilio/sms`, fields);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
    const response = await fetch(`${product.url}/webhooks/twilio/sms`, {
      method: 'POST',
      headers,
      body: twilioForm(fields),
    });
    expect(response.status).toBe(401);
    expect(twilio.accepted()).toHaveLength(2);
  });

  it('has news of a text taken in', async () => {
    const [sent] = twilio.accepted();
    const fields: Fields = {
      MessageSid: sent?.sid ?? '',
      MessageStatus: 'delivered',
      To: citizen,
      From: officialNumber,
    };
    expect((await bySms(fields, '/webhooks/twilio/status')).status).toBe(200);
  });
});
