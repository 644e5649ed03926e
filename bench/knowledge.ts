import MiniSearch from 'minisearch';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Entry } from '../knowledge';
import { removeFolder, temporaryFolder } from '../tests/support/product';
import type { Measured } from './knowledge-product';
import { entryCount, questionsOf, registerOfBench } from './knowledge-register';
import { found, searched } from './knowledge-searches';
import { type BenchResult, against, alone } from './result';

interface WordCut {
  init(): void;
  cut(text: string): string;
}

function miniSearch(entries: readonly Entry[]): (text: string) => readonly string[] {
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
    entries.map(({ id, name, synonyms, questions }) => ({
      id,
      text: [name.th, ...synonyms.th, ...questions.flatMap(question => question.ask.th)].join(' '),
    })),
  );
  return text =>
    index
      .search(text)
      .slice(0, found)
      .map(hit => String(hit.id));
}

const peer = 'MiniSearch + wordcut';
const run = promisify(execFile);
const productFile = join(__dirname, 'knowledge-product.js');

/**
 * A register of twenty thousand entries on SQLite: publishing it, finding in it, and what it takes of memory. The product is measured
 * in a process of its own, which has neither saved the entries nor holds the peer.
 */
export async function knowledgeBench(onProgress: (line: string) => void): Promise<readonly BenchResult[]> {
  const folder = temporaryFolder();
  try {
    const store = join(folder, 'bench.db');
    onProgress(`saving ${entryCount} entries, each by one and approved by another`);
    await run(process.execPath, [productFile, 'fill', store]);
    onProgress('publishing all of them, then some again, and searching');
    const { stdout } = await run(process.execPath, [productFile, 'measure', store]);
    const ours = JSON.parse(stdout) as Measured;
    onProgress(`the peer: ${peer}`);
    const all = registerOfBench();
    const begun = performance.now();
    const search = miniSearch(all.map(({ entry }) => entry));
    const peerIndexMs = performance.now() - begun;
    const theirs = searched(search, questionsOf(all));
    const megabytes = (name: string, bytes: number): BenchResult =>
      alone(`knowledge memory: ${name}`, bytes / 1e6, 'MB');
    return [
      alone('knowledge publish 20,000 entries', ours.publishMs / 1000, 's'),
      alone('knowledge publish 200 of them again', ours.againMs / 1000, 's'),
      alone('knowledge longest hold of the event loop while publishing', ours.longestHoldMs, 'ms'),
      megabytes('resident before', ours.residentBefore),
      megabytes('resident at most, both publications', ours.residentMost),
      megabytes('resident after', ours.residentAfter),
      megabytes('held after a collection', ours.held),
      alone(`${peer}: index`, peerIndexMs / 1000, 's'),
      against('knowledge search p99', ours.searched.p99, 'ms', peer, theirs.p99),
      against('knowledge search right first', ours.searched.first * 100, '%', peer, theirs.first * 100),
      against(
        'knowledge search right in three',
        ours.searched.inThree * 100,
        '%',
        peer,
        theirs.inThree * 100,
      ),
    ];
  } finally {
    removeFolder(folder);
  }
}
