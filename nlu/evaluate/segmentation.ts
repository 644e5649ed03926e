/** Shares between 0 and 1 over all words of a sample. */
export interface SegmentationScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Words as `start:end`, signs and spaces included: a word is right only where it begins and ends as the reader cut it. */
function spans(words: readonly string[]): Set<string> {
  let at = 0;
  return new Set(
    words.map(word => {
      const start = at;
      at += word.length;
      return `${start}:${at}`;
    }),
  );
}

/** How well `cut` finds the words that readers cut by hand: one list of words for each sentence. */
export function scoreSegmentation(
  sentences: readonly (readonly string[])[],
  cut: (text: string) => readonly string[],
): SegmentationScore {
  let right = 0;
  let found = 0;
  let wanted = 0;
  for (const sentence of sentences) {
    const byHand = spans(sentence);
    const ours = spans(cut(sentence.join('')));
    found += ours.size;
    wanted += byHand.size;
    right += [...ours].filter(span => byHand.has(span)).length;
  }
  const precision = right / Math.max(found, 1);
  const recall = right / Math.max(wanted, 1);
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
