import pino from 'pino';
import { v7 as uuid } from 'uuid';
import type { ReminderDraft } from '../../core';
import { createApp } from '../../server/app';
import { readConfig } from '../../server/config';

const dayMs = 24 * 60 * 60 * 1000;

export const numberOf = (n: number): string => `+668${String(10_000_000 + n)}`;

/** A reminder to the n-th number about an appointment at `dueAt`, to be told a day before. */
export function seedDraft(n: number, dueAt: number): ReminderDraft {
  return {
    key: `seed/${n}`,
    agencyId: 'operator',
    phone: numberOf(n),
    purpose: 'appointment',
    basis: { basis: 'public-task', at: dueAt - 3 * dayMs, how: 'asked at the counter' },
    text: {
      template: 'appointment',
      values: {
        matter: { kind: 'text', text: 'ทำบัตรประชาชน' },
        place: { kind: 'text', text: 'ที่ว่าการอำเภอเมือง' },
      },
    },
    dueAt,
    leadsMs: [dayMs],
    ladder: [{ way: 'sms' }],
    language: 'th',
    asks: false,
    by: { kind: 'rule', rule: 'seed' },
  };
}

/** Makes reminders in the store of a product that does not run yet; returns their ids. */
export async function seedReminders(
  env: Readonly<Record<string, string>>,
  drafts: readonly ReminderDraft[],
  clock: () => number,
): Promise<readonly string[]> {
  const config = readConfig({ ...env, PORT: '0', DEMO: 'false' });
  const app = await createApp({ config, clock, ids: uuid, log: pino({ level: 'silent' }) });
  const atOnce = 50;
  const ids: string[] = [];
  for (let first = 0; first < drafts.length; first += atOnce) {
    const made = await Promise.all(
      drafts.slice(first, first + atOnce).map(draft => app.reminders.create(draft)),
    );
    for (const each of made) {
      if (each.outcome === 'refused') throw new Error(`a reminder was refused: ${JSON.stringify(each)}`);
      ids.push(each.reminder.id);
    }
  }
  await app.stop();
  return ids;
}
