import { Queue, Worker, createNodeRedisClient } from 'bullmq';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { createClient } from 'redis';
import { v7 as uuid } from 'uuid';
import { type App, createApp } from '../server/app';
import { readConfig } from '../server/config';
import { hasRedisServer, redisProcess } from '../tests/support/redis-process';
import { removeFolder, temporaryFolder } from '../tests/support/product';
import { seedDraft } from '../tests/support/reminder-seed';
import { type TwilioChild, twilioChild } from '../tests/support/twilio-child';
import { type BenchResult, against, alone } from './result';

/** Scheduled reminders; `BENCH_REMINDERS=100000` measures only the smaller one. */
const sizes = (process.env['BENCH_REMINDERS'] ?? '100000,1000000').split(',').map(Number);
const due = 5_000;
const atOnce = 500;
const dayMs = 24 * 60 * 60 * 1000;
/** A Wednesday at ten in Bangkok: an hour at which anything may be sent. */
const morning = Date.UTC(2026, 11, 2, 3);

interface Measured {
  readonly perSecond: number;
  readonly sendsPerSecond: number;
  /** By the processor time of the sending process alone: what a machine that does nothing else would reach on one core. */
  readonly sendsPerCpuSecond: number;
  /** Memory of whoever keeps what is scheduled, MB. */
  readonly megabytes: number;
}

interface Ours extends Measured {
  /** Finding out that nothing is due, ms. */
  readonly lookMs: number;
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

const megabytes = (bytes: number): number => bytes / 1024 / 1024;

async function sentBy(twilio: TwilioChild, count: number): Promise<void> {
  for (let known = -1, same = 0; same < 400;) {
    const now = await twilio.count();
    if (now >= count) return;
    same = now === known ? same + 1 : 0;
    known = now;
    await pause(25);
  }
  throw new Error(`only ${await twilio.count()} of ${count} were sent`);
}

async function schedule(app: App, size: number): Promise<number> {
  const startedAt = performance.now();
  for (let first = 0; first < size; first += atOnce) {
    const drafts = Array.from({ length: Math.min(atOnce, size - first) }, (_, n) => {
      const number = first + n;
      // The due ones are told a minute from now; the others lie over the next year.
      const later = ((number * 7_919) % 365) * dayMs + 2 * dayMs;
      return seedDraft(number, morning + dayMs + (number < due ? 60_000 : later));
    });
    const made = await Promise.all(drafts.map(draft => app.reminders.create(draft)));
    const wrong = made.find(each => each.outcome !== 'created');
    if (wrong) throw new Error(`not created: ${JSON.stringify(wrong)}`);
  }
  return size / ((performance.now() - startedAt) / 1_000);
}

/** The product in this process, its provider in another. */
async function ours(size: number, twilio: TwilioChild, progress: (line: string) => void): Promise<Ours> {
  const dataDir = temporaryFolder();
  let ahead = 0;
  const begun = performance.now();
  const clock = (): number => morning + ahead + Math.floor(performance.now() - begun);
  const config = readConfig({
    ...{ DATA_DIR: dataDir, PORT: '0', DEMO: 'false', SMS_PER_SECOND: '100000' },
    TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
    TWILIO_AUTH_TOKEN: 'bench-token',
    TWILIO_FROM: '+15005550006',
    TWILIO_API_BASE_URL: twilio.url,
  });
  const app = await createApp({ config, clock, ids: uuid, log: pino({ level: 'silent' }) });
  try {
    const before = process.memoryUsage().rss;
    const perSecond = await schedule(app, size);
    progress(`${size} scheduled, ${Math.round(perSecond)}/s`);
    const kept = Math.max(0, process.memoryUsage().rss - before);
    ahead += 30 * 60_000;
    const counted = await twilio.count();
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    await app.start();
    await sentBy(twilio, counted + due);
    const seconds = (performance.now() - startedAt) / 1_000;
    const sendsPerCpuSecond = due / cpuSeconds(cpu);
    progress(`${due} sent in ${seconds.toFixed(1)} s`);
    return {
      perSecond,
      sendsPerSecond: due / seconds,
      sendsPerCpuSecond,
      megabytes: megabytes(kept),
      lookMs: await lookingMs(app),
    };
  } finally {
    await app.stop();
    removeFolder(dataDir);
  }
}

/** What it costs to find out that nothing is due, with everything else still scheduled. */
async function lookingMs(app: App): Promise<number> {
  const rounds = 200;
  const startedAt = performance.now();
  for (let n = 0; n < rounds; n += 1) await app.lookForReminders();
  return (performance.now() - startedAt) / rounds;
}

/** The peer: one delayed BullMQ job for each reminder, whose worker posts the same form to the same provider. */
async function bull(size: number, twilio: TwilioChild, progress: (line: string) => void): Promise<Measured> {
  const redis = await redisProcess('noeviction');
  await redis.start();
  const client = createClient({ url: redis.url });
  await client.connect();
  const connection = createNodeRedisClient(client);
  const queue = new Queue<{ phone: string }>('reminders', { connection });
  const used = async (): Promise<number> =>
    Number(/^used_memory:(\d+)/mu.exec(await client.info('memory'))?.[1] ?? '0');
  try {
    const empty = await used();
    const startedAt = performance.now();
    // What is due is due when everything has been scheduled, at the same moment as ours.
    for (let first = 0; first < size; first += atOnce) {
      const jobs = Array.from({ length: Math.min(atOnce, size - first) }, (_, n) => {
        const number = first + n;
        const { text, phone = '' } = seedDraft(number, morning);
        const delay = number < due ? 1 : dayMs + ((number * 7_919) % 365) * dayMs;
        return {
          name: 'send',
          data: { text, phone },
          opts: { delay, jobId: `r${number}`, removeOnComplete: true },
        };
      });
      await queue.addBulk(jobs);
    }
    const perSecond = size / ((performance.now() - startedAt) / 1_000);
    progress(`peer: ${size} scheduled, ${Math.round(perSecond)}/s`);
    const kept = (await used()) - empty;
    const counted = await twilio.count();
    const sendingSince = performance.now();
    const cpu = process.cpuUsage();
    const worker = new Worker<{ phone: string }>(
      'reminders',
      async job => {
        const form = new URLSearchParams({
          To: job.data.phone,
          From: '+15005550006',
          Body: 'x'.repeat(120),
        });
        const response = await fetch(`${twilio.url}/2010-04-01/Accounts/AC/Messages.json`, {
          method: 'POST',
          body: form,
        });
        await response.arrayBuffer();
      },
      { connection, concurrency: 64 },
    );
    await sentBy(twilio, counted + due);
    const seconds = (performance.now() - sendingSince) / 1_000;
    const sendsPerCpuSecond = due / cpuSeconds(cpu);
    progress(`peer: ${due} sent in ${seconds.toFixed(1)} s`);
    await worker.close();
    return { perSecond, sendsPerSecond: due / seconds, sendsPerCpuSecond, megabytes: megabytes(kept) };
  } finally {
    await queue.close();
    client.destroy();
    await redis.kill();
  }
}

/**
 * Many scheduled, few due: what it costs to schedule, to find those due and to send them, beside plain delayed jobs of BullMQ in the same
 * run.
 */
export async function remindersBench(onProgress: (line: string) => void): Promise<readonly BenchResult[]> {
  const folder = temporaryFolder();
  const twilio = await twilioChild({ ledgerFile: join(folder, 'ledger.jsonl'), countsOnly: true });
  const results: BenchResult[] = [];
  try {
    for (const size of sizes) {
      const mine = await ours(size, twilio, onProgress);
      const theirs = hasRedisServer ? await bull(size, twilio, onProgress) : undefined;
      const peer = 'BullMQ, one delayed job each';
      const row = (what: string, unit: string, value: number, peerValue?: number): BenchResult =>
        peerValue === undefined
          ? alone(`reminders ${what}, ${size} scheduled`, value, unit)
          : against(`reminders ${what}, ${size} scheduled`, value, unit, peer, peerValue);
      results.push(
        row('scheduling', 'reminders/s', mine.perSecond, theirs?.perSecond),
        row('sending', 'sends/s', mine.sendsPerSecond, theirs?.sendsPerSecond),
        row(
          'sending, by processor time of one process',
          'sends/CPU s',
          mine.sendsPerCpuSecond,
          theirs?.sendsPerCpuSecond,
        ),
        row('memory', 'MB', mine.megabytes, theirs?.megabytes),
        row('a look when nothing is due', 'ms', mine.lookMs),
      );
    }
  } finally {
    await twilio.kill();
    removeFolder(folder);
  }
  return results;
}
