import { createEntityReader } from '.';

const read = createEntityReader();
const now = Date.parse('2026-11-24T10:00:00+07:00');

const first = (kind: string, text: string): string | undefined =>
  read(text, now).find(entity => entity.kind === kind)?.value;

describe('quantities', () => {
  it.each([
    ['หมื่นห้า', '15000'],
    ['สองแสนสาม', '230000'],
    ['พันสอง', '1200'],
    ['พันนึง', '1000'],
    ['ร้อยห้าคน', '105'],
    ['หกสิบห้า', '65'],
    ['ยี่สิบเอ็ด', '21'],
    ['สามล้านห้าแสน', '3500000'],
    ['ครึ่งล้าน', '500000'],
    ['หนึ่งจุดห้าล้าน', '1500000'],
    ['1.5 ล้าน', '1500000'],
    ['2 หมื่น 5 พัน', '25000'],
    ['สองหมื่นกว่า', '20000'],
    ['พันล้านดอลลาร์', '1000000000'],
    ['ร้อยละ 12.5', '12.5'],
    ['15k', '15000'],
    ['twenty-five people', '25'],
  ])('number %s', (text, expected) => {
    expect(first('number', text)).toBe(expected);
  });

  it.each([
    ['2,500.50 บาท', '2500.5'],
    ['1.2 แสนล้านบาท', '120000000000'],
    ['100 บาท 50 สตางค์', '100.5'],
    ['รายได้เดือนละหมื่นห้า', '15000'],
    ['฿500', '500'],
    ['two million baht', '2000000'],
  ])('money %s', (text, expected) => {
    expect(first('money', text)).toBe(expected);
  });

  it.each([
    ['อายุหกสิบสอง', '62'],
    ['อายุ 65 ปี', '65'],
    ['3 ขวบ', '3'],
    ['อายุหนึ่งขวบสามเดือน', '1.25'],
    ['เกิดปี 2500', '69'],
    ['born 1957', '69'],
    ['เกิดวันที่ 25 พฤศจิกายน 2500', '68'],
    ['65-year-old man', '65'],
  ])('age %s', (text, expected) => {
    expect(first('age', text)).toBe(expected);
  });

  it.each([
    ['3 เดือน', 'P3M'],
    ['1 ปี 6 เดือน', 'P1Y6M'],
    ['สองชั่วโมงครึ่ง', 'PT2H30M'],
    ['ครึ่งชั่วโมง', 'PT30M'],
    ['เดือนครึ่ง', 'P1M15D'],
    ['3 วัน 2 คืน', 'P3D'],
  ])('duration %s', (text, expected) => {
    expect(first('duration', text)).toBe(expected);
  });

  it('keeps amounts and the present month apart', () => {
    expect(read('เงินลูก 600 เดือนนี้', now).map(({ kind, value }) => `${kind}:${value}`)).toEqual([
      'relation:child',
      'number:600',
      'date:2026-11',
    ]);
  });
});
