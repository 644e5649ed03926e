/** Classes of Thai characters by UTF-16 code, for scanners that may not use regular expressions on every unit. */

/** Written before the consonant they belong to: เ แ โ ใ ไ. */
export const isLeadingVowel = (code: number): boolean => code >= 0x0e40 && code <= 0x0e44;

/** ก to ฮ. */
export const isConsonant = (code: number): boolean => code >= 0x0e01 && code <= 0x0e2e;

/** Above and below vowels, mai han-akat, mai tai khu: one of them may stand on a consonant. */
export const isVowelMark = (code: number): boolean =>
  code === 0x0e31 || (code >= 0x0e34 && code <= 0x0e3a) || code === 0x0e47;

/** Tone marks, thanthakhat, nikhahit and yamakkan, which stand above the vowel mark. */
export const isToneMark = (code: number): boolean => code >= 0x0e48 && code <= 0x0e4e;

/** Anything that needs a consonant under or before it. */
export const isDependent = (code: number): boolean =>
  isVowelMark(code) ||
  isToneMark(code) ||
  code === 0x0e30 ||
  code === 0x0e32 ||
  code === 0x0e33 ||
  code === 0x0e45;

export const isThai = (code: number): boolean => code >= 0x0e01 && code <= 0x0e5b;

export const isThaiLetter = (code: number): boolean =>
  (code >= 0x0e01 && code <= 0x0e3a) || (code >= 0x0e40 && code <= 0x0e4e);

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** a to z: texts are lower-cased before anybody asks. */
export const isLatin = (code: number): boolean => code >= 0x61 && code <= 0x7a;
