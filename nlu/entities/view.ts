/** A text folded for reading. `at[i]` is the original offset of folded unit `i`; absent when both are the same. */
export interface View {
  readonly text: string;
  readonly at?: Int32Array;
}

const zeroWidth = (code: number): boolean =>
  (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0xad;

const dashes = '‐‑‒–—―−﹣-~〜～';

/** One UTF-16 unit folded: Thai and full-width digits to 0-9, all spaces to one, all dashes to one, Latin lower case. */
function foldUnit(code: number, char: string): string {
  if (code < 0x80) {
    if (code >= 65 && code <= 90) return String.fromCharCode(code + 32);
    return code < 32 ? ' ' : char === '~' ? '-' : char;
  }
  if (code >= 0x0e50 && code <= 0x0e59) return String.fromCharCode(code - 0x0e50 + 48);
  if (code >= 0x0e01 && code <= 0x0e5b) return char;
  if (code >= 0xff01 && code <= 0xff5e) return foldUnit(code - 0xfee0, String.fromCharCode(code - 0xfee0));
  if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028) return ' ';
  if (code === 0x2019 || code === 0x2018) return "'";
  return dashes.includes(char) ? '-' : char;
}

const isTone = (code: number): boolean => code >= 0x0e47 && code <= 0x0e4e;

/**
 * Folds spellings that look alike, so that the readers need to know one form only: zero-width characters go, a mark typed
 * twice counts once, เ+เ is แ, nikhahit + า is ำ. Offsets lead back to the original.
 */
export function fold(text: string): View {
  const units: string[] = [];
  const at = new Int32Array(text.length + 1);
  let moved = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const before = units[units.length - 1];
    if (zeroWidth(code) || (isTone(code) && before !== undefined && before.charCodeAt(0) === code)) {
      moved = true;
    } else if (code === 0x0e40 && before === 'เ') {
      units[units.length - 1] = 'แ';
      moved = true;
    } else if (code === 0x0e32 && before === '\u0e4d') {
      units[units.length - 1] = 'ำ';
      moved = true;
    } else {
      at[units.length] = index;
      units.push(foldUnit(code, text.charAt(index)));
    }
  }
  at[units.length] = text.length;
  return moved ? { text: units.join(''), at } : { text: units.join('') };
}

/** The original offset where a folded span ends: just after its last unit, whatever was folded away behind it. */
export function endOf(view: View, end: number): number {
  return view.at === undefined || end === 0 ? end : Math.max((view.at[end - 1] ?? 0) + 1, 0);
}

export function startOf(view: View, start: number): number {
  return view.at === undefined ? start : (view.at[start] ?? start);
}
