import { connect } from 'node:net';
import {
  signLine,
  lineCall,
  lineEvent,
  lineUserId,
  startLineStandIn,
  type LineStandIn,
} from '../support/line-standin';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';

const secret = 'bad-input-secret';

describe('bad input at the LINE webhook', () => {
  let dataDir: string;
  let line: LineStandIn;
  let product: Product;

  beforeAll(async () => {
    dataDir = temporaryFolder();
    line = await startLineStandIn();
    product = await startProduct({
      dataDir,
      env: { LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: 'token', LINE_API_BASE_URL: line.url },
    });
  });
  afterAll(async () => {
    await product.stop();
    await line.stop();
    removeFolder(dataDir);
  });

  const post = (body: string | Buffer, signature?: string): Promise<Response> =>
    fetch(`${product.url}/webhooks/line`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'x-line-signature': signature }),
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  const signed = (body: string | Buffer): Promise<Response> => post(body, signLine(secret, body));
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${product.url}/metrics`)).text();
    return Number(new RegExp(`^${name.replace(/[{}]/gu, '\\$&')} (\\S+)`, 'mu').exec(text)?.[1] ?? '0');
  };

  const good = (): string =>
    lineCall([lineEvent.text({ from: lineUserId('someone'), text: 'สวัสดี', at: Date.now() })]);

  it.each([
    ['missing', (): undefined => undefined],
    ['of another body', () => signLine(secret, '{}')],
    ['of another secret', (body: string) => signLine('other', body)],
    ['too short', () => 'AAAA'],
    ['empty', () => ''],
    ['of a re-made body', (body: string) => signLine(secret, JSON.stringify(JSON.parse(body), null, 1))],
  ])('refuses a signature that is %s, and stores nothing', async (_, sign) => {
    const accepted = await metric('thamrat_webhook_events_total{what="accepted",channel="line"}');
    const body = good();
    expect((await post(body, sign(body))).status).toBe(401);
    expect(await metric('thamrat_webhook_events_total{what="accepted",channel="line"}')).toBe(accepted);
  });

  it.each([
    ['cut off', '{"destination":"U', 400],
    ['a list', '[]', 400],
    ['empty', '', 400],
    ['too large', `{"destination":"x","events":[],"pad":"${'x'.repeat(1_100_000)}"}`, 413],
    ['a check of the address', '{"destination":"Uxx","events":[]}', 200],
    [
      'of a type nobody knows',
      lineCall([
        { ...lineEvent.text({ from: lineUserId('a'), text: 'x', at: Date.now() }), type: 'hologram' },
      ]),
      200,
    ],
  ])('answers a body that is %s', async (_, body, status) => {
    expect((await signed(body)).status).toBe(status);
  });

  const texts: readonly (readonly [string, string])[] = [
    ['a hundred thousand characters', 'ก'.repeat(100_000)],
    ['lone surrogates', `x${'\ud83d'.repeat(500)}y\udc00`],
    ['control characters', '\u0000\u0001\u0008\u001b[2J\u007fสวัสดี'],
    ['a flood of zero-width characters', '\u200b\u200d\ufeff'.repeat(20_000)],
    ['right-to-left overrides', '\u202e\u2066\u202dเบี้ยผู้สูงอายุ\u2069'],
    ['stacked tone marks', `ก${'\u0e48\u0e49\u0e4a\u0e4b\u0e34\u0e35'.repeat(5_000)}`],
    ['names of the prototype', '__proto__ constructor toString'],
    ['operators of a database', '{"$where":"sleep(1000)","$gt":""}'],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ];

  it.each(texts)('answers %s and goes on', async (name, text) => {
    const from = lineUserId(name);
    const before = line.accepted().length;
    const body = lineCall([lineEvent.text({ from, text, at: Date.now() })]);
    expect((await signed(body)).status).toBe(200);
    await eventually('an answer', () => line.accepted().length > before);
    const next = line.accepted().length;
    expect((await signed(lineCall([lineEvent.text({ from, text: 'ขอบคุณ', at: Date.now() })]))).status).toBe(
      200,
    );
    await eventually('the next answer', () => line.accepted().length > next);
  });

  it('answers other clients while one sends its body slowly and never ends', async () => {
    const { hostname, port } = new URL(product.url);
    const slow = connect(Number(port), hostname);
    slow.write('POST /webhooks/line HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{');
    const before = line.accepted().length;
    expect((await signed(good())).status).toBe(200);
    await eventually('an answer', () => line.accepted().length > before);
    slow.destroy();
  });

  it('answers 404 where no channel is configured, and says so as JSON', async () => {
    const response = await fetch(`${product.url}/webhooks/twilio/sms`, { method: 'POST' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('ends without having failed in a way nobody foresaw', async () => {
    expect(await metric('thamrat_errors_total')).toBe(0);
  });
});
