import { type Collection, type Engine, type SendingAllowance, type Stored, bangkokIsoDate } from '../../core';

/** What was set aside of one day's allowance, by all processes. */
interface Day extends Stored {
  readonly taken: number;
}

/** Parts a process sets aside at once, so that not every sending writes to the same record; at its end the rest is not sent that day. */
const setAside = 100;

export function allowanceCollection(engine: Engine): Collection<Day> {
  return engine.collection<Day>({
    name: 'sending-days',
    revision: 1,
    keeps: { purpose: 'none', basis: 'public-task', retention: 'transient', personal: [], ages: 'day' },
    indexes: { day: ({ id }) => [Date.parse(id)] },
  });
}

/** A limit of SMS parts for each day in Bangkok, over all processes; `undefined`: none. */
export function createAllowance(days: Collection<Day>, perDay: number | undefined): SendingAllowance {
  let mine = { day: '', left: 0 };
  /** One request at a time: those that come together share what it brings. */
  let asking: Promise<boolean> | undefined;

  /** Sets more aside, as much as the day still has; `false` when it has nothing left. */
  async function more(day: string, wanted: number, limit: number): Promise<boolean> {
    for (;;) {
      const known = await days.get(day);
      const taken = known?.taken ?? 0;
      const share = Math.min(Math.max(setAside, wanted), limit - taken);
      if (share <= 0) return false;
      const next = { id: day, taken: taken + share };
      const isMine = known
        ? await days.replace({ ...next, version: known.version })
        : await days.insert(next);
      if (!isMine) continue;
      mine = { day, left: (mine.day === day ? mine.left : 0) + share };
      return true;
    }
  }

  return {
    async take(at, segments) {
      if (perDay === undefined) return true;
      const day = bangkokIsoDate(at);
      for (;;) {
        if (mine.day === day && mine.left >= segments) {
          mine = { day, left: mine.left - segments };
          return true;
        }
        asking ??= more(day, segments, perDay).finally(() => (asking = undefined));
        const left = (): number => (mine.day === day ? mine.left : 0);
        if (!(await asking) && left() < segments) return false;
      }
    },
  };
}
