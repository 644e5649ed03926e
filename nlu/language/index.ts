import { isThaiLetter } from '../normalise';

const scripts: readonly (readonly [string, number, number])[] = [
  ['lo', 0x0e81, 0x0eff],
  ['my', 0x1000, 0x109f],
  ['km', 0x1780, 0x17ff],
  ['ja', 0x3040, 0x30ff],
  ['zh', 0x4e00, 0x9fff],
  ['ko', 0xac00, 0xd7af],
  ['ar', 0x0600, 0x06ff],
  ['hi', 0x0900, 0x097f],
  ['ru', 0x0400, 0x04ff],
];

/**
 * The language to answer in, by script: Thai wins as soon as there are Thai words beside a few foreign ones (people mix), and
 * Latin letters count as English. Texts without a letter are `und`.
 */
export function guessLanguage(text: string): string {
  let thai = 0;
  let latin = 0;
  const others = new Map<string, number>();
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isThaiLetter(code)) thai += 1;
    else if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) latin += 1;
    else if (code > 0x7f) {
      const script = scripts.find(([, low, high]) => code >= low && code <= high);
      if (script) others.set(script[0], (others.get(script[0]) ?? 0) + 1);
    }
  }
  const other = [...others].sort((left, right) => right[1] - left[1])[0];
  if (other && other[1] * 2 > thai + latin / 2)
    return other[0] === 'zh' && others.has('ja') ? 'ja' : other[0];
  if (thai > 0 && thai * 4 >= latin) return 'th';
  return latin > 0 ? 'en' : 'und';
}
