import { isConsonant, isDependent, isLeadingVowel, isThaiLetter } from '../normalise';

/**
 * Marks where a word may begin: never before a vowel or tone mark, never between a leading vowel and its consonant, never
 * before a consonant that carries thanthakhat. `marks[i]` is 1 where a word may begin at unit i; length + 1 entries.
 */
export function wordStarts(text: string, marks: Uint8Array): void {
  const size = text.length;
  marks[0] = 1;
  marks[size] = 1;
  for (let at = 1; at < size; at += 1) {
    const code = text.charCodeAt(at);
    const before = text.charCodeAt(at - 1);
    let may = 1;
    if (isDependent(code) && isThaiLetter(before)) may = 0;
    else if (isLeadingVowel(before) && isConsonant(code)) may = 0;
    else if (isConsonant(code) && isSilent(text, at)) may = 0;
    else if (before === 0x0e31 || before === 0x0e37 || before === 0x0e36)
      may = isConsonant(code) && before === 0x0e31 ? 0 : may;
    marks[at] = may;
  }
}

const thanthakhat = 0x0e4c;

/** A consonant whose sound is killed (ศุกร์): it belongs to what stands before it. */
function isSilent(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return (
    next === thanthakhat || ((next === 0x0e34 || next === 0x0e38) && text.charCodeAt(at + 2) === thanthakhat)
  );
}
