import fc from 'fast-check';
import { repairLayout } from '.';

describe('repairLayout', () => {
  it.each([
    ['l;ylfu', 'สวัสดี'],
    ['[y9ixit=k=o', 'บัตรประชาชน'],
  ])('reads %s as Thai where it makes words', (typed, meant) => {
    expect(repairLayout(typed)).toBe(meant);
  });

  it.each([
    ['้ำสสน', 'hello'],
    ['ยสำฟหำ ้ำสย', 'please help'],
  ])('reads %s as English', (typed, meant) => {
    expect(repairLayout(typed)).toBe(meant);
  });

  it.each([
    'how do I renew my passport',
    'need wheelchair for mom',
    'ok thanks',
    'https://www.example.go.th/a',
    'สวัสดีครับ',
    'ต่อใบขับขี่',
    'LINE ใช้ไม่ได้',
    '12345',
    'fuck',
  ])('leaves %s alone', text => {
    expect(repairLayout(text)).toBeUndefined();
  });

  it('keeps every offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const read = repairLayout(text);
        expect(read === undefined || read.length === text.length).toBe(true);
      }),
    );
  });
});
