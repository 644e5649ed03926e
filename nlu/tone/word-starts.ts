import { thaiSegmenter } from '../segment';

/**
 * Where words begin in a text, as offsets into the same text without its spaces: ลาตาย is no farewell in ปลาตาย, nor is anybody
 * หาย in เสียหาย.
 */
export function wordStartsOf(normalised: string): ReadonlySet<number> {
  const starts = new Set<number>();
  let packed = 0;
  for (const word of thaiSegmenter().words(normalised)) {
    if (word.trim() === '') continue;
    starts.add(packed);
    packed += word.replace(/\s+/gu, '').length;
  }
  return starts;
}
