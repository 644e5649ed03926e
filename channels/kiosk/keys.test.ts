import { keyFace, latinKeys, thaiKeys } from './web/keys';

const all = (layout: typeof thaiKeys): string[] => [...layout.rows.flat(), ...layout.shifted.flat()];

it('can type every letter, vowel, tone mark and digit of Thai, each from one key', () => {
  const keys = all(thaiKeys);
  for (let code = 0x0e01; code <= 0x0e59; code += 1) {
    const letter = String.fromCodePoint(code);
    // Unassigned code points, and two marks that everyday texts do not have.
    if (/\p{Cn}/u.test(letter) || letter === '๎' || letter === '๏') continue;
    expect([letter, keys.filter(key => key === letter).length]).toEqual([letter, 1]);
  }
});

it('can type every letter and digit of English', () => {
  const keys = new Set(all(latinKeys));
  for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
    expect(keys).toContain(letter);
});

it('has the same shape with and without shift', () => {
  for (const layout of [thaiKeys, latinKeys]) {
    expect(layout.shifted.map(row => row.length)).toEqual(layout.rows.map(row => row.length));
  }
});

it('shows marks on a dotted circle', () => {
  expect(['ก', '่', 'ำ', '1'].map(keyFace)).toEqual(['ก', '◌่', '◌ำ', '1']);
});
