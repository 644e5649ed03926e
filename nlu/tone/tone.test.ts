import { crisisKindOf, readTone } from '.';

describe('readTone', () => {
  it.each([
    ['อยากตาย', 'self-harm'],
    ['แม่หมดสติเรียกไม่ตื่น', 'medical'],
    ['ผัวกำลังตีหนู', 'violence'],
    ['ไฟไหม้บ้านข้างๆ', 'fire'],
    ['ลูกหายไปตั้งแต่เมื่อวาน', 'missing'],
    ['i want to die', 'self-harm'],
    ['เพิ่งโดนหลอกโอนเงินไปเมื่อกี้', 'scam'],
  ])('hears danger in %s', (text, kind) => {
    expect(readTone(text, 0).crisis).toBe(kind);
  });

  it.each([
    ['ไฟไหม้บ้านปีที่แล้ว ขอเงินเยียวยา'],
    ['บัตรประชาชนลูกหาย'],
    ['โดนซ้อมเดือนที่แล้ว จะเบิกค่ารักษา'],
    ['ต่อใบขับขี่'],
    ['ใบหย่าหาย'],
    ['โรงงานปล่อยน้ำเสีย ปลาตายลอยเต็มคลอง'],
    ['บ้านเสียหายทั้งหลัง หลานเสียใจ'],
    ['แม่หายดีแล้ว'],
  ])('takes %s for a question', text => {
    expect(readTone(text, 0).crisis).toBeUndefined();
  });

  it.each([
    ['ไอ้โง่', true],
    ['ติดต่อสัสดีอำเภอ', false],
    ['ปรึกษาผู้เชี่ยวชาญ', false],
    ['ควายป่วยทำไงดี', false],
  ])('tells abuse in %s: %s', (text, abusive) => {
    expect(readTone(text, 0).tone.abusive).toBe(abusive);
  });

  it('hears anger without bad words', () => {
    expect(readTone('บริการแย่มาก โยนกันไปมา', 0).tone).toEqual({ angry: true, abusive: false });
  });
});

it.each([
  ['บ้านทั้งหลังมีแต่ควัน', 'fire'],
  ['เลือดไหลเต็มพื้น', 'medical'],
  ['เขาถือมีดจะแทง', 'violence'],
  ['ตึกข้างบ้านเสียหาย ยายติดอยู่ เลือดออก', 'medical'],
  ['the white dog bites, she bleeds', 'medical'],
])('names the danger of %s', (text, kind) => {
  expect(crisisKindOf(text)).toBe(kind);
});
