import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { type AppWorld, cookieFrom, startAppWorld } from '../support/app-world';
import { eventually, removeFolder, temporaryFolder } from '../support/product';
import { sampleEntry } from '../support/sample-entry';

const dayMs = 24 * 60 * 60 * 1000;
const password = 'a password of the test';
const newborn = 'p1-01';

interface Mail {
  readonly to: readonly string[];
  readonly text: string;
}

/** The body of a mail, whatever way its letters were packed. */
function bodyOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  return /content-transfer-encoding: base64/iu.test(head) ? Buffer.from(body, 'base64').toString() : body;
}

/** The product with a mail server beside it. */
describe('owners of entries that come due', () => {
  const folder = temporaryFolder();
  const mails: Mail[] = [];
  let smtp: SMTPServer;
  let world: AppWorld;
  let cookie: string;

  beforeAll(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        let raw = '';
        stream.on('data', (chunk: Buffer) => (raw += chunk.toString()));
        stream.on('end', () => {
          mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: bodyOf(raw) });
          done();
        });
      },
    });
    await new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', () => resolve()));
    const { port } = smtp.server.address() as AddressInfo;
    const file = join(folder, 'agencies.json');
    writeFileSync(file, JSON.stringify({ agencies: { operator: { email: 'content@town.example' } } }));
    world = await startAppWorld({
      AGENCIES_FILE: file,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'thamrat@town.example',
      DEMO: 'true',
      DEMO_PASSWORD: password,
    });
    cookie = cookieFrom(await world.call('POST', '/session', { body: { username: 'admin', password } }));
  });
  afterAll(async () => {
    await world.stop();
    await new Promise<void>(resolve => smtp.close(() => resolve()));
    removeFolder(folder);
  });

  it('are told by mail which entries, when it is near', async () => {
    const content = sampleEntry();
    const entry = `/knowledge/entries/${newborn}`;
    const saved = await world.call('PUT', entry, { cookie, body: { base: 0, content, why: 'a test' } });
    expect(saved.status).toBe(200);
    const reviewAt = world.now() + 30 * dayMs;
    expect((await world.call('PUT', `${entry}/plan`, { cookie, body: { reviewAt } })).status).toBe(200);

    expect(mails).toEqual([]);
    world.pass(20 * dayMs);
    const first = await eventually('the mail comes', () => mails[0], 30_000);
    expect(first.to).toEqual(['content@town.example']);
    expect(first.text).toContain(newborn);
    expect(first.text).toContain('ถึงเวลาทบทวน');
    expect(first.text).not.toMatch(/https?:/u);
  }, 60_000);
});
