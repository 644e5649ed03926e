import { createHmac } from 'node:crypto';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { CaseDraft } from '../core';
import { smtpMail } from '../server/mail';
import { createSeal } from '../store';
import { type CaseWorld, officerOf, openCases, shippedKnowledge } from '../tests/support/case-world';
import { type TestData, sqliteData } from '../tests/support/stores';
import { type Agencies, agenciesSchema } from './agencies';
import { deliver } from './deliver';
import {
  type Deliveries,
  createDeliveries,
  deliveriesCollection,
  triesPerDelivery,
  waitAfter,
} from './deliveries';
import { queueHooks } from './hooks';
import { queueMail } from './mails';

const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 7) }], Buffer.alloc(32, 8));
const secret = 'a secret of the test';
const sentences: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  th: require('../locales/th/mail.json'),
  en: require('../locales/en/mail.json'),
};
const sentence = (language: string, key: string, values: Readonly<Record<string, string>> = {}): string =>
  (sentences[language]?.[key] ?? key).replace(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? '');

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** Mails and hook calls through their outbox, to a real SMTP server and a real HTTP server. */
describe('sendings of cases', () => {
  let data: TestData;
  let world: CaseWorld;
  let deliveries: Deliveries;
  let smtp: SMTPServer;
  let http: Server;
  let mails: { to: string[]; text: string }[];
  let calls: { headers: IncomingMessage['headers']; body: string }[];
  let smtpAnswer: Error | undefined;
  let httpStatus: number;

  beforeEach(async () => {
    data = sqliteData();
    [mails, calls, smtpAnswer, httpStatus] = [[], [], undefined, 200];
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          if (!smtpAnswer) mails.push({ to: session.envelope.rcptTo.map(each => each.address), text });
          done(smtpAnswer);
        });
      },
    });
    http = createServer((request, response) => {
      void bodyOf(request).then(body => {
        calls.push({ headers: request.headers, body });
        response.writeHead(httpStatus).end();
      });
    });
    await Promise.all([
      new Promise<void>(resolve => smtp.listen(0, '127.0.0.1', () => resolve())),
      new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve)),
    ]);
    const port = (server: { address(): AddressInfo | string | null }): number =>
      (server.address() as AddressInfo).port;
    const agencies: Agencies = agenciesSchema.parse({
      agencies: {
        operator: { email: 'desk@agency.example', managers: ['boss@agency.example'] },
        ocpb: { email: 'ocpb@agency.example' },
      },
      hooks: [
        { name: 'all', url: `http://127.0.0.1:${port(http)}/hook`, secret },
        { name: 'other', url: `http://127.0.0.1:${port(http)}/hook`, secret, agencyId: 'nacc' },
      ],
    });
    const engine = data.engine();
    const collection = deliveriesCollection(engine);
    deliveries = createDeliveries(
      collection,
      deliver({
        agencies,
        seal,
        fetch,
        clock: () => world.now(),
        mail: smtpMail({ url: `smtp://127.0.0.1:${port(smtp.server)}`, from: 'thamrat@agency.example' }),
      }),
      () => world.now(),
    );
    const mailParts = {
      ...{ deliveries, agencies, seal, sentence },
      operatorAgencyId: 'operator',
      knowledge: shippedKnowledge,
      moment: (at: number) => new Date(at).toISOString(),
    };
    world = await openCases(engine, {
      connection: id => ({ email: id === 'ocpb' }),
      outlets: () => ({
        notify: () => Promise.resolve(),
        followers: () => Promise.resolve(),
        appointment: () => Promise.resolve(),
        mail: (record, pending) => queueMail(record, pending, mailParts),
        hook: (record, key, event) => queueHooks(record, key, event, { deliveries, agencies, seal }),
        handOn: () => Promise.resolve(true),
      }),
      seal,
    });
  });
  afterEach(async () => {
    http.closeAllConnections();
    await Promise.all([
      new Promise(resolve => http.close(resolve)),
      new Promise<void>(resolve => smtp.close(() => resolve())),
    ]);
    await data.remove();
  });

  const filed = (draft: Partial<CaseDraft>) => world.filed({ email: 'citizen@home.example', ...draft });
  const textOf = (mail: { text: string } | undefined): string => {
    const body = (mail?.text ?? '').replace(/^.*?\r\n\r\n/su, '');
    return /content-transfer-encoding: base64/iu.test(mail?.text ?? '')
      ? Buffer.from(body, 'base64').toString('utf8')
      : body
          .replace(/=\r\n/gu, '')
          .replace(/(=[0-9A-F]{2})+/gu, hex => Buffer.from(hex.replaceAll('=', ''), 'hex').toString('utf8'));
  };

  it('mails a new case to its agency and news to the person, without links or what was written', async () => {
    const { caseId, reference } = await filed({});
    await world.desk.act(caseId, officerOf('o-1'), 'a', { kind: 'answer', text: 'ความลับของคุณแดง' });
    await world.flush();
    await deliveries.run();
    await deliveries.run();
    expect(mails.map(mail => mail.to.join()).sort()).toEqual(['citizen@home.example', 'desk@agency.example']);
    const toPerson = textOf(mails.find(mail => mail.to.includes('citizen@home.example')));
    expect(toPerson).toContain(reference.replace(/(\d{4})(?=\d)/gu, '$1 '));
    for (const mail of mails) expect(textOf(mail)).not.toMatch(/https?:|www\.|ความลับ|ไฟถนน/u);
  });

  it('says nothing but where to call about a sensitive matter', async () => {
    const { caseId } = await filed({ topic: { kind: 'service', id: 'p2-14' } });
    const lead = officerOf('s-1', 'supervisor');
    await world.desk.act(caseId, lead, 'a', { kind: 'answer', text: 'ผล' });
    await world.flush();
    await deliveries.run();
    expect(textOf(mails.find(mail => mail.to.includes('citizen@home.example'))).trim()).toMatch(
      /^มีความคืบหน้า โทร [\d -]+$/u,
    );
    expect(calls).toEqual([]);
  });

  it('tells those who lead of an overdue case, once', async () => {
    const { dueAt } = await filed({ kind: 'callback' });
    world.pass(dueAt - world.now() + 1);
    await world.watch();
    await world.watch();
    await world.flush();
    await deliveries.run();
    expect(mails.filter(mail => mail.to.includes('boss@agency.example'))).toHaveLength(1);
  });

  it('tries again later while the server is not ready, and gives up what it refuses', async () => {
    smtpAnswer = Object.assign(new Error('try later'), { responseCode: 451 });
    await filed({});
    await world.flush();
    await deliveries.run();
    expect(mails).toEqual([]);
    smtpAnswer = undefined;
    await deliveries.run();
    expect(mails).toEqual([]);
    world.pass(waitAfter(1));
    await deliveries.run();
    expect(mails).toHaveLength(1);
    smtpAnswer = Object.assign(new Error('no such user'), { responseCode: 550 });
    await filed({ key: 'another' });
    await world.flush();
    await deliveries.run();
    expect(await deliveries.failed(10)).toHaveLength(1);
  });

  it('calls hooks signed, each event once, and only those that may hear of it', async () => {
    const { caseId, reference } = await filed({});
    await world.desk.act(caseId, officerOf('o-1'), 't', { kind: 'take' });
    await world.flush();
    await deliveries.run();
    expect(calls.map(call => (JSON.parse(call.body) as { event: string }).event)).toEqual(
      expect.arrayContaining(['case.filed', 'case.take']),
    );
    expect(calls).toHaveLength(2);
    for (const { headers, body } of calls) {
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(String(headers['thamrat-signature'])) ?? [];
      expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'));
      expect(JSON.parse(body).case).toMatchObject({ id: caseId, reference });
      expect(body).not.toMatch(/ไฟถนน|p-1|5678/u);
    }
  });

  it('repeats a call that failed under the same id, and everything since a moment when asked', async () => {
    const since = world.now();
    httpStatus = 503;
    await filed({});
    await world.flush();
    await deliveries.run();
    httpStatus = 200;
    world.pass(waitAfter(1));
    await deliveries.run();
    expect(calls).toHaveLength(2);
    expect(await deliveries.replay('hook:all', since)).toBe(1);
    await deliveries.run();
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(call => call.headers['thamrat-delivery'])).size).toBe(1);
  });

  it('waits ever longer, never more than an hour, and for a day at least', () => {
    const waits = Array.from({ length: triesPerDelivery - 1 }, (_, n) => waitAfter(n + 1));
    expect(waits.every((wait, n) => n === 0 || wait >= (waits[n - 1] ?? 0))).toBe(true);
    expect(Math.max(...waits)).toBe(60 * 60 * 1000);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(18 * 60 * 60 * 1000);
  });

  it('mails whatever somebody wrote as plain words: no markup, no headers, nobody else told', async () => {
    const hostile =
      '"><img src=x onerror=alert(1)>\r\nBcc: thief@evil.example\r\n\r\n.\r\nRCPT TO:<thief@evil.example>';
    await world.service.file({
      ...{ key: 'mail-hostile', kind: 'complaint', personId: 'p-1', conversationId: 'c-1', language: 'th' },
      channel: 'line',
      topic: { kind: 'complaint', id: 'c-20' },
      email: 'citizen@home.example',
      onBehalfOf: hostile,
      details: { kind: 'matter', what: hostile, where: { text: hostile }, when: hostile, attachments: [] },
    });
    await world.flush();
    await deliveries.run();
    await deliveries.run();
    expect(mails.map(textOf).join()).toContain('onerror=alert(1)');
    expect(mails.flatMap(mail => mail.to)).not.toContain('thief@evil.example');
    for (const { text } of mails) {
      const [head = ''] = text.split('\r\n\r\n', 1);
      expect(head).toMatch(/^content-type: text\/plain; charset=utf-8$/imu);
      expect(head).not.toMatch(/^bcc:|evil\.example|text\/html|multipart/imu);
    }
  });

  it('gives an agency that is handed a matter by mail the matter, and no number before it acknowledged', async () => {
    const outcome = await world.service.file({
      key: 'mail-1',
      kind: 'complaint',
      personId: 'p-1',
      conversationId: 'c-1',
      language: 'th',
      channel: 'line',
      topic: { kind: 'complaint', id: 'c-20' },
      details: { kind: 'matter', what: 'ร้านขายของหมดอายุ', attachments: [] },
    });
    expect(outcome).toMatchObject({ outcome: 'forwarding' });
    await world.flush();
    await deliveries.run();
    const toAgency = textOf(mails.find(mail => mail.to.includes('ocpb@agency.example')));
    expect(toAgency).toContain('ร้านขายของหมดอายุ');
    expect(toAgency).not.toMatch(/p-1|https?:/u);
    const caseId = outcome.outcome === 'forwarding' ? outcome.caseId : '';
    const before = await world.collections.cases.get(caseId);
    expect(before?.reference).toBeUndefined();
    const lead = officerOf('s-1', 'supervisor');
    const acknowledged = await world.desk.act(caseId, lead, 'ack', {
      kind: 'acknowledge',
      theirReference: 'สคบ 12',
    });
    expect(acknowledged).toMatchObject({
      case: { state: 'received', reference: expect.stringMatching(/^\d{12}$/u) },
    });
  });
});
