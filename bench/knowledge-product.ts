import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { v7 } from 'uuid';
import { createAudit } from '../audit';
import type { Officer } from '../core';
import { embeddedJobs } from '../jobs';
import { type Entry, createFinder, loadGroups } from '../knowledge';
import { createChanges } from '../server/changes';
import { type WiredKnowledge, wireKnowledge } from '../server/knowledge-desk';
import { projectRoot } from '../server/root';
import { sqliteEngine } from '../store';
import { type Asked, questionsOf, registerOfBench } from './knowledge-register';
import { type Searched, found, searched } from './knowledge-searches';

/** What one process of the product, with nothing else in it, measured of itself. Bytes and milliseconds. */
export interface Measured {
  /** Resident when it was ready, before anything was published. */
  readonly residentBefore: number;
  /** Publishing all entries, and then some again while all of them answer. */
  readonly publishMs: number;
  readonly againMs: number;
  /** Longest time that nothing else could be done, of both. */
  readonly longestHoldMs: number;
  /** Most that was ever resident, until then. */
  readonly residentMost: number;
  /** After it all, as it is, and what is in use after a collection. */
  readonly residentAfter: number;
  readonly held: number;
  readonly searched: Searched;
}

const savedAtOnce = 200;
const changedAgain = 200;

const writer: Officer = { id: 'w', username: 'w', name: 'w', role: 'admin', agencyId: 'operator' };
const second: Officer = { ...writer, id: 's' };

const root = projectRoot();
const data = join(root, 'knowledge', 'data');

async function opened<T>(file: string, work: (knowledge: WiredKnowledge) => Promise<T>): Promise<T> {
  const engine = sqliteEngine({ file });
  const clock = Date.now;
  const onError = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
  const knowledge = wireKnowledge({
    ...{ root, engine, clock, ids: v7, mode: 'all', onError, operatorAgencyId: 'operator' },
    jobs: embeddedJobs({ clock, onError }),
    changes: createChanges(onError),
    audit: createAudit({ engine, clock, mac: hash => hash }),
  });
  try {
    await engine.open();
    await knowledge.open();
    return await work(knowledge);
  } finally {
    knowledge.stop();
    await engine.close();
  }
}

/** Each is saved by one and approved by another. */
async function saveAll({ entries }: WiredKnowledge, all: readonly Entry[], base: number): Promise<void> {
  for (let at = 0; at < all.length; at += savedAtOnce)
    await Promise.all(
      all.slice(at, at + savedAtOnce).map(async content => {
        const saved = await entries.save(content.id, { base, content, why: 'bench' }, writer);
        if ('problems' in saved) throw new Error(JSON.stringify(saved.problems));
        await entries.submit(content.id, writer);
        await entries.review(content.id, { approve: true, why: 'bench' }, second);
      }),
    );
}

/** Milliseconds until these entries answer, in this process. */
async function publishAll(knowledge: WiredKnowledge, ids: readonly string[]): Promise<number> {
  const begun = performance.now();
  const { publications } = knowledge;
  const { number } = await publications.begin({ entries: ids, why: 'bench', trial: false }, second);
  await publications.run(number);
  await knowledge.open();
  const took = performance.now() - begun;
  const { state, failure } = await publications.get(number);
  if (state !== 'live') throw new Error(failure ?? state);
  return took;
}

/** Longest time that the event loop was held while `work` was done, ms. */
async function longestHold(work: () => Promise<void>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const pulse = setInterval(look, 1);
  await work();
  look();
  clearInterval(pulse);
  return longest;
}

/** Bytes that are still in use after a collection: the heap and the arrays outside it. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What is published and asked; made by the process that fills the store, since making it takes memory. */
interface Orders {
  readonly ids: readonly string[];
  readonly asked: readonly Asked[];
  readonly changed: readonly Entry[];
}

const ordersFile = (store: string): string => `${store}.orders.json`;

async function fill(store: string, knowledge: WiredKnowledge): Promise<void> {
  const all = registerOfBench();
  const entries = all.map(({ entry }) => entry);
  await saveAll(knowledge, entries, 0);
  const orders: Orders = {
    ids: entries.map(({ id }) => id),
    asked: questionsOf(all),
    changed: entries
      .slice(0, changedAgain)
      .map(entry => ({ ...entry, synonyms: { th: [...entry.synonyms.th, 'ใหม่'] } })),
  };
  writeFileSync(ordersFile(store), JSON.stringify(orders));
}

async function measured(store: string, knowledge: WiredKnowledge): Promise<Measured> {
  const residentBefore = process.memoryUsage.rss();
  const { ids, asked, changed } = JSON.parse(readFileSync(ordersFile(store), 'utf8')) as Orders;

  let publishMs = 0;
  let againMs = 0;
  const first = await longestHold(async () => {
    publishMs = await publishAll(knowledge, ids);
  });
  await saveAll(knowledge, changed, 1);
  const again = await longestHold(async () => {
    againMs = await publishAll(
      knowledge,
      changed.map(({ id }) => id),
    );
  });
  const residentMost = process.resourceUsage().maxRSS * 1024;

  const { published } = knowledge;
  const finder = createFinder({
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    groups: loadGroups(data),
  });
  const search = (text: string): readonly string[] =>
    finder
      .find({ text })
      .slice(0, found)
      .map(({ id }) => id);
  const results = searched(search, asked);
  const residentAfter = process.memoryUsage.rss();
  return {
    ...{ residentBefore, publishMs, againMs, longestHoldMs: Math.max(first, again) },
    ...{ residentMost, residentAfter, held: held(), searched: results },
  };
}

/** `fill` saves the entries into a store; `measure` publishes them, in a process that has done nothing else. */
async function main([what, store = '']: readonly string[]): Promise<void> {
  if (what === 'fill') await opened(store, knowledge => fill(store, knowledge));
  else process.stdout.write(JSON.stringify(await opened(store, knowledge => measured(store, knowledge))));
}

void main(process.argv.slice(2));
