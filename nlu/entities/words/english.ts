import type { Word } from './word';

const months = [
  'january jan',
  'february feb',
  'march mar',
  'april apr',
  'may',
  'june jun',
  'july jul',
  'august aug',
  'september sep sept',
  'october oct',
  'november nov',
  'december dec',
];
const shyMonths = new Set(['march', 'may', 'mar', 'jan', 'sep', 'dec', 'jun']);

const weekdays = [
  'sunday sun',
  'monday mon',
  'tuesday tue tues',
  'wednesday wed',
  'thursday thu thur thurs',
  'friday fri',
  'saturday sat',
];

const numbers =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';

const rest: readonly (readonly [string, Word])[] = [
  ['today', { shift: 0 }],
  ['tonight', { shift: 0, part: 'night' }],
  ['tomorrow', { shift: 1 }],
  ['tmr', { shift: 1 }],
  ['yesterday', { shift: -1 }],
  ['hundred', { place: 2 }],
  ['thousand', { place: 3 }],
  ['million', { place: 6 }],
  ['billion', { place: 9 }],
  ['k', { role: 'thousand-letter' }],
  ['m', { role: 'million-letter' }],
  ['th', { role: 'ordinal' }],
  ['st', { role: 'ordinal' }],
  ['nd', { role: 'ordinal' }],
  ['rd', { role: 'ordinal' }],
  ['am', { role: 'am' }],
  ['a.m.', { role: 'am' }],
  ['a.m', { role: 'am' }],
  ['pm', { role: 'pm' }],
  ['p.m.', { role: 'pm' }],
  ['p.m', { role: 'pm' }],
  ["o'clock", { role: 'oclock' }],
  ['noon', { role: 'noon' }],
  ['midnight', { role: 'midnight' }],
  ['second', { unit: 'second' }],
  ['minute', { unit: 'minute' }],
  ['min', { unit: 'minute' }],
  ['hour', { unit: 'hour' }],
  ['hr', { unit: 'hour' }],
  ['day', { unit: 'day' }],
  ['night', { unit: 'night', part: 'night' }],
  ['week', { unit: 'week' }],
  ['month', { unit: 'month' }],
  ['quarter', { unit: 'quarter' }],
  ['year', { unit: 'year' }],
  ['decade', { unit: 'decade' }],
  ['morning', { part: 'morning' }],
  ['afternoon', { part: 'afternoon' }],
  ['evening', { part: 'evening' }],
  ['this', { role: 'this' }],
  ['next', { role: 'next' }],
  ['last', { role: 'last' }],
  ['coming', { role: 'coming' }],
  ['ago', { role: 'ago' }],
  ['in', { role: 'ahead' }],
  ['on', { role: 'on' }],
  ['at', { role: 'clock-mark' }],
  ['around', { role: 'about' }],
  ['about', { role: 'about' }],
  ['over', { role: 'about' }],
  ['from', { role: 'about' }],
  ['between', { role: 'about' }],
  ['since', { role: 'ahead' }],
  ['by', { role: 'ahead' }],
  ['during', { role: 'ahead' }],
  ['of', { role: 'of' }],
  ['the', { role: 'of' }],
  ['to', { role: 'to' }],
  ['until', { role: 'to' }],
  ['till', { role: 'to' }],
  ['and', { role: 'and' }],
  ['or', { role: 'and' }],
  ['born', { role: 'born' }],
  ['born in', { role: 'born' }],
  ['born on', { role: 'born' }],
  ['aged', { role: 'age' }],
  ['age', { role: 'age' }],
  ['old', { role: 'years-old' }],
  ['yo', { role: 'years-old' }],
  ['y.o.', { role: 'years-old' }],
  ['ad', { era: 'CE' }],
  ['be', { era: 'BE', shy: true }],
  ['b.e.', { era: 'BE' }],
  ['a.d.', { era: 'CE' }],
  ['baht', { baht: true }],
  ['thb', { baht: true }],
  ['satang', { role: 'satang' }],
  ['percent', { role: 'percent' }],
  ['several', { role: 'vague' }],
  ['dollars', { foreign: true, classifier: true }],
  ['usd', { foreign: true, classifier: true }],
  ['people', { classifier: true }],
  ['persons', { classifier: true }],
  ['times', { classifier: true }],
  ['half', { half: true }],
  ['a', { english: 1, shy: true }],
  ['an', { english: 1, shy: true }],
];

/** The English counterpart of `thaiWords`. */
export function englishWords(): Map<string, Word> {
  const words = new Map<string, Word>();
  months.forEach((names, index) => {
    for (const name of names.split(' ')) {
      words.set(name, shyMonths.has(name) ? { month: index + 1, shy: true } : { month: index + 1 });
    }
  });
  weekdays.forEach((names, weekday) => {
    const [full = '', ...short] = names.split(' ');
    words.set(full, { weekday });
    for (const name of short) words.set(name, { weekday, shy: true });
  });
  numbers.split(' ').forEach((name, value) => words.set(name, { english: value }));
  tens.split(' ').forEach((name, index) => words.set(name, { english: (index + 2) * 10 }));
  for (const [form, word] of rest) {
    words.set(form, word);
    if (word.unit !== undefined) words.set(`${form}s`, word);
  }
  return words;
}
