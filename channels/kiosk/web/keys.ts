/** Rows of a keyboard, unshifted and shifted. */
export interface Layout {
  readonly rows: readonly (readonly string[])[];
  readonly shifted: readonly (readonly string[])[];
}

const row = (keys: string): string[] => keys.split(' ');

/** Kedmanee, the layout of Thai keyboards (TIS 820), with a row of digits above since elders look for them. */
export const thaiKeys: Layout = {
  rows: [
    row('1 2 3 4 5 6 7 8 9 0'),
    row('ๅ / - ภ ถ ุ ึ ค ต จ ข ช'),
    row('ๆ ไ ำ พ ะ ั ี ร น ย บ ล'),
    row('ฟ ห ก ด เ ้ ่ า ส ว ง ฃ'),
    row('ผ ป แ อ ิ ื ท ม ใ ฝ'),
  ],
  shifted: [
    row('๑ ๒ ๓ ๔ ๕ ๖ ๗ ๘ ๙ ๐'),
    row('+ " ( ) ู ฿ ฅ : ; % , .'),
    row('ฎ ฑ ธ ํ ๊ ณ ฯ ญ ฐ ฦ ! ='),
    row('ฤ ฆ ฏ โ ฌ ็ ๋ ษ ศ ซ @ &'),
    row('ฉ ฮ ฺ ์ ? ฒ ฬ _ * #'),
  ],
};

export const latinKeys: Layout = {
  rows: [
    row('1 2 3 4 5 6 7 8 9 0'),
    row('q w e r t y u i o p'),
    row('a s d f g h j k l'),
    row("z x c v b n m , . '"),
  ],
  shifted: [
    row('! @ # % & * ( ) - +'),
    row('Q W E R T Y U I O P'),
    row('A S D F G H J K L'),
    row('Z X C V B N M ; : ?'),
  ],
};

/** Marks that stand above or below a letter are shown on a dotted circle, else nobody sees them. */
export const keyFace = (key: string): string => (/\p{M}|ำ/u.test(key) ? `◌${key}` : key);
