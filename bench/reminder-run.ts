import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ReminderDraft } from '../core';
import { seedDraft } from '../tests/support/reminder-seed';
import type { TwilioChild } from '../tests/support/twilio-child';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const pollMs = 100;

/** A Wednesday at ten in Bangkok: an hour at which anything may be sent. */
export const morning = Date.UTC(2026, 11, 2, 3);

/** Told in a first wave at eleven and in a second one at one; everything else lies over the next year. */
export const few = 500;
export const due = 5_000;
export const waveMs = 2 * hourMs;

/** The reminder of a number: the second wave first, then the first one, then the others. */
export function reminderOf(number: number): ReminderDraft {
  const later = ((number * 7_919) % 365) * dayMs + 2 * dayMs;
  const told = number < due ? waveMs + hourMs : number < due + few ? hourMs : later;
  return seedDraft(number, morning + dayMs + told);
}

/** Numbers below `size`, so many at a time. */
export function* partsOf(size: number, perPart: number): Generator<readonly number[]> {
  for (let first = 0; first < size; first += perPart)
    yield Array.from({ length: Math.min(perPart, size - first) }, (_, n) => first + n);
}

/** How far a long work is; `done` throws once the run is to stop. */
export interface Watched {
  done(count: number): void;
  perSecond(): number;
}

export interface SendingRun {
  readonly size: number;
  readonly twilio: TwilioChild;
  readonly watch: (what: string, size: number) => Watched;
}

export interface Sent {
  readonly perSecond: number;
  /** Processor time of the process that sends, all its threads: s for each sending. */
  readonly cpuSeconds: number;
  /** Of its main thread alone; only where the system tells. */
  readonly mainCpuSeconds?: number;
}

export interface Scheduled {
  readonly perSecond: number;
  /** Memory of whoever keeps what is scheduled, MB. */
  readonly megabytes: number;
  readonly sent: Sent;
}

/** A line for every tenth, with the rate since the last one and the memory held. */
export function watcher(onProgress: (line: string) => void, signal: AbortSignal): SendingRun['watch'] {
  return (what, size) => {
    const startedAt = performance.now();
    let count = 0;
    let told = 0;
    let toldAt = startedAt;
    const rate = (of: number, since: number): number => of / ((performance.now() - since) / 1_000);
    return {
      done(more) {
        signal.throwIfAborted();
        count += more;
        if (count - told < size / 10) return;
        const held = Math.round(process.memoryUsage().rss / 1024 / 1024);
        onProgress(`${what}: ${count}, ${Math.round(rate(count - told, toldAt))}/s, ${held} MB`);
        told = count;
        toldAt = performance.now();
      },
      perSecond: () => rate(count, startedAt),
    };
  };
}

/** Processor time of the main thread, s; Linux alone tells it. */
function mainThreadSeconds(): number | undefined {
  try {
    const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

async function sentBy(twilio: TwilioChild, count: number): Promise<void> {
  for (let known = -1, same = 0; same < 300;) {
    const now = await twilio.count();
    if (now >= count) return;
    same = now === known ? same + 1 : 0;
    known = now;
    await pause(pollMs);
  }
  throw new Error(`only ${await twilio.count()} of ${count} were sent`);
}

/** What it takes from `begin` on until so many more have come to the provider. */
export async function sending(twilio: TwilioChild, count: number, begin: () => Promise<void>): Promise<Sent> {
  const before = await twilio.count();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const main = mainThreadSeconds();
  await begin();
  await sentBy(twilio, before + count);
  const { user, system } = process.cpuUsage(cpu);
  const mainNow = mainThreadSeconds();
  return {
    perSecond: count / ((performance.now() - startedAt) / 1_000),
    cpuSeconds: (user + system) / 1e6 / count,
    ...(main === undefined || mainNow === undefined ? {} : { mainCpuSeconds: (mainNow - main) / count }),
  };
}
