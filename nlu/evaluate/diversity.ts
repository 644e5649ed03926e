import type { Topic } from '../../core';
import type { Example } from '../examples';
import { thaiSegmenter } from '../segment';

/** Phrases that each label of a group should have, and those of it that have fewer. */
export interface Coverage {
  readonly group: string;
  readonly labels: number;
  readonly phrases: number;
  readonly wanted: number;
  /** Phrases of the label that has fewest, and of the one in the middle. */
  readonly fewest: number;
  readonly median: number;
  readonly below: readonly string[];
}

export interface Style {
  readonly style: string;
  readonly phrases: number;
  readonly distinctWords: number;
  readonly wordsEach: number;
  /** Share of the phrases about a topic in which no word of its official name stands. */
  readonly withoutName: number;
}

/** Groups of labels by how they begin, and the phrases wanted for each label. The first that fits counts. */
const groups: readonly (readonly [string, RegExp, number])[] = [
  ['services, phase 1', /^service:p1-/u, 40],
  ['services, phase 2', /^service:p2-/u, 40],
  ['services, phase 3', /^service:p3-/u, 25],
  ['services, expansion', /^service:px-/u, 15],
  ['services beside the catalogue', /^service:/u, 15],
  ['complaint channels', /^complaint:/u, 25],
  ['hotlines', /^hotline:/u, 25],
  ['dialogs', /^intent:/u, 150],
  ['none of these', /^none$/u, 1_500],
];

const labelOf = ({ kind, id }: Topic): string => `${kind}:${id}`;

const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word);

const wordsOf = (text: string): string[] => thaiSegmenter().words(text.toLowerCase()).filter(isWord);

/** Words that stand in every name and tell nothing. */
const plain = new Set('การ ของ เพื่อ ที่ และ ใน ขอ ระบบ ข้อมูล บริการ ผู้ ตาม เป็น กรณี ณ หรือ ให้'.split(' '));

/** How many phrases there are for each kind of label, against what is wanted. */
export function coverage(topics: readonly Topic[], examples: readonly Example[]): Coverage[] {
  const counts = new Map(topics.map(topic => [labelOf(topic), 0]));
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  return groups.map(([group, pattern, wanted]) => {
    const earlier = groups.slice(
      0,
      groups.findIndex(([name]) => name === group),
    );
    const own = [...counts]
      .filter(([label]) => pattern.test(label) && !earlier.some(([, before]) => before.test(label)))
      .sort((left, right) => left[1] - right[1]);
    return {
      group,
      labels: own.length,
      phrases: own.reduce((sum, [, count]) => sum + count, 0),
      wanted,
      fewest: own[0]?.[1] ?? 0,
      median: own[Math.floor(own.length / 2)]?.[1] ?? 0,
      below: own.filter(([, count]) => count < wanted).map(([label]) => label),
    };
  });
}

/** How differently people speak in the phrases, by manner of speaking and in all. */
export function styles(topics: readonly Topic[], examples: readonly Example[]): Style[] {
  const names = new Map(
    topics.map(topic => [
      labelOf(topic),
      new Set(
        Object.values(topic.officialName)
          .flatMap(wordsOf)
          .filter(word => word.length > 1 && !plain.has(word)),
      ),
    ]),
  );
  const measure = (style: string, rows: readonly Example[]): Style => {
    const distinct = new Set<string>();
    let words = 0;
    let about = 0;
    let without = 0;
    for (const { text, label } of rows) {
      const own = wordsOf(text);
      words += own.length;
      for (const word of own) distinct.add(word);
      const name = names.get(label);
      if (!name) continue;
      about += 1;
      if (!own.some(word => name.has(word))) without += 1;
    }
    return {
      style,
      phrases: rows.length,
      distinctWords: distinct.size,
      wordsEach: words / Math.max(rows.length, 1),
      withoutName: without / Math.max(about, 1),
    };
  };
  const registers = [...new Set(examples.map(({ register }) => register))].sort();
  return [
    measure('all', examples),
    ...registers.map(register =>
      measure(
        register,
        examples.filter(example => example.register === register),
      ),
    ),
  ];
}
