/** Decimal strings: amounts stay exact where binary fractions would not. */

/** Without leading zeros, and without zeros after the last decimal that counts. */
export function tidy(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  let from = 0;
  while (from < whole.length - 1 && whole[from] === '0') from++;
  let to = fraction.length;
  while (to > 0 && fraction[to - 1] === '0') to--;
  const head = whole === '' ? '0' : whole.slice(from);
  return to === 0 ? head : `${head}.${fraction.slice(0, to)}`;
}

/** `1.5` moved by 6 places is `1500000`. */
export function shiftPlaces(decimal: string, places: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const padded = fraction.padEnd(places, '0');
  return tidy(`${whole}${padded.slice(0, places)}.${padded.slice(places)}`);
}

/** Sums of what people say: fewer than 15 digits count exactly; beyond that the largest term stands for the sum. */
export function add(left: string, right: string): string {
  if (left === '0') return right;
  if (right === '0') return left;
  if (left.length > 15 || right.length > 15) return left.length >= right.length ? left : right;
  const decimals = Math.max(left.split('.')[1]?.length ?? 0, right.split('.')[1]?.length ?? 0);
  return tidy((Number(left) + Number(right)).toFixed(decimals));
}
