const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

/** The platform's own breaker keeps whole inputs in memory several times over: it gets them in slices. */
const sliceUnits = 2_000;

/** Ends of the words that the platform (ICU's dictionary) sees, as UTF-16 offsets. */
export function icuCuts(text: string): number[] {
  const ends: number[] = [];
  for (let at = 0; at < text.length; at += sliceUnits) {
    const slice = text.length <= sliceUnits ? text : text.slice(at, at + sliceUnits);
    for (const { index } of segmenter.segment(slice)) if (index > 0) ends.push(at + index);
    ends.push(at + slice.length);
  }
  return ends;
}

/** The words themselves, for who wants to compare. */
export function icuWords(text: string): string[] {
  let from = 0;
  return icuCuts(text).map(end => {
    const word = text.slice(from, end);
    from = end;
    return word;
  });
}
