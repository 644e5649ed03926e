import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root';
import { type AppWorld, startAppWorld } from '../support/app-world';
import { eventually, removeFolder, temporaryFolder } from '../support/product';

const example = join(projectRoot(), 'docs', 'examples', 'agency-server');
const partnerKey = 'a key of the partner, long enough';

/** The sample agency of the documentation, as its page says to run it. */
async function startAgency(port = 0): Promise<{ url: string; child: ChildProcess; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(example, 'server.mjs'), String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
  const url = await eventually('the sample agency listens', () => /http:\S+/u.exec(printed)?.[0]);
  return {
    url,
    child,
    async stop() {
      child.kill();
      await gone;
    },
  };
}

describe('an agency with a system of its own', () => {
  let folder: string;
  let agency: Awaited<ReturnType<typeof startAgency>>;
  let world: AppWorld;

  beforeAll(async () => {
    folder = temporaryFolder();
    agency = await startAgency();
    const agencies = readFileSync(join(example, 'agencies.json'), 'utf8').replaceAll(
      '127.0.0.1:4000',
      new URL(agency.url).host,
    );
    const file = join(folder, 'agencies.json');
    writeFileSync(file, agencies);
    world = await startAppWorld({
      AGENCIES_FILE: file,
      PARTNER_API_KEYS: `shop:${partnerKey.replaceAll(/[ ,]/gu, '-')}:ocpb`,
    });
  }, 60_000);
  afterAll(async () => {
    await world.stop();
    await agency.stop();
    removeFolder(folder);
  });

  const partner = async (
    method: string,
    path: string,
    body?: object,
    key = partnerKey.replaceAll(/[ ,]/gu, '-'),
  ) => {
    const response = await fetch(`${world.url}/api/v1/partner${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const complaint = {
    key: 'one',
    kind: 'complaint',
    topic: { kind: 'complaint', id: 'c-20' },
    details: { kind: 'matter', what: 'ร้านไม่คืนเงินมัดจำ', attachments: [] },
    secondFacts: { phone: '0812345678' },
  };
  const atAgency = (method: string, body?: object) =>
    fetch(`${agency.url}/cases/AG-00001`, {
      method,
      headers: { authorization: 'Bearer sample-key', 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const status = async (reference: unknown, secondFact: unknown) =>
    (await world.call('POST', '/cases/status', { body: { reference, secondFact } })).body;

  it('is handed a complaint, acknowledges it, and is asked how it stands; last known when it is down', async () => {
    const filed = await partner('POST', '/cases', complaint);
    expect(filed.body).toMatchObject({ outcome: 'forwarding' });
    expect(filed.body['reference']).toBeUndefined();
    const numbered = await eventually('the agency acknowledged', async () => {
      const { body } = await partner('GET', `/cases/${String(filed.body['caseId'])}`);
      return typeof body['reference'] === 'string' ? body : undefined;
    });
    expect(numbered).toMatchObject({ state: 'received', reference: expect.stringMatching(/^\d{12}$/u) });
    const again = await partner('POST', '/cases', complaint);
    expect(again.body).toMatchObject({
      outcome: 'filed',
      caseId: filed.body['caseId'],
      reference: numbered['reference'],
    });

    const pin = again.body['pin'];
    expect(await status(numbered['reference'], pin)).toMatchObject({
      case: { agencyStatus: { text: 'รับเรื่องแล้ว รอเจ้าหน้าที่ตรวจ', reachable: true } },
    });
    await atAgency('PATCH', { state: 'นัดไกล่เกลี่ย <b>1 ธ.ค.</b>', fee: 'ไม่มี' });
    world.pass(2_000);
    expect(await status(numbered['reference'], '5678')).toMatchObject({
      case: { agencyStatus: { text: 'นัดไกล่เกลี่ย 1 ธ.ค.', fee: 'ไม่มี', reachable: true } },
    });
    const stopped = new URL(agency.url).port;
    await agency.stop();
    world.pass(2_000);
    expect(await status(numbered['reference'], '5678')).toMatchObject({
      case: { agencyStatus: { text: 'นัดไกล่เกลี่ย 1 ธ.ค.', reachable: false } },
    });
    agency = await startAgency(Number(stopped));
  }, 60_000);

  it('lets in only who shows a key', async () => {
    expect((await partner('GET', '/cases', undefined, 'wrong')).status).toBe(401);
    expect((await partner('GET', '/cases', undefined, '')).status).toBe(401);
    expect((await partner('GET', '/cases')).status).toBe(200);
  });

  it('is described with every route', async () => {
    const response = await fetch(`${world.url}/api/openapi.json`);
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
    for (const { method, path } of world.app.routes)
      expect(paths[path.replace(/:(\w+)/gu, '{$1}')]).toHaveProperty(method);
  });
});
