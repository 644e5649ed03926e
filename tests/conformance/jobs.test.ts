import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Jobs } from '../../core';
import { bullJobs, embeddedJobs } from '../../jobs';
import { startChild } from '../support/child';
import { hasRedisServer, type RedisProcess, redisProcess } from '../support/redis-process';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A door that work waits at until the test opens it. */
function door(): { open: () => void; opened: Promise<void> } {
  let open = (): void => undefined;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

/** What was done, in order, with a way to wait for it. */
function diary(): {
  entries: string[];
  write(entry: string): void;
  has(entry: string, times?: number): Promise<void>;
} {
  const entries: string[] = [];
  let listeners: (() => void)[] = [];
  return {
    entries,
    write(entry) {
      entries.push(entry);
      listeners.forEach(listener => listener());
    },
    has(entry, times = 1) {
      return new Promise(resolve => {
        const look = (): void => {
          if (entries.filter(each => each === entry).length < times) return;
          listeners = listeners.filter(listener => listener !== look);
          resolve();
        };
        listeners.push(look);
        look();
      });
    },
  };
}

type NewJobs = (onError: (error: unknown) => void) => Jobs;

function describeJobs(title: string, newJobs: () => NewJobs): void {
  describe(title, () => {
    let make: NewJobs;
    let jobs: Jobs;
    let errors: unknown[];
    let done: ReturnType<typeof diary>;

    beforeEach(() => {
      errors = [];
      done = diary();
      make = newJobs();
      jobs = make(error => errors.push(error));
    });

    afterEach(() => jobs.stop(1_000));

    it('runs a key that was woken, whatever it is called', async () => {
      const keys = ['c-AbC_1-2', '', 'a:b:c', 'กุญแจ ๑', '😀', '../x?%&', '{}', '$key'];
      jobs.handle('work', { concurrency: 3 }, async key => done.write(key));
      await jobs.start();
      await jobs.ping();
      await Promise.all(keys.map(key => jobs.wake('work', key)));
      await Promise.all(keys.map(key => done.has(key)));
      expect(done.entries.toSorted()).toEqual(keys.toSorted());
      expect(errors).toEqual([]);
    });

    it('takes what was woken before the start', async () => {
      jobs.handle('work', { concurrency: 1 }, async key => done.write(key));
      await jobs.wake('work', 'early');
      await jobs.start();
      await done.has('early');
    });

    it('keeps queues apart and refuses one that nobody handles', async () => {
      jobs.handle('one', { concurrency: 1 }, async key => done.write(`one ${key}`));
      jobs.handle('two', { concurrency: 1 }, async key => done.write(`two ${key}`));
      await jobs.start();
      await jobs.wake('one', 'a');
      await jobs.wake('two', 'a');
      await Promise.all([done.has('one a'), done.has('two a')]);
      await expect(jobs.wake('three', 'a')).rejects.toThrow('three');
      expect(() => jobs.handle('late', { concurrency: 1 }, async () => undefined)).toThrow(TypeError);
    });

    it('makes one of the wakes that come while a key waits', async () => {
      const gate = door();
      jobs.handle('work', { concurrency: 1 }, async key => {
        done.write(key);
        if (key === 'first') await gate.opened;
      });
      await jobs.start();
      await jobs.wake('work', 'first');
      await done.has('first');
      await Promise.all(range(50).map(() => jobs.wake('work', 'key')));
      await jobs.wake('work', 'last');
      gate.open();
      await done.has('last');
      expect(done.entries).toEqual(['first', 'key', 'last']);
    });

    it('runs a key once more when it was woken while it ran', async () => {
      const gate = door();
      jobs.handle('work', { concurrency: 1 }, async key => {
        done.write(key);
        if (key === 'key') await gate.opened;
      });
      await jobs.start();
      await jobs.wake('work', 'key');
      await done.has('key');
      await Promise.all(range(20).map(() => jobs.wake('work', 'key')));
      gate.open();
      await done.has('key', 2);
      await jobs.wake('work', 'last');
      await done.has('last');
      expect(done.entries).toEqual(['key', 'key', 'last']);
    });

    it('never overlaps the work of one key, uses its width, and does all that was asked', async () => {
      const seen = new Map<string, number>();
      const running = new Set<string>();
      let widest = 0;
      const asked = new Map<string, number>();
      jobs.handle('work', { concurrency: 4 }, async key => {
        if (running.has(key)) throw new Error(`${key} overlaps`);
        running.add(key);
        widest = Math.max(widest, running.size);
        // What was asked before the run began is seen by it, as a lane sees its inbox.
        const upTo = asked.get(key) ?? 0;
        for (const _ of range(5)) await new Promise(resolve => setImmediate(resolve));
        running.delete(key);
        seen.set(key, upTo);
        if ([...asked].every(([each, count]) => seen.get(each) === count && count === 40)) done.write('all');
      });
      await jobs.start();
      for (const round of range(40)) {
        for (const n of range(10)) {
          asked.set(`key${n}`, round + 1);
          await jobs.wake('work', `key${n}`);
        }
      }
      await done.has('all');
      expect([errors, widest]).toEqual([[], 4]);
    });

    it('lets no key wait for another', async () => {
      const gate = door();
      jobs.handle('work', { concurrency: 2 }, async key => {
        if (key === 'slow') await gate.opened;
        done.write(key);
      });
      await jobs.start();
      await jobs.wake('work', 'slow');
      for (const n of range(5)) await jobs.wake('work', `quick${n}`);
      await Promise.all(range(5).map(n => done.has(`quick${n}`)));
      expect(done.entries).not.toContain('slow');
      gate.open();
      await done.has('slow');
    });

    it('wakes later what is due later, and now what is asked for now as well', async () => {
      const startedAt = new Map<string, number>();
      jobs.handle('work', { concurrency: 5 }, async key => {
        startedAt.set(key, Date.now());
        done.write(key);
      });
      await jobs.start();
      const at = Date.now() + 150;
      await jobs.wake('work', 'later', at);
      await jobs.wake('work', 'both', at + 3_600_000);
      await jobs.wake('work', 'both');
      await jobs.wake('work', 'past', 1);
      await Promise.all(['later', 'both', 'past'].map(key => done.has(key)));
      expect(done.entries.at(-1)).toBe('later');
      // A timer may be a millisecond early; the work looks at the time itself.
      expect(startedAt.get('later')).toBeGreaterThanOrEqual(at - 5);
    });

    it('reports a failure and tries again, while other keys go on', async () => {
      let failures = 2;
      jobs.handle('work', { concurrency: 1 }, async key => {
        if (key === 'poison' && failures-- > 0) throw new Error('not yet');
        done.write(key);
      });
      await jobs.start();
      await jobs.wake('work', 'poison');
      await jobs.wake('work', 'healthy');
      await done.has('poison');
      expect(done.entries).toEqual(['healthy', 'poison']);
      expect(errors).toEqual([new Error('not yet'), new Error('not yet')]);
    });

    it('wakes a periodic queue at the start and again and again', async () => {
      jobs.handle('sweep', { concurrency: 1 }, async key => done.write(`sweep ${key}`));
      jobs.every('sweep', 20);
      await jobs.start();
      await done.has('sweep ', 3);
    });

    it('waits for what runs when it stops, and takes nothing more', async () => {
      const gate = door();
      jobs.handle('work', { concurrency: 1 }, async key => {
        done.write(`${key} begins`);
        await gate.opened;
        done.write(`${key} ends`);
      });
      await jobs.start();
      await jobs.wake('work', 'running');
      await done.has('running begins');
      await jobs.wake('work', 'waiting');
      const stopped = jobs.stop(60_000).then(() => done.write('stopped'));
      gate.open();
      await stopped;
      expect(done.entries).toEqual(['running begins', 'running ends', 'stopped']);
    });

    it('stops in time although something hangs', async () => {
      jobs.handle('work', { concurrency: 1 }, async key => {
        done.write(key);
        await new Promise(() => undefined);
      });
      await jobs.start();
      await jobs.wake('work', 'hangs');
      await done.has('hangs');
      await jobs.stop(50);
    });
  });
}

describeJobs('jobs in the process', () => onError => embeddedJobs({ clock: Date.now, onError }));

const redisUrl = process.env['REDIS_URL'];
const newPrefix = (): string => `test-${v7()}`;

if (redisUrl) {
  describeJobs('jobs on redis', () => {
    const prefix = newPrefix();
    return onError => bullJobs({ clock: Date.now, url: redisUrl, prefix, onError });
  });

  describe('jobs on redis, process by process', () => {
    it('shares keys between processes without running one twice at a time', async () => {
      const prefix = newPrefix();
      const done = diary();
      const errors: unknown[] = [];
      const running = new Set<string>();
      const [mine, theirs] = ['mine', 'theirs'].map(name => {
        const jobs = bullJobs({
          clock: Date.now,
          url: redisUrl,
          prefix,
          onError: error => errors.push(error),
        });
        jobs.handle('work', { concurrency: 2 }, async key => {
          if (running.has(key)) throw new Error(`${key} overlaps`);
          running.add(key);
          for (const _ of range(20)) await new Promise(resolve => setImmediate(resolve));
          running.delete(key);
          done.write(key);
          done.write(name);
        });
        return jobs;
      });
      if (!mine || !theirs) throw new Error('two were made');
      await Promise.all([mine.start(), theirs.start()]);
      await Promise.all(range(300).map(n => (n % 2 ? mine : theirs).wake('work', `key${n % 30}`)));
      await Promise.all(range(30).map(n => done.has(`key${n}`)));
      await Promise.all([mine.stop(5_000), theirs.stop(5_000)]);
      expect(errors).toEqual([]);
      expect(done.entries).toEqual(expect.arrayContaining(['mine', 'theirs']));
    });

    it('gives the keys of a killed process to another', async () => {
      const prefix = newPrefix();
      const done = diary();
      const dying = startChild('stuck-worker-process.ts', redisUrl, prefix);
      const taken = [await dying.lines.next(), await dying.lines.next(), await dying.lines.next()];
      expect(taken.map((line): unknown => line.value).toSorted()).toEqual(['key0', 'key1', 'key2']);
      await dying.kill();
      const heir = bullJobs({ clock: Date.now, url: redisUrl, prefix, onError: () => undefined });
      heir.handle('work', { concurrency: 5 }, async key => done.write(key));
      await heir.start();
      await Promise.all(['key0', 'key1', 'key2'].map(key => done.has(key)));
      await heir.stop(5_000);
    });
  });
} else {
  describe.skip('jobs on redis (REDIS_URL is not set)', () => it('is not tried', () => undefined));
}

const describeOutages = redisUrl && hasRedisServer ? describe : describe.skip;

describeOutages('jobs on a redis of their own (needs REDIS_URL and redis-server)', () => {
  let redis: RedisProcess;

  afterEach(() => redis.kill());

  it('refuses a redis that may throw jobs away', async () => {
    redis = await redisProcess('allkeys-lru');
    await redis.start();
    const jobs = bullJobs({ clock: Date.now, url: redis.url, onError: () => undefined });
    await expect(jobs.start()).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('says so when redis is not there', async () => {
    redis = await redisProcess('noeviction');
    const jobs = bullJobs({ clock: Date.now, url: redis.url, onError: () => undefined });
    jobs.handle('work', { concurrency: 1 }, async () => undefined);
    await expect(jobs.start()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('goes on by itself while redis is lost, says so, and comes back with it, empty as it may be', async () => {
    redis = await redisProcess('noeviction');
    await redis.start();
    const done = diary();
    const errors: unknown[] = [];
    const jobs = bullJobs({ clock: Date.now, url: redis.url, onError: error => errors.push(error) });
    jobs.handle('work', { concurrency: 5 }, async key => done.write(key));
    await jobs.start();
    await jobs.wake('work', 'before');
    await done.has('before');

    await redis.kill();
    await jobs.wake('work', 'without');
    await jobs.wake('work', 'without, later', Date.now() + 20);
    await Promise.all([done.has('without'), done.has('without, later')]);
    await expect(jobs.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(20);

    await redis.start();
    const isBack = (): Promise<boolean> =>
      jobs.ping().then(
        () => true,
        () => false,
      );
    // At its own pace: a client that is asked without a pause has little time to reconnect.
    while (!(await isBack())) await pause(100);
    await jobs.wake('work', 'after');
    await done.has('after');
    await jobs.stop(5_000);
  });
});
