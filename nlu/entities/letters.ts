/** Thai vowels and marks that cannot begin a syllable: a word never starts at one, nor ends before one. */
export function isThaiTail(code: number): boolean {
  return (code >= 0x0e30 && code <= 0x0e3a) || code === 0x0e45 || (code >= 0x0e47 && code <= 0x0e4e);
}

/** เ แ โ ใ ไ: written before their consonant, so a word never ends at one. */
export function isThaiLead(code: number): boolean {
  return code >= 0x0e40 && code <= 0x0e44;
}

export function isThai(code: number): boolean {
  return code >= 0x0e01 && code <= 0x0e4e;
}

export function isConsonant(code: number): boolean {
  return code >= 0x0e01 && code <= 0x0e2e;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLatin(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Whether a word may lie from `start` to `end`: not inside a syllable, not inside a Latin word. */
export function standsAlone(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  const after = end < text.length ? text.charCodeAt(end) : 0;
  if (isThaiTail(after) || isThaiTail(first)) return false;
  if (start > 0) {
    const before = text.charCodeAt(start - 1);
    if (isThaiLead(before)) return false;
    if (isLatin(first) && isLatin(before)) return false;
  }
  return !(isLatin(text.charCodeAt(end - 1)) && isLatin(after));
}
