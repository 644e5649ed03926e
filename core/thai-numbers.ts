const digits = ['ศูนย์', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า'] as const;
const places = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน'] as const;

/** A number of up to six digits, without its leading zeros. */
function below(text: string, hasMore: boolean): string {
  return Array.from(text, (digit, index) => {
    const place = text.length - 1 - index;
    if (digit === '0') return '';
    if (place === 1 && digit === '1') return 'สิบ';
    if (place === 1 && digit === '2') return 'ยี่สิบ';
    if (place === 0 && digit === '1' && (text.length > 1 || hasMore)) return 'เอ็ด';
    return `${digits[Number(digit)] ?? ''}${places[place] ?? ''}`;
  }).join('');
}

/** A whole number in words: `21` is `ยี่สิบเอ็ด`, `1500000` is `หนึ่งล้านห้าแสน`. */
export function numberWords(text: string): string {
  const plain = text.replace(/^0+(?=\d)/u, '');
  if (plain === '0') return 'ศูนย์';
  const millions = plain.length > 6 ? plain.slice(0, -6) : '';
  const rest = plain.slice(-6).replace(/^0+/u, '');
  return `${millions ? `${numberWords(millions)}ล้าน` : ''}${below(rest, millions !== '')}`;
}

/** Digit by digit, in groups with a pause between them. */
export const digitWords = (text: string, groups: readonly number[]): string => {
  const words = Array.from(text, digit => digits[Number(digit)] ?? '');
  const parts: string[] = [];
  let taken = 0;
  for (const size of groups) {
    const part = words.slice(taken, taken + size);
    if (part.length > 0) parts.push(part.join(' '));
    taken += size;
  }
  if (taken < words.length) parts.push(words.slice(taken).join(' '));
  return parts.join(', ');
};
