import fc from 'fast-check';
import type { Reminder } from '../../core';
import { sendingTimes } from '../calendar';
import { firstOf, nextAfter, occurrencesOf, takeUp } from './plan';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
/** A Wednesday at ten in Bangkok. */
const morning = Date.UTC(2026, 11, 2, 3);
const times = sendingTimes(['2026-12-10']);

const reminder = (over: Partial<Reminder>): Reminder => {
  const base: Reminder = {
    ...{ id: 'r-1', version: 1, key: 'k', agencyId: 'a', purpose: 'appointment', sealed: '', language: 'th' },
    ...{ basis: { basis: 'public-task', at: 1, how: 'x' }, ladder: [{ way: 'sms' }], asks: false },
    ...{ by: { kind: 'rule', rule: 'x' }, state: 'scheduled', history: [], createdAt: 1, changedAt: 1 },
    ...{ dueAt: morning + 5 * dayMs, firstDueAt: morning + 5 * dayMs, leadsMs: [dayMs], lookAt: 0 },
  };
  return { ...base, ...over };
};

const planned = (over: Partial<Reminder>, now: number): Reminder => {
  const plan = reminder(over);
  const next = firstOf(plan, times, now);
  return next ? { ...plan, next, lookAt: next.at } : plan;
};

describe('the plan of a reminder', () => {
  it('makes one telling of leads that the hours bring to one moment', () => {
    const at = morning + 5 * dayMs;
    // Both fall into the night before and are told when the hours begin.
    const night = occurrencesOf('document', at, [10 * hourMs, 9 * hourMs], times);
    expect(new Set(night.map(each => each.at)).size).toBe(night.length);
    expect(occurrencesOf('document', at, [3 * dayMs, dayMs], times)).toHaveLength(2);
  });

  it('goes on from one due moment to the next of its rule, and ends with it', () => {
    const yearly = reminder({ purpose: 'renewal', repeats: 'FREQ=YEARLY;COUNT=2', leadsMs: [7 * dayMs] });
    const first = firstOf(yearly, times, morning - 30 * dayMs);
    const second = first && nextAfter(yearly, first, times);
    expect(new Date(second?.dueAt ?? 0).getUTCFullYear()).toBe(2027);
    expect(second && nextAfter(yearly, second, times)).toBeUndefined();
  });

  it('tells at once what was made late and still helps, but of several leads only the latest', () => {
    const late = reminder({ leadsMs: [4 * dayMs, 3 * dayMs, hourMs] });
    const first = firstOf(late, times, late.dueAt - 2 * dayMs);
    expect(first?.leadMs).toBe(3 * dayMs);
  });

  it('passes over what is no longer of use, and waits for the hours of its purpose', () => {
    const made = planned({}, morning);
    const stale = takeUp(made, times, made.dueAt + 3 * hourMs);
    expect([stale.kind, stale.record.state]).toEqual(['wait', 'ended']);
    expect(stale.record.history.map(each => each.what)).toEqual(['stale']);
    const atNight = planned({ purpose: 'promotion', leadsMs: [2 * dayMs] }, morning);
    const night = Date.UTC(2026, 11, 5, 16);
    const waits = takeUp(atNight, times, night);
    expect(waits.kind).toBe('wait');
    expect(waits.record.lookAt).toBeGreaterThan(night);
  });

  it('tells each occurrence once, in order, whenever it is looked at', () => {
    const leads = fc.uniqueArray(
      fc.integer({ min: 0, max: 90 }).map(days => days * dayMs + hourMs),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const looks = fc.array(fc.integer({ min: 1, max: 40 * 24 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(leads, looks, fc.boolean(), (leadsMs, waits, repeats) => {
        let now = morning;
        const over = { leadsMs, dueAt: morning + 100 * dayMs, firstDueAt: morning + 100 * dayMs };
        let record = planned({ ...over, ...(repeats ? { repeats: 'FREQ=YEARLY' } : {}) }, now);
        const told: string[] = [];
        let last = 0;
        for (const hours of waits) {
          now += hours * hourMs;
          if (record.state !== 'scheduled') break;
          const step = takeUp(record, times, now);
          record = step.record;
          if (step.kind === 'wait') continue;
          // Told late at most as long as it helps, never before its moment, never after a later one.
          expect(step.occurrence.at).toBeLessThanOrEqual(now);
          expect(times.usefulUntil('appointment', step.occurrence)).toBeGreaterThanOrEqual(now);
          expect(step.occurrence.at).toBeGreaterThan(last);
          last = step.occurrence.at;
          told.push(step.occurrence.key);
          const next = nextAfter(record, step.occurrence, times);
          record = next ? { ...record, next, dueAt: next.dueAt } : { ...record, state: 'ended' };
        }
        expect(new Set(told).size).toBe(told.length);
      }),
      { seed: 20_261_125, numRuns: 300 },
    );
  });
});
