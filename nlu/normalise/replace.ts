import { type MappedText, MappedTextBuilder } from './text-map';
import { abbreviations, rightWords, spellings } from './tables';
import { isDependent, isLeadingVowel, isThaiLetter } from './thai';

interface Node {
  readonly next: Map<number, Node>;
  to?: string;
}

function trie(pairs: Iterable<readonly [string, string]>): Node {
  const root: Node = { next: new Map() };
  for (const [from, to] of pairs) {
    let node = root;
    for (let at = 0; at < from.length; at += 1) {
      const code = from.charCodeAt(at);
      const next = node.next.get(code) ?? { next: new Map<number, Node>() };
      node.next.set(code, next);
      node = next;
    }
    node.to = to;
  }
  return root;
}

const anywhere = trie([...Object.entries(spellings), ...rightWords.map(word => [word, word] as const)]);
const alone = new Map(Object.entries(abbreviations));
const longestAbbreviation = Math.max(...[...alone.keys()].map(key => key.length));

/** The longest entry that begins at `at` and does not cut a written syllable. */
function match(text: string, at: number): { readonly length: number; readonly to: string } | undefined {
  if (at > 0 && isLeadingVowel(text.charCodeAt(at - 1))) return undefined;
  let node: Node | undefined = anywhere;
  let found: { length: number; to: string } | undefined;
  for (let end = at; end < text.length; end += 1) {
    node = node.next.get(text.charCodeAt(end));
    if (node === undefined) break;
    const next = end + 1 < text.length ? text.charCodeAt(end + 1) : 0;
    if (node.to !== undefined && !isDependent(next)) found = { length: end + 1 - at, to: node.to };
  }
  return found;
}

/** Common misspellings, wherever they stand. */
export function mendSpelling(input: MappedText): MappedText {
  const { text, starts, ends } = input;
  const out = new MappedTextBuilder(text.length);
  let at = 0;
  while (at < text.length) {
    const found = match(text, at);
    if (found === undefined) {
      out.push(text.charCodeAt(at), starts[at] ?? 0, ends[at] ?? 0);
      at += 1;
      continue;
    }
    pushAll(out, found.to, starts[at] ?? 0, ends[at + found.length - 1] ?? 0);
    at += found.length;
  }
  return out.finish();
}

function pushAll(out: MappedTextBuilder, text: string, start: number, end: number): void {
  for (let unit = 0; unit < text.length; unit += 1) out.push(text.charCodeAt(unit), start, end);
}

const dot = 0x2e;

/** ก.ย.ศ. and กยศ. become กยศ; a run of Thai letters that is a known abbreviation becomes what it stands for. */
export function expandAbbreviations(input: MappedText): MappedText {
  const { text, starts, ends } = input;
  const out = new MappedTextBuilder(text.length);
  let at = 0;
  while (at < text.length) {
    if (!isThaiLetter(text.charCodeAt(at))) {
      out.push(text.charCodeAt(at), starts[at] ?? 0, ends[at] ?? 0);
      at += 1;
      continue;
    }
    const run = abbreviationRun(text, at);
    const full = run.letters.length <= longestAbbreviation ? alone.get(run.letters) : undefined;
    if (full === undefined && !run.dotted) {
      for (let unit = at; unit < run.end; unit += 1)
        out.push(text.charCodeAt(unit), starts[unit] ?? 0, ends[unit] ?? 0);
    } else {
      pushAll(out, full ?? run.letters, starts[at] ?? 0, ends[run.end - 1] ?? 0);
    }
    at = run.end;
  }
  return out.finish();
}

/** From `at`: a run of Thai letters; dotted if it is made of single consonants with dots between them. */
function abbreviationRun(text: string, at: number): { letters: string; end: number; dotted: boolean } {
  let end = at;
  while (end < text.length && isThaiLetter(text.charCodeAt(end))) end += 1;
  if (end - at > 3 || text.charCodeAt(end) !== dot) {
    const short = end - at <= 6 && text.charCodeAt(end) === dot && alone.has(text.slice(at, end));
    return { letters: text.slice(at, end), end: short ? end + 1 : end, dotted: short };
  }
  let letters = text.slice(at, end);
  let parts = 1;
  let stop = end + 1;
  while (stop < text.length && isThaiLetter(text.charCodeAt(stop)) && text.charCodeAt(stop + 1) === dot) {
    letters += text[stop] ?? '';
    parts += 1;
    stop += 2;
  }
  if (parts === 1 && letters.length < 2) return { letters, end, dotted: false };
  return { letters, end: stop, dotted: true };
}
