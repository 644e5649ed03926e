import { sensesIn } from '.';
import { thaiSegmenter } from '../segment';
import { senseWords } from './words';

const names = Object.keys(senseWords);
const sensesOf = (text: string): (string | undefined)[] =>
  sensesIn(text, thaiSegmenter().cuts(text)).map(sense => names[sense]);

it('finds who, what befalls them and what takes the danger out of it, also in words that were cut apart', () => {
  expect(sensesOf('แม่หมดสติ')).toEqual(['kin', 'severe']);
  expect(sensesOf('นางเอกจมน้ำตอนจบ')).toEqual(['story', 'severe']);
  expect(sensesOf('my dad collapsed')).toEqual(['self', 'kin', 'severe']);
  expect(sensesOf('')).toEqual([]);
});

it('finds no word inside another', () => {
  expect(sensesOf('ไฟฟ้า')).not.toContain('fire');
  expect(sensesOf('เสียหาย')).not.toContain('lost');
});

it.each(Object.entries(senseWords))('finds every word of %s where it stands alone', (sense, words) => {
  expect(words.split(' ').filter(word => !sensesOf(word).includes(sense))).toEqual([]);
});
