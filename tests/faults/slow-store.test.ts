import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { loadKeys } from '../../server/keys';
import { createRecords, mongoEngine } from '../../store';
import {
  type LineEvent,
  type LineStandIn,
  lineCall,
  lineEvent,
  lineUserId,
  signLine,
  startLineStandIn,
} from '../support/line-standin';
import { type Product, eventually, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { type SlowProxy, slowProxy } from '../support/slow-proxy';

/** LINE breaks a call off after 2 s and counts it as an error. */
const lineWaitsMs = 2_000;
const secret = 'slow-store-secret';
const known = Array.from({ length: 40 }, (_, index) => lineUserId(`known-${index}`));
const strangers = Array.from({ length: 10 }, (_, index) => lineUserId(`stranger-${index}`));
const { MONGODB_URL, REDIS_URL } = process.env;

(MONGODB_URL && REDIS_URL ? describe : describe.skip)(
  'a slow store and a silent vendor (needs MONGODB_URL and REDIS_URL)',
  () => {
    const dataDir = temporaryFolder();
    const database = `slow_${randomBytes(6).toString('hex')}`;
    let wire: SlowProxy;
    let line: LineStandIn;
    let product: Product;

    beforeAll(async () => {
      const url = new URL(MONGODB_URL ?? '');
      wire = await slowProxy({ host: url.hostname, port: Number(url.port || '27017') });
      line = await startLineStandIn();
      line.script(() => ({ kind: 'hang', accept: false }));
      product = await startProduct({
        dataDir,
        env: {
          MONGODB_URL: `mongodb://127.0.0.1:${wire.port}/${database}`,
          REDIS_URL: REDIS_URL ?? '',
          LINE_CHANNEL_SECRET: secret,
          LINE_CHANNEL_ACCESS_TOKEN: 'slow-store-token',
          LINE_API_BASE_URL: line.url,
        },
      });
    });

    afterAll(async () => {
      wire.late(0);
      await product.stop();
      await Promise.all([wire.stop(), line.stop()]);
      removeFolder(dataDir);
    });

    /** Status of the answer; rejects when there was none while LINE would have waited. */
    async function call(event: LineEvent): Promise<number> {
      const body = lineCall([event]);
      const response = await fetch(`${product.url}/webhooks/line`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-line-signature': signLine(secret, body) },
        body,
        signal: AbortSignal.timeout(lineWaitsMs),
      });
      await response.arrayBuffer();
      return response.status;
    }

    const questions = (users: readonly string[]): LineEvent[] =>
      users.map(from => lineEvent.text({ from, text: 'บัตรประชาชนหายทำไง' }));

    it('answers in time: stored, or to be sent again; and everything is there in the end', async () => {
      const before = questions(known);
      expect(new Set(await Promise.all(before.map(call)))).toEqual(new Set([200]));

      // Half a second for each answer of the store: kept in time, or refused so that LINE comes again. Strangers cost several answers.
      wire.late(500);
      const slow = [...questions(known), ...questions(strangers)];
      const statuses = await Promise.all(slow.map(call));
      expect(statuses.filter(status => status !== 200 && status !== 503)).toEqual([]);

      wire.late(Infinity);
      const stuck = questions(known);
      expect(new Set(await Promise.all(stuck.map(call)))).toEqual(new Set([503]));

      wire.late(0);
      line.script(() => undefined);
      for (const event of [...slow, ...stuck]) {
        await eventually('what was refused is taken', async () => (await call(event)) === 200);
      }

      const engine = mongoEngine({ url: new URL(`/${database}`, MONGODB_URL).href });
      const records = createRecords({
        engine,
        seal: loadKeys({ dataDir }).seal,
        ids: uuid,
        agencyId: 'operator',
      });
      await engine.open();
      try {
        for (const event of [...before, ...slow, ...stuck]) {
          await eventually(`event ${event.webhookEventId} is done`, async () => {
            const record = await records.inbox.get(`line:main:${event.webhookEventId}`);
            return record?.state === 'done';
          });
        }
      } finally {
        await engine.close();
      }
    });
  },
);
