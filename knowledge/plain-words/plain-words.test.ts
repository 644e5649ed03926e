import { join } from 'node:path';
import { createPlainWords, loadPlainWords } from './index';

const rows = loadPlainWords(join(__dirname, '..', 'data'));
const { avoidable, explained } = createPlainWords(rows);
const words = (text: string): string[] => avoidable(text).map(word => word.official);

describe('official words', () => {
  it.each([
    ['ท่านต้องยื่นคำร้องพร้อมเอกสารหลักฐาน ณ ที่ว่าการอำเภอ', ['ท่าน', 'ยื่นคำร้อง', 'เอกสารหลักฐาน', 'ณ ที่']],
    ['กรุณาชำระค่าธรรมเนียม', ['กรุณา', 'ชำระ']],
    ['แจ้งความประสงค์', ['ประสงค์']],
  ])('are found in the order they stand in: %s', (text, found) => {
    expect(words(text)).toEqual(found);
  });

  it.each([
    'ได้เท่านี้',
    'คุณสมบัติและคุณภาพ',
    'วันอาทิตย์',
    'บัตรประชาชน (บัตรประจำตัวประชาชน)',
    'ค่าคำขอ 5 บาท',
    'ไปที่อำเภอ พร้อมเอกสาร 2 อย่างนี้',
  ])('are not seen in other words: %s', text => {
    expect(words(text)).toEqual([]);
  });

  it('are taken whole where one stands in another', () => {
    expect(explained('ผู้จัดการมรดกและทายาท').map(word => word.official)).toEqual(['ผู้จัดการมรดก', 'ทายาท']);
    expect(words('ยื่นคำขอ')).toEqual(['ยื่นคำขอ']);
  });

  it('have plain words that are none themselves, in both languages', () => {
    const instead = rows.filter(row => row.use === 'instead');
    expect(instead.filter(({ plain }) => avoidable(plain.th).length > 0)).toEqual([]);
    expect(rows.filter(({ plain }) => !plain['en'])).toEqual([]);
    expect(new Set(rows.map(row => row.official)).size).toBe(rows.length);
  });
});
