/** The same keys, top row to bottom row, without and with shift: the US layout and Thai Kedmanee (TIS 820-2538). */
const rows: readonly (readonly [string, string])[] = [
  ['`1234567890-=', '_ๅ/-ภถุึคตจขช'],
  ['~!@#$%^&*()_+', '%+๑๒๓๔ู฿๕๖๗๘๙'],
  ['qwertyuiop[]\\', 'ๆไำพะัีรนยบลฃ'],
  ['QWERTYUIOP{}|', '๐"ฎฑธํ๊ณฯญฐ,ฅ'],
  ["asdfghjkl;'", 'ฟหกดเ้่าสวง'],
  ['ASDFGHJKL:"', 'ฤฆฏโฌ็๋ษศซ.'],
  ['zxcvbnm,./', 'ผปแอิืทมใฝ'],
  ['ZXCVBNM<>?', '()ฉฮฺ์?ฒฬฦ'],
];

/** From the sign a US keyboard gives to the one Kedmanee gives on the same key. */
export const thaiOf = new Map<string, string>();
/** And back. */
export const latinOf = new Map<string, string>();

for (const [latin, thai] of rows) {
  for (let key = 0; key < latin.length; key += 1) {
    const from = latin[key] ?? '';
    const to = thai[key] ?? '';
    thaiOf.set(from, to);
    if (!latinOf.has(to)) latinOf.set(to, from);
  }
}

/** The text as the other layout would have given it; signs on no key stay. */
export function retype(text: string, keys: ReadonlyMap<string, string>): string {
  let typed = '';
  for (const sign of text) typed += keys.get(sign) ?? sign;
  return typed;
}
