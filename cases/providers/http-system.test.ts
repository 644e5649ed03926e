import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemSchema } from '../agencies';
import { type AgencySystemClient, agencySystem, plainWords } from './http-system';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A system on a real socket that answers as the test says, and counts. */
describe('the system of an agency', () => {
  let server: Server;
  let answer: Answer;
  let asked: string[];
  let now: number;
  let system: AgencySystemClient;

  beforeEach(async () => {
    asked = [];
    now = Date.UTC(2026, 10, 25, 3);
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
      answer(request, response);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    system = agencySystem({
      system: systemSchema.parse({
        baseUrl: `http://127.0.0.1:${port}/api`,
        headers: { authorization: 'Bearer secret' },
        status: {
          path: '/cases/{reference}',
          text: 'data.state.th',
          asOf: 'data.at',
          fee: 'data.fee',
          paid: 'data.paid',
        },
        file: { path: '/cases', reference: 'data.number' },
        timeoutMs: 200,
        cacheMs: 60_000,
        breaker: { failures: 3, openMs: 30_000 },
      }),
      fetch,
      clock: () => now,
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const json =
    (body: unknown): Answer =>
    (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
  const good = json({
    data: { state: { th: 'รอชำระเงิน' }, at: '2026-11-24T02:00:00Z', fee: '500 บาท', paid: false },
  });

  it('is read by the fields that the operator named, with the operator’s credentials', async () => {
    answer = good;
    expect(await system.status('AB/12 3')).toEqual({
      outcome: 'read',
      status: { text: 'รอชำระเงิน', asOf: Date.UTC(2026, 10, 24, 2), fee: '500 บาท', paid: false },
    });
    expect(asked).toEqual(['GET /api/cases/AB%2F12%203 Bearer secret']);
  });

  it('is asked once for many who ask at once, and again when the answer is old', async () => {
    answer = good;
    await Promise.all(Array.from({ length: 20 }, () => system.status('1')));
    now += 59_000;
    await system.status('1');
    expect(asked).toHaveLength(1);
    now += 2_000;
    await system.status('1');
    expect(asked).toHaveLength(2);
  });

  const bad: readonly [string, Answer][] = [
    ['that answers 500', (_request, response) => response.writeHead(500).end('{}')],
    ['that never answers', () => undefined],
    ['that stops in the middle', (_request, response) => void response.write('{"data":')],
    ['that closes the connection', request => request.socket.destroy()],
    ['that sends no JSON', (_request, response) => response.end('<html>ปิดปรับปรุง</html>')],
    ['that sends something else', json({ data: 'x' })],
    ['that sends an object for the text', json({ data: { state: { th: { evil: true } } } })],
    ['that sends 10 MB', (_request, response) => response.end(`{"data":"${'x'.repeat(10_000_000)}"}`)],
    [
      'that sends us elsewhere',
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['that nests 30,000 deep', (_request, response) => response.end('['.repeat(30_000))],
    [
      'that sends a byte at a time and never ends',
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
    ['that names inherited fields', json({ data: JSON.parse('{"__proto__":{"state":{"th":"x"}}}') })],
  ];
  it.each(bad)('is an outcome and no failure when it is one %s', async (_, wrong) => {
    answer = wrong;
    expect(await system.status('1')).toMatchObject({ outcome: 'down' });
    // What is wrong is not remembered: the next answer counts.
    answer = good;
    expect(await system.status('1')).toMatchObject({ outcome: 'read' });
  });

  it('does not know a number: that is an answer', async () => {
    answer = (_request, response) => response.writeHead(404).end('{}');
    expect(await system.status('1')).toEqual({ outcome: 'unknown' });
    expect(system.reachable()).toBe(true);
  });

  it('is left alone after it failed several times, and tried again with one call', async () => {
    answer = (_request, response) => response.writeHead(503).end();
    for (let n = 0; n < 10; n += 1) expect(await system.status(`${n}`)).toMatchObject({ outcome: 'down' });
    expect(asked).toHaveLength(3);
    expect(system.reachable()).toBe(false);
    now += 30_000;
    await Promise.all(Array.from({ length: 5 }, (_, n) => system.status(`again ${n}`)));
    expect(asked).toHaveLength(4);
    answer = good;
    now += 30_000;
    expect(await system.status('1')).toMatchObject({ outcome: 'read' });
    expect(await system.status('2')).toMatchObject({ outcome: 'read' });
  });

  it('acknowledges what it is handed, or does not', async () => {
    const matter = { id: 'case-1', kind: 'complaint', filedAt: '2026-11-25T03:00:00Z', details: {} };
    answer = json({ data: { number: 'กค-77' } });
    expect(await system.handOn(matter)).toEqual({ outcome: 'acknowledged', theirReference: 'กค-77' });
    answer = json({ ok: true });
    expect(await system.handOn(matter)).toMatchObject({ outcome: 'down' });
    answer = (_request, response) => response.writeHead(409).end('{}');
    expect(await system.handOn(matter)).toMatchObject({ outcome: 'down' });
  });

  it.each([
    ['<script>alert(1)</script>อนุมัติแล้ว', 'อนุมัติแล้ว'],
    ['<img src=x onerror=alert(1)>รอเอกสาร', 'รอเอกสาร'],
    ['เสร็จ\u0000\u202Eแล้ว\n\nครับ', 'เสร็จ แล้ว ครับ'],
    ['a < b', 'a b'],
    ['   ', undefined],
    [['x'], undefined],
    ['ก'.repeat(5_000), 'ก'.repeat(500)],
  ])('has its words taken as plain text: %p', (given, expected) => expect(plainWords(given)).toBe(expected));
});
