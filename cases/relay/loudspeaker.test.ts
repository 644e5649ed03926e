import { numberWords, spoken } from '../../core';
import { announcement, sentences } from './loudspeaker';
import { splitItems } from './split';

const words = (text: string): number =>
  [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text)].filter(each => each.isWordLike).length;

it.each([
  ['0', 'ศูนย์'],
  ['1', 'หนึ่ง'],
  ['10', 'สิบ'],
  ['11', 'สิบเอ็ด'],
  ['20', 'ยี่สิบ'],
  ['21', 'ยี่สิบเอ็ด'],
  ['101', 'หนึ่งร้อยเอ็ด'],
  ['600', 'หกร้อย'],
  ['2570', 'สองพันห้าร้อยเจ็ดสิบ'],
  ['100000', 'หนึ่งแสน'],
  ['1000000', 'หนึ่งล้าน'],
  ['1000001', 'หนึ่งล้านเอ็ด'],
  ['21000000', 'ยี่สิบเอ็ดล้าน'],
])('says %s as %s', (number, said) => {
  expect(numberWords(number)).toBe(said);
});

it.each([
  ['โทร 1300', 'โทร หนึ่ง สาม ศูนย์ ศูนย์'],
  ['โทร. 054-123-456', 'โทร ศูนย์ ห้า, สี่ หนึ่ง สอง, สาม สี่ ห้า หก'],
  ['๐๘๑ ๒๓๔ ๕๖๗๘', 'ศูนย์ แปด หนึ่ง, สอง สาม สี่, ห้า หก เจ็ด แปด'],
  ['15 ม.ค. 2570', 'สิบห้า มกราคม สองพันห้าร้อยเจ็ดสิบ'],
  ['09:30 น.', 'เก้านาฬิกาสามสิบนาที'],
  ['เปิด 08:30-16:30 น.', 'เปิด แปดนาฬิกาสามสิบนาที ถึง สิบหกนาฬิกาสามสิบนาที'],
  ['สอบถาม 1300', 'สอบถาม หนึ่ง สาม ศูนย์ ศูนย์'],
  ['ติดต่อที่ 1567', 'ติดต่อที่ หนึ่ง ห้า หก เจ็ด'],
  ['เดือนละ 1,500 บาท', 'เดือนละ หนึ่งพันห้าร้อย บาท'],
  ['2.5 ไร่', 'สองจุดห้า ไร่'],
  ['ที่ อบต.ปัว', 'ที่ องค์การบริหารส่วนตำบลปัว'],
  ['ดู https://example.go.th/a ได้', 'ดู ได้'],
])('reads %s aloud as %s', (text, said) => {
  expect(spoken(text)).toBe(said);
});

it('leaves no digit, link or long sentence, and says what matters twice', () => {
  const { text, seconds, slotSeconds } = announcement('บ้านปัว หมู่ 3', [
    {
      question: 'เบี้ยผู้สูงอายุเข้าวันไหน',
      answer:
        'เงินเข้าบัญชีทุกวันที่ 10 ของเดือน ถ้าตรงวันหยุดจะเข้าก่อนวันหยุด คนที่ยังไม่ลงทะเบียนให้ไปที่ อบต. พร้อมบัตรประชาชนและสมุดบัญชีธนาคาร\nโทร 054 123 456 ดู https://example.go.th',
    },
    { question: 'ยังไม่มีคำตอบ' },
  ]);
  expect(text).not.toMatch(/[\d๐-๙]|http/u);
  for (const line of text.split('\n')) expect(words(line)).toBeLessThan(15);
  expect(text.split('ศูนย์ ห้า, สี่ หนึ่ง สอง, สาม สี่ ห้า หก')).toHaveLength(3);
  expect(text).not.toContain('ยังไม่มีคำตอบ');
  expect(slotSeconds % 30).toBe(0);
  expect(seconds).toBeLessThanOrEqual(slotSeconds);
});

it('cuts a text without any space between words', () => {
  const long = 'ผู้สูงอายุที่อายุครบหกสิบปีบริบูรณ์สามารถลงทะเบียนรับเงินเบี้ยยังชีพได้ที่สำนักงานใกล้บ้านทุกวันราชการ';
  expect(sentences(long).join('')).toBe(long);
  for (const line of sentences(long)) expect(words(line)).toBeLessThan(15);
});

it.each([
  ['numbered', 'ฝากถาม 1. เบี้ยคนชราเข้าวันไหน 2. บัตรคนพิการทำที่ไหน', 2],
  ['numbered in Thai digits', 'ถามแทนลูกบ้าน\n๑) เบี้ยเข้าวันไหน\n๒) ทำบัตรที่ไหน\n๓) ย้ายทะเบียนบ้านยังไง', 3],
  ['one a line', 'เบี้ยเข้าวันไหน\n- ทำบัตรที่ไหน', 2],
  ['one question', 'ที่ดิน 2.5 ไร่ โอนให้ลูกเสียเท่าไร', 1],
  ['nothing', '   ', 0],
])('splits a list that is %s', (_, text, count) => {
  expect(splitItems(text)).toHaveLength(count);
});
