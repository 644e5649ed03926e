import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, Reminder } from '../../core';
import { reminderCollections } from '../../sms/reminders';
import { type Product, removeFolder, startProduct, temporaryFolder } from '../support/product';
import { seeded } from '../support/random';
import { seedDraft, numberOf, seedReminders } from '../support/reminder-seed';
import { twilioChild } from '../support/twilio-child';

export interface ReminderRun {
  readonly seed: number;
  readonly reminders: number;
  readonly kills: number;
  readonly env: Readonly<Record<string, string>>;
  /** Opens what the product has stored, while it runs. */
  readonly look: (dataDir: string) => Engine;
  readonly processes: number;
  readonly remove: () => Promise<void>;
  readonly onProgress?: (line: string) => void;
}

export interface ReminderResult {
  /** What must not be: reminders that were lost, doubled, or said to be sent and were not. */
  readonly violations: readonly string[];
  readonly sent: number;
  /** Recorded as in doubt, so that an officer sees them. */
  readonly inDoubt: number;
  readonly kills: { workers: number; provider: number; jumps: number };
}

const account = { accountSid: `AC${'0123456789abcdef'.repeat(2)}`, authToken: 'kill-token' };
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const bangkokMs = 7 * 60 * minuteMs;
const clockFile = join(__dirname, '..', 'support', 'clock.cjs');
const endWithinMs = 600_000;
/** After every clock of the run, jumps and waits included. */
const latestMinutes = 150;

/** Ten in the morning of the next Wednesday in Bangkok: an hour at which anything may be sent. */
function morning(from: number): number {
  const day = Math.floor((from + bangkokMs) / dayMs);
  // 1 January 1970 was a Thursday.
  const wednesday = day + ((6 - (day % 7) + 7) % 7 || 7);
  return wednesday * dayMs - bangkokMs + 10 * 60 * minuteMs;
}

async function storedIn(engine: Engine, ids: readonly string[]): Promise<readonly (Reminder | undefined)[]> {
  const { reminders } = reminderCollections(engine);
  await engine.open();
  try {
    const found = new Map<string, Reminder>();
    let after: string | undefined;
    do {
      const page = await reminders.scan({ index: 'age', limit: 500, ...(after ? { after } : {}) });
      for (const each of page.records) found.set(each.id, each);
      after = page.cursor;
    } while (after !== undefined);
    return ids.map(id => found.get(id));
  } finally {
    await engine.close();
  }
}

const isOver = (reminder: Reminder | undefined): boolean =>
  reminder?.state === 'ended' || reminder?.state === 'failed';
const says = (reminder: Reminder | undefined, what: string): boolean =>
  reminder?.history.some(each => each.what === what) ?? false;

/** Compares what the provider accepted with what stands in the store, one number after another. */
function judged(
  stored: readonly (Reminder | undefined)[],
  accepted: readonly string[],
): Pick<ReminderResult, 'violations' | 'sent' | 'inDoubt'> {
  const times = new Map<string, number>();
  for (const number of accepted) times.set(number, (times.get(number) ?? 0) + 1);
  const violations = stored.flatMap((reminder, n) => {
    const count = times.get(numberOf(n)) ?? 0;
    const what = `reminder ${n}: ${reminder?.state ?? 'gone'}, ${reminder?.history.map(each => each.what).join(' ') ?? ''}`;
    if (count > 1) return [`${what}: sent ${count} times`];
    if (!isOver(reminder)) return [`${what}: not at an end`];
    if (count === 0 && !says(reminder, 'in-doubt')) return [`${what}: never sent, and not in doubt`];
    return [];
  });
  return {
    violations,
    sent: accepted.length,
    inDoubt: stored.filter(each => says(each, 'in-doubt')).length,
  };
}

/** Due reminders; processes and the provider killed at random moments, clocks that jump; then the count. */
export async function reminderRun(run: ReminderRun): Promise<ReminderResult> {
  const random = seeded(run.seed);
  const progress = run.onProgress ?? ((): void => undefined);
  const dataDir = temporaryFolder();
  const offsetMs = morning(Date.now()) - Date.now();
  const twilio = await twilioChild({ ledgerFile: join(dataDir, 'ledger.jsonl'), offsetMs });
  const env = {
    ...run.env,
    DATA_DIR: dataDir,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_FROM: '+15005550006',
    TWILIO_API_BASE_URL: twilio.url,
    SMS_PER_SECOND: '5000',
  };
  const kills = { workers: 0, provider: 0, jumps: 0 };
  const alive: Product[] = [];
  const start = (aheadMinutes = 30 + random.below(60)): Promise<Product> =>
    startProduct({
      dataDir,
      preload: clockFile,
      // Every life has another clock, some minutes after the hour of telling.
      env: {
        ...env,
        CLOCK_OFFSET_MS: String(offsetMs + aheadMinutes * minuteMs),
        CLOCK_JUMP_MS: String((random.below(40) - 20) * minuteMs),
      },
    });

  async function killOne(): Promise<void> {
    const dice = random.next();
    const at = random.below(alive.length);
    const victim = alive[at];
    if (!victim) throw new Error('no process is alive');
    if (dice < 0.2) {
      process.kill(victim.pid, 'SIGUSR2');
      kills.jumps += 1;
    } else if (dice < 0.5) {
      await twilio.kill();
      kills.provider += 1;
      await pause(random.below(400));
      await twilio.start();
    } else {
      await victim.kill();
      kills.workers += 1;
      alive[at] = await start();
    }
  }

  try {
    const now = (): number => Date.now() + offsetMs;
    const dueAt = now() + dayMs + 20 * minuteMs;
    const drafts = Array.from({ length: run.reminders }, (_, n) => seedDraft(n, dueAt));
    const ids = await seedReminders(env, drafts, now);
    progress(`${ids.length} made`);
    for (let n = 0; n < run.processes; n += 1) alive.push(await start());
    for (let n = 0; n < run.kills; n += 1) {
      await pause(100 + random.below(900));
      await killOne();
      progress(`${n + 1} of ${run.kills} kills, ${twilio.ledger().length} sent`);
    }
    // Clocks agree again, beyond every moment that a clock that was ahead has set.
    for (const each of alive.splice(0)) await each.kill();
    for (let n = 0; n < run.processes; n += 1) alive.push(await start(latestMinutes));
    const deadline = Date.now() + endWithinMs;
    for (;;) {
      const stored = await storedIn(run.look(dataDir), ids);
      const left = stored.filter(each => !isOver(each)).length;
      progress(`${left} under way, ${twilio.ledger().length} sent`);
      if (left === 0 || Date.now() > deadline)
        return {
          ...judged(
            stored,
            twilio.ledger().map(({ to }) => to),
          ),
          kills,
        };
      await pause(400);
    }
  } finally {
    await Promise.all(alive.map(each => each.kill()));
    await twilio.kill();
    removeFolder(dataDir);
    await run.remove();
  }
}
