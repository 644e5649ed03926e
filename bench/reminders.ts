import { join } from 'node:path';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { type App, createApp } from '../server/app';
import { readConfig } from '../server/config';
import { eachOf } from '../sms/together';
import { removeFolder, temporaryFolder } from '../tests/support/product';
import { hasRedisServer } from '../tests/support/redis-process';
import { twilioChild } from '../tests/support/twilio-child';
import { bullDelayed } from './peers/bull-delayed';
import {
  type Scheduled,
  type SendingRun,
  type Sent,
  due,
  few,
  morning,
  partsOf,
  reminderOf,
  sending,
  watcher,
  waveMs,
} from './reminder-run';
import { type BenchResult, against, alone } from './result';

/** Scheduled reminders; `BENCH_REMINDERS=100000` measures only the smaller one. */
const sizes = (process.env['BENCH_REMINDERS'] ?? '100000,1000000').split(',').map(Number);
/** Reminders that are being made at once; all others exist only once they are stored. */
const atOnce = 1_000;

interface Ours extends Scheduled {
  readonly firstWave: Sent;
  /** The most memory the process held while scheduling, MB. */
  readonly mostMegabytes: number;
  /** Finding out that nothing is due, ms. */
  readonly lookMs: number;
}

const megabytesHeld = (): number => process.memoryUsage().rss / 1024 / 1024;

/** The product in this process, its provider in another. */
async function ours({ size, twilio, watch }: SendingRun): Promise<Ours> {
  const dataDir = temporaryFolder();
  // The clock stands still until all is scheduled, however long that takes.
  let ahead = 0;
  let runningSince: number | undefined;
  const clock = (): number =>
    morning + ahead + (runningSince === undefined ? 0 : Math.floor(performance.now() - runningSince));
  const config = readConfig({
    ...{ DATA_DIR: dataDir, PORT: '0', DEMO: 'false', SMS_PER_SECOND: '100000' },
    TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
    TWILIO_AUTH_TOKEN: 'bench-token',
    TWILIO_FROM: '+15005550006',
    TWILIO_API_BASE_URL: twilio.url,
  });
  const app = await createApp({ config, clock, ids: uuid, log: pino({ level: 'silent' }) });
  try {
    const before = megabytesHeld();
    let most = before;
    const scheduling = watch(`${size} scheduled`, size);
    for (const numbers of partsOf(size, 10 * atOnce)) {
      await eachOf(numbers, atOnce, async number => {
        const made = await app.reminders.create(reminderOf(number));
        if (made.outcome !== 'created') throw new Error(`not created: ${JSON.stringify(made)}`);
      });
      most = Math.max(most, megabytesHeld());
      scheduling.done(numbers.length);
    }
    const perSecond = scheduling.perSecond();
    const kept = Math.max(0, megabytesHeld() - before);
    runningSince = performance.now();
    await app.start();
    const wave = async (): Promise<void> => {
      ahead += waveMs;
      await app.lookForReminders();
    };
    const firstWave = await sending(twilio, few, wave);
    const sent = await sending(twilio, due, wave);
    return { perSecond, megabytes: kept, mostMegabytes: most, firstWave, sent, lookMs: await lookingMs(app) };
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

/**
 * Many scheduled, few due: what it costs to schedule, to find those due and to send them, beside plain delayed jobs of BullMQ in the same
 * run. Ctrl-C stops it and leaves nothing behind.
 */
export async function remindersBench(onProgress: (line: string) => void): Promise<readonly BenchResult[]> {
  const folder = temporaryFolder();
  const twilio = await twilioChild({ ledgerFile: join(folder, 'ledger.jsonl'), countsOnly: true });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('stopped'));
  process.once('SIGINT', stop);
  const watch = watcher(onProgress, stopping.signal);
  try {
    const results: BenchResult[] = [];
    for (const size of sizes) {
      const mine = await ours({ size, twilio, watch });
      const theirs = hasRedisServer ? await bullDelayed({ size, twilio, watch }) : undefined;
      const rows = rowsOf(size, mine, theirs);
      rows.forEach(({ bench, value, unit, peerValue = '–' }) =>
        onProgress(`${bench}: ${value} ${unit}, peer ${peerValue}`),
      );
      results.push(...rows);
    }
    return results;
  } finally {
    process.off('SIGINT', stop);
    await twilio.kill();
    removeFolder(folder);
  }
}

function rowsOf(size: number, mine: Ours, theirs: Scheduled | undefined): BenchResult[] {
  const row = (what: string, unit: string, value: number, peerValue?: number): BenchResult =>
    peerValue === undefined
      ? alone(`reminders ${what}, ${size} scheduled`, value, unit)
      : against(
          `reminders ${what}, ${size} scheduled`,
          value,
          unit,
          'BullMQ, one delayed job each',
          peerValue,
        );
  const perCpu = (sent: Sent | undefined): number | undefined => sent && 1 / sent.cpuSeconds;
  const { sent, firstWave } = mine;
  return [
    row('scheduling', 'reminders/s', mine.perSecond, theirs?.perSecond),
    row('memory', 'MB', mine.megabytes, theirs?.megabytes),
    row('memory at the most while scheduling', 'MB', mine.mostMegabytes),
    row('a look when nothing is due', 'ms', mine.lookMs),
    row(`${due} due: sending`, 'sends/s', sent.perSecond, theirs?.sent.perSecond),
    row(
      `${due} due: by processor time of the process`,
      'sends/CPU s',
      1 / sent.cpuSeconds,
      perCpu(theirs?.sent),
    ),
    ...[sent, firstWave].flatMap(({ mainCpuSeconds }, wave) =>
      mainCpuSeconds === undefined
        ? []
        : [row(`${wave === 0 ? due : few} due: main thread`, 'ms/send', mainCpuSeconds * 1_000)],
    ),
    row(`${few} due: by processor time of the process`, 'sends/CPU s', 1 / firstWave.cpuSeconds),
  ];
}
