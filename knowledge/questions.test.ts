import { join } from 'node:path';
import type { Topic } from '../core';
import { findQuestion, loadRegister, publish } from './index';

const knowledge = publish(loadRegister(join(__dirname, 'data')));

function topic(id: string): Topic {
  const found = knowledge.topic({ kind: 'service', id });
  if (!found) throw new Error(`The register has no "${id}".`);
  return found;
}

describe('finding the question of a topic that a text asks', () => {
  it.each([
    ['p1-43', 'ตรวจเครดิตบูโร'],
    ['p2-33', 'ป้ายทะเบียนหาย ทำใหม่'],
    ['p2-49', 'สายด่วนสุขภาพจิต'],
    ['p2-54', 'ใบอนุญาตก่อสร้าง กทม'],
  ])('takes the mere name of %s, "%s", for no question', (id, text) => {
    expect(findQuestion(topic(id), text, 'th')).toBeUndefined();
  });

  it.each([
    ['p1-37', 'ใบขับขี่หมดอายุกี่ปีต้องสอบใหม่', 'สอบข้อเขียน'],
    ['p1-31', 'บัตรคนจน เงินเข้าวันไหนคะ', 'วันที่ 1'],
    ['p2-46', 'แลนด์แมพดูชื่อเจ้าของที่ดินได้ไหมครับ', 'ไม่บอกชื่อ'],
    ['p2-38', 'รับโอนมรดกที่ดินไม่มีผู้จัดการมรดกได้ไหม', 'ทายาทตกลงกันได้'],
  ])('answers %s, asked as "%s", by the question meant', (id, text, words) => {
    expect(findQuestion(topic(id), text, 'th')).toContain(words);
  });

  it('answers nothing to a text that asks something else', () => {
    expect(findQuestion(topic('p1-37'), 'อยากกินข้าวผัด', 'th')).toBeUndefined();
  });
});
