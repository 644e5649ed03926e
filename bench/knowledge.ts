import MiniSearch from 'minisearch';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { v7 } from 'uuid';
import { createAudit } from '../audit';
import type { Officer, Topic } from '../core';
import { embeddedJobs } from '../jobs';
import { type Entry, createFinder, loadGroups, loadRegister } from '../knowledge';
import { provinces } from '../nlu/entities/data/provinces';
import { createChanges } from '../server/changes';
import { wireKnowledge } from '../server/knowledge-desk';
import { projectRoot } from '../server/root';
import { sqliteEngine } from '../store';
import { removeFolder, temporaryFolder } from '../tests/support/product';
import { type BenchResult, against, alone, quantile } from './result';

const count = 20_000;
const questions = 1_000;
const savedAtOnce = 200;
const found = 3;

const writer: Officer = { id: 'w', username: 'w', name: 'w', role: 'admin', agencyId: 'operator' };
const second: Officer = { ...writer, id: 's' };

/** Every shipped service once for each province, as if each had its own office and its own text. */
function generated(shipped: readonly Entry[], agencyId: string): { entry: Entry; place: string }[] {
  const list: { entry: Entry; place: string }[] = [];
  for (const [place] of provinces)
    for (const model of shipped) {
      if (list.length === count) return list;
      const name = `${model.name.th} จังหวัด${place}`;
      const entry: Entry = {
        ...model,
        id: `g-${list.length}`,
        register: {
          ...{ nameTh: name, nameEn: name, agencyId, kind: 'info', category: 'civil-rights' },
          ...{ targetGroups: [], lifeStages: [] },
        },
        name: { th: name },
        synonyms: { th: model.synonyms.th.slice(0, 3).map(word => `${word} ${place}`) },
        questions: model.questions.slice(0, 2),
        related: [],
        incompatible: [],
      };
      list.push({ entry, place });
    }
  return list;
}

/** A letter lost, as fingers lose them; the same in every run. */
const misspelt = (text: string, at: number): string => {
  const place = 1 + ((at * 7) % Math.max(1, text.length - 2));
  return text.slice(0, place) + text.slice(place + 1);
};

interface WordCut {
  init(): void;
  cut(text: string): string;
}

function miniSearch(topics: readonly Topic[]): (text: string) => readonly string[] {
  const wordcut: WordCut = require('wordcut');
  wordcut.init();
  const index = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: text =>
      wordcut
        .cut(text.toLowerCase())
        .split('|')
        .filter(word => word.trim() !== ''),
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  index.addAll(
    topics.map(({ id, name, synonyms, questions: asked }) => ({
      id,
      text: [name.th, ...synonyms.th, ...asked.flatMap(question => question.ask.th)].join(' '),
    })),
  );
  return text =>
    index
      .search(text)
      .slice(0, found)
      .map(hit => String(hit.id));
}

interface Searched {
  readonly p99: number;
  readonly first: number;
  readonly inThree: number;
}

function searched(
  search: (text: string) => readonly string[],
  asked: readonly (readonly [string, string])[],
): Searched {
  for (const [text] of asked.slice(0, 50)) search(text);
  let first = 0;
  let inThree = 0;
  const times = asked.map(([text, id]) => {
    const begun = performance.now();
    const ids = search(text);
    const took = performance.now() - begun;
    first += ids[0] === id ? 1 : 0;
    inThree += ids.includes(id) ? 1 : 0;
    return took;
  });
  return { p99: quantile(times, 0.99), first: first / asked.length, inThree: inThree / asked.length };
}

/** Bytes that are still in use after a collection: the heap and the arrays outside it. */
function held(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A register of twenty thousand entries on SQLite: publishing it, finding in it, and what it takes of memory. */
export async function knowledgeBench(onProgress: (line: string) => void): Promise<readonly BenchResult[]> {
  const folder = temporaryFolder();
  const root = projectRoot();
  const data = join(root, 'knowledge', 'data');
  const engine = sqliteEngine({ file: join(folder, 'bench.db') });
  const onError = (error: unknown): void => onProgress(String(error));
  const clock = Date.now;
  try {
    const knowledge = wireKnowledge({
      ...{ root, engine, clock, ids: v7, mode: 'all', onError, operatorAgencyId: 'operator' },
      jobs: embeddedJobs({ clock, onError }),
      changes: createChanges(onError),
      audit: createAudit({ engine, clock, mac: hash => hash }),
    });
    await engine.open();
    await knowledge.open();
    const register = loadRegister(data);
    const all = generated(register.entries, register.agencies[0]?.id ?? '');
    onProgress(`saving ${all.length} entries, each by one and approved by another`);
    const { entries, publications, published } = knowledge;
    for (let at = 0; at < all.length; at += savedAtOnce)
      await Promise.all(
        all.slice(at, at + savedAtOnce).map(async ({ entry: content }) => {
          const saved = await entries.save(content.id, { base: 0, content, why: 'bench' }, writer);
          if ('problems' in saved) throw new Error(JSON.stringify(saved.problems));
          await entries.submit(content.id, writer);
          await entries.review(content.id, { approve: true, why: 'bench' }, second);
        }),
      );
    onProgress('publishing');
    const ids = all.map(({ entry }) => entry.id);
    let longestWaitMs = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longestWaitMs = Math.max(longestWaitMs, performance.now() - last);
      last = performance.now();
    }, 5);
    const begun = performance.now();
    const { number } = await publications.begin({ entries: ids, why: 'bench', trial: false }, second);
    await publications.run(number);
    await knowledge.open();
    const publishMs = performance.now() - begun;
    clearInterval(pulse);
    const { state, failure } = await publications.get(number);
    if (state !== 'live') throw new Error(failure ?? state);

    onProgress('searching');
    const finder = createFinder({
      knowledge: () => published.knowledge,
      understander: () => published.understander,
      groups: loadGroups(data),
    });
    const asked = Array.from({ length: questions }, (_, n) => {
      const { entry, place } = all[(n * 7_919) % all.length] ?? all[0] ?? fail();
      const word = entry.synonyms.th[n % Math.max(1, entry.synonyms.th.length)] ?? entry.name.th;
      const text = n % 2 === 0 ? word : misspelt(`${place} ${entry.name.th}`, n);
      return [text, entry.id] as const;
    });
    const ours = searched(
      text =>
        finder
          .find({ text })
          .slice(0, found)
          .map(({ id }) => id),
      asked,
    );
    all.length = 0;
    const heldMb = held() / 1e6;
    const rssMb = process.memoryUsage().rss / 1e6;
    onProgress('the peer: MiniSearch with wordcut words');
    const services = published.knowledge.topics().filter(({ kind }) => kind === 'service');
    const peerBegun = performance.now();
    const peerSearch = miniSearch(services);
    const peerIndexMs = performance.now() - peerBegun;
    const theirs = searched(peerSearch, asked);
    const peer = 'MiniSearch + wordcut';
    knowledge.stop();
    return [
      alone('knowledge publish 20,000 entries', publishMs / 1000, 's'),
      alone('knowledge longest wait of the event loop while publishing', longestWaitMs, 'ms'),
      alone('knowledge memory held with 20,000 entries', heldMb, 'MB'),
      alone('knowledge resident memory with 20,000 entries', rssMb, 'MB'),
      alone(`${peer}: index`, peerIndexMs / 1000, 's'),
      against('knowledge search p99', ours.p99, 'ms', peer, theirs.p99),
      against('knowledge search right first', ours.first * 100, '%', peer, theirs.first * 100),
      against('knowledge search right in three', ours.inThree * 100, '%', peer, theirs.inThree * 100),
    ];
  } finally {
    await engine.close();
    removeFolder(folder);
  }
}

function fail(): never {
  throw new Error('there is nothing to ask for');
}
