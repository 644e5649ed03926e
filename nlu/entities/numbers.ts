import { add, shiftPlaces, tidy } from './decimal';
import { endBefore, past, startAt, wordAt, type Reading } from './tokens';

export interface NumberRead {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
  /** How many number words it took; 0 when digits alone. */
  readonly words: number;
  /** A lone สิบ, ร้อย, พัน …: too little to be believed without a unit. */
  readonly bare: boolean;
  /** The last place named, so that "5-6 พัน" can lend it to the first; 0 when none. */
  readonly place: number;
}

const million = 6;

/** ล้านล้าน is said; more of them in a row is not a number any more. */
const longestTotal = 19;

/** Adds up spoken and written numbers: หมื่นห้า, 2 หมื่น 5 พัน, 1.5 ล้าน, สามพันกว่าล้าน. */
class Sum {
  total = '0';
  group = '0';
  lastPlace = Number.POSITIVE_INFINITY;

  get begun(): boolean {
    return this.total !== '0' || this.group !== '0';
  }

  takes(place: number): boolean {
    return place >= million ? this.begun && this.total.length < longestTotal : place < this.lastPlace;
  }

  put(coefficient: string | undefined, place: number): void {
    if (place >= million) {
      const rest = add(this.group, coefficient ?? (this.begun ? '0' : '1'));
      this.total = shiftPlaces(add(this.total, rest), place);
      this.group = '0';
    } else {
      this.group = add(this.group, shiftPlaces(coefficient ?? '1', place));
    }
    this.lastPlace = place;
  }

  get value(): string {
    return tidy(add(this.total, this.group));
  }
}

/** Digits after จุด: หนึ่งจุดห้า is 1.5. */
function decimalsFrom(reading: Reading, index: number): { readonly digits: string; readonly next: number } {
  let next = index;
  let digits = '';
  for (;;) {
    const { digit } = wordAt(reading, next);
    if (digit === undefined) break;
    digits += String(digit);
    next++;
  }
  if (digits === '' && /^\d+$/.test(reading.tokens[next]?.number ?? '')) {
    return { digits: reading.tokens[next]?.number ?? '', next: next + 1 };
  }
  return { digits, next };
}

/** One coefficient at `index`: a number in digits, or one spoken digit with its decimals. */
function coefficientAt(
  reading: Reading,
  index: number,
): { readonly value: string; readonly next: number; readonly spoken: boolean } | undefined {
  const token = reading.tokens[index];
  if (token?.number !== undefined) {
    if (wordAt(reading, index + 1).point === true && !token.number.includes('.')) {
      const { digits, next } = decimalsFrom(reading, index + 2);
      if (digits !== '') return { value: `${token.number}.${digits}`, next, spoken: false };
    }
    return { value: token.number, next: index + 1, spoken: false };
  }
  const word = token?.word;
  if (word?.digit === undefined || word.only !== undefined) return undefined;
  if (wordAt(reading, index + 1).point === true) {
    const { digits, next } = decimalsFrom(reading, index + 2);
    if (digits !== '') return { value: `${word.digit}.${digits}`, next, spoken: true };
  }
  return { value: String(word.digit), next: index + 1, spoken: true };
}

/** "สองสิบ" is not said (it is ยี่สิบ): there the number ends, as in ตีสอง|สิบห้า. */
function joins(coefficient: { readonly value: string; readonly spoken: boolean }, place: number): boolean {
  return !(coefficient.spoken && place === 1 && (coefficient.value === '1' || coefficient.value === '2'));
}

function readThai(reading: Reading, index: number): NumberRead | undefined {
  const sum = new Sum();
  let next = index;
  let words = 0;
  let implied = false;
  let place = 0;
  for (;;) {
    const here = wordAt(reading, next);
    // A place of its own: หมื่นห้า, or ล้าน after what was counted so far.
    if (here.place !== undefined && here.english === undefined) {
      const coefficient = here.digit === undefined ? undefined : String(here.digit);
      if (sum.begun ? here.place < million && coefficient === undefined : false) break;
      if (sum.begun && !sum.takes(here.place)) break;
      implied = !sum.begun && coefficient === undefined;
      sum.put(coefficient, here.place);
      place = here.place;
      words++;
      next++;
    } else if (here.half === true && !sum.begun && wordAt(reading, next + 1).place !== undefined) {
      place = wordAt(reading, next + 1).place ?? 0;
      sum.put('0.5', place);
      words += 2;
      next += 2;
      break;
    } else if (here.only === 'twenty' && here.digit === 2 && wordAt(reading, next + 1).place === 1) {
      if (!sum.takes(1)) break;
      sum.put('2', 1);
      place = 1;
      words += 2;
      next += 2;
    } else if (here.only === 'last' && sum.begun) {
      sum.group = add(sum.group, '1');
      words++;
      next++;
      break;
    } else {
      const from = sum.begun ? past(reading, next) : next;
      const coefficient = coefficientAt(reading, from);
      if (coefficient === undefined) break;
      const placeIndex = past(reading, coefficient.next);
      const following = wordAt(reading, placeIndex);
      if (
        following.place !== undefined &&
        following.digit === undefined &&
        joins(coefficient, following.place) &&
        (sum.begun ? sum.takes(following.place) && following.place < sum.lastPlace : true)
      ) {
        sum.put(coefficient.value, following.place);
        place = following.place;
        words += 2;
        next = placeIndex + 1;
      } else if (!sum.begun) {
        if (wordAt(reading, index).only !== undefined) return undefined;
        return plain(reading, index, coefficient.next, coefficient.value, coefficient.spoken ? 1 : 0);
      } else {
        if (from !== next || coefficient.value.length > 1) break;
        // สี่ร้อย|ห้าร้อย: the digit begins the next number (but สิบสาม|สิบสี่)
        if (following.place !== undefined && !(implied && place === 1)) break;
        // หมื่นห้า = 15,000, but ร้อยห้า = 105; พันหนึ่ง is one thousand.
        if (!(implied && coefficient.value === '1' && sum.lastPlace > 1)) {
          const at = sum.lastPlace >= 3 ? sum.lastPlace - 1 : 0;
          sum.group = add(sum.group, shiftPlaces(coefficient.value, at));
        }
        words++;
        next = coefficient.next;
        break;
      }
    }
    // "and some", then perhaps ล้าน
    const some = past(reading, next);
    if (wordAt(reading, some).some === true) {
      const after = wordAt(reading, some + 1);
      next = some + 1;
      if (after.place !== million) break;
    }
    if (place >= 3 && wordAt(reading, next).half === true) {
      sum.group = add(sum.group, shiftPlaces('0.5', place));
      next++;
      break;
    }
  }
  if (!sum.begun) return undefined;
  return {
    value: sum.value,
    start: startAt(reading, index),
    end: endBefore(reading, next),
    next,
    words,
    bare: words === 1 && implied,
    place,
  };
}

function plain(reading: Reading, index: number, after: number, value: string, words: number): NumberRead {
  const some = past(reading, after);
  const follows =
    wordAt(reading, some).some === true && wordAt(reading, some).role !== undefined ? some : after;
  const next = wordAt(reading, follows).some === true ? follows + 1 : after;
  const thousand = wordAt(reading, next).role === 'thousand-letter' && words === 0;
  const end = thousand ? next + 1 : next;
  return {
    value: thousand ? shiftPlaces(value, 3) : tidy(value),
    start: startAt(reading, index),
    end: endBefore(reading, end),
    next: end,
    words,
    bare: false,
    place: thousand ? 3 : 0,
  };
}

/** The index after a space or a hyphen that may stand inside a number in words. */
function pastJoint(reading: Reading, index: number): number {
  return reading.tokens[index]?.mark === '-' ? index + 1 : past(reading, index);
}

/** five hundred, twenty-five, 2.5 million, a hundred thousand. */
function readEnglish(reading: Reading, index: number): NumberRead | undefined {
  let total = '0';
  let current = '0';
  let words = 0;
  let next = index;
  let place = 0;
  for (let at = index; ;) {
    const token = reading.tokens[at];
    const { english, place: power, shy, role } = token?.word ?? {};
    if (english !== undefined) {
      const upcoming = wordAt(reading, past(reading, at + 1)).place;
      if (shy === true && (words > 0 || upcoming === undefined)) break;
      if (words > 0 && current !== '0' && Number(current) % (english >= 10 ? 100 : 10) !== 0) break;
      current = add(current, String(english));
      words++;
    } else if (power !== undefined && token?.form !== undefined && token.form < 'ก') {
      if (current === '0') break;
      place = power;
      if (power === 2) current = shiftPlaces(current, 2);
      else {
        total = add(total, shiftPlaces(current, power));
        current = '0';
      }
      words++;
    } else if (token?.number !== undefined && words === 0) {
      const upcoming = reading.tokens[past(reading, at + 1)];
      if (upcoming?.word?.place === undefined || (upcoming.form ?? 'ก') >= 'ก') return undefined;
      current = token.number;
    } else if (!(
      role === 'and' &&
      words > 0 &&
      wordAt(reading, past(reading, at + 1)).english !== undefined &&
      place === 2
    )) {
      break;
    } else {
      at = past(reading, at + 1);
      continue;
    }
    next = at + 1;
    at = pastJoint(reading, next);
  }
  if (words === 0 || next === index) return undefined;
  const value = tidy(add(total, current));
  return {
    value,
    start: startAt(reading, index),
    end: endBefore(reading, next),
    next,
    words,
    bare: false,
    place,
  };
}

/** What was read once stays: several rules look at the same number. */
const known = new WeakMap<Reading, (NumberRead | null | undefined)[]>();

/** The longest number that begins at token `index`. */
export function readNumber(reading: Reading, index: number): NumberRead | undefined {
  let memory = known.get(reading);
  if (memory === undefined) {
    memory = [];
    known.set(reading, memory);
  }
  const before = memory[index];
  if (before !== undefined) return before ?? undefined;
  const read = readNumberAfresh(reading, index);
  memory[index] = read ?? null;
  return read;
}

function readNumberAfresh(reading: Reading, index: number): NumberRead | undefined {
  const token = reading.tokens[index];
  if (token === undefined) return undefined;
  const { number, word } = token;
  if (number === undefined && word === undefined) return undefined;
  if (
    word !== undefined &&
    (word.english !== undefined || (word.place !== undefined && (token.form ?? '') < 'ก'))
  ) {
    return readEnglish(reading, index);
  }
  if (number !== undefined) {
    const upcoming = reading.tokens[past(reading, index + 1)];
    if (upcoming?.word?.place !== undefined && (upcoming.form ?? 'ก') < 'ก')
      return readEnglish(reading, index);
  }
  if (number === undefined && word?.digit === undefined && word?.place === undefined && word?.half !== true)
    return undefined;
  return readThai(reading, index);
}

/** A whole number up to `limit` at `index`, in digits without a point, or spoken. */
export function readCount(
  reading: Reading,
  index: number,
  limit: number,
): { readonly value: number; readonly next: number; readonly digits: number } | undefined {
  const read = readNumber(reading, index);
  if (read === undefined || (read.bare && read.value !== '10') || read.value.includes('.')) return undefined;
  const value = Number(read.value);
  const digits = read.words > 0 ? 0 : (reading.tokens[index]?.number ?? '').length;
  return value <= limit ? { value, next: read.next, digits } : undefined;
}

/** One spoken or written digit at `index`, whatever follows it: the ตีสาม of ตีสามสิบห้า. */
export function readDigit(
  reading: Reading,
  index: number,
): { readonly value: number; readonly next: number } | undefined {
  const token = reading.tokens[index];
  if (token?.number !== undefined && token.number.length === 1)
    return { value: Number(token.number), next: index + 1 };
  const digit = token?.word?.only === undefined ? token?.word?.digit : undefined;
  return digit === undefined ? undefined : { value: digit, next: index + 1 };
}
