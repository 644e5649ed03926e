/** A Thai phone number as people type it, in plain digits; `undefined` when it is not one. */
export function phoneIn(text: string): string | undefined {
  const digits = text
    .replace(/[๐-๙]/gu, digit => String(digit.charCodeAt(0) - 0x0e50))
    .replace(/[\s().-]/gu, '');
  return /^(\+?66|0)\d{8,9}$/u.test(digits) ? digits : undefined;
}

/** Looks like the beginning of a number, so a name search would be pointless. */
export const startsLikePhone = (text: string): boolean => /^\+?[\d๐-๙][\d๐-๙\s().-]*$/u.test(text);
