import type { Found } from './date-read';
import { isThai, isThaiTail, standsAlone } from './letters';
import { Trie } from './trie';
import { fold } from './view';
import { lifeEventDecoys, lifeEventWords, relationDecoys, relationWords } from './words/people';

/** A thing that the register knows, with every name people may call it. */
export interface Named {
  readonly id: string;
  readonly names: readonly string[];
}

interface Meaning {
  readonly kind: 'agency' | 'service' | 'relation' | 'life-event';
  readonly value: string;
  readonly confidence?: number;
}

/** Words that may also be something else: ผม is hair, หนู a mouse. */
const unsure = new Set(['ผม', 'หนู', 'เรา', 'ลูก', 'พี่', 'ท้อง', 'ย่า', 'อ้าย', 'อุ๊ย', 'นักเรียน', 'แฟน', 'ขึ้น']);

/** กยศ., ส.ป.ก.: letters with or without their points. */
function withoutPoints(name: string): string[] {
  if (!/^[ก-ฮ.]{3,12}$/.test(name)) return [];
  const bare = name.replaceAll('.', '');
  return bare.length >= 3
    ? [bare, `${bare}.`, Array.from(bare).join('.'), `${Array.from(bare).join('.')}.`]
    : [];
}

/** The name as written, without its spaces, and without what stands in parentheses. */
function variants(name: string): string[] {
  const folded = fold(name).text.trim();
  const open = folded.indexOf('(');
  const head = open > 5 ? folded.slice(0, open).trim() : '';
  return [folded, ...withoutPoints(folded), head]
    .map(form => (isThai(form.charCodeAt(0)) ? form.replaceAll(' ', '') : form))
    .filter(form => form.length >= 3);
}

function learn(
  trie: Trie<Meaning | undefined>,
  words: Readonly<Record<string, string>>,
  kind: Meaning['kind'],
): void {
  for (const [value, list] of Object.entries(words)) {
    for (const form of list.split(' ')) {
      const word = form.replace('|', ' ');
      trie.add(word, unsure.has(word) ? { kind, value, confidence: 0.6 } : { kind, value, confidence: 0.9 });
    }
  }
}

/** พ่อตา before ย is พ่อ ตาย: the father died. */
function cutsShort(text: string, start: number, end: number): boolean {
  return text.startsWith('ย', end) && text.startsWith('พ่อตา', start) && end - start === 5;
}

/** Names are learnt in turns of so many things, some milliseconds each. */
const learntAtOnce = 250;

/** Finds agencies, services, kin and life events; built once from the names of the register, others may go first at every `yield`. */
export function* nameReader(
  agencies: readonly Named[],
  services: readonly Named[],
): Generator<undefined, (text: string) => Found[], undefined> {
  const trie = new Trie<Meaning | undefined>();
  const known = [['agency', agencies] as const, ['service', services] as const];
  for (const [kind, list] of known)
    for (const [at, { id, names }] of list.entries()) {
      if (at > 0 && at % learntAtOnce === 0) yield;
      for (const form of names.flatMap(variants)) trie.add(form, { kind, value: id });
    }
  learn(trie, relationWords, 'relation');
  learn(trie, lifeEventWords, 'life-event');
  for (const word of `${relationDecoys} ${lifeEventDecoys}`.split(' ')) trie.add(word, undefined);

  return text => {
    const found: Found[] = [];
    let index = 0;
    while (index < text.length) {
      const start = index;
      const code = text.charCodeAt(start);
      if (code < 97 || (code > 122 && !isThai(code)) || isThaiTail(code)) {
        index++;
        continue;
      }
      const read = trie.longest(
        text,
        start,
        end => standsAlone(text, start, end) && !cutsShort(text, start, end),
        true,
      );
      if (read === undefined) {
        index++;
        continue;
      }
      if (read.value !== undefined) {
        const { kind, value, confidence } = read.value;
        found.push({
          kind,
          value,
          start,
          end: read.end,
          ...(confidence === undefined ? {} : { confidence }),
        });
      }
      index = read.end;
    }
    return found;
  };
}
