import { join } from 'node:path';
import { AppError, type Topic, inLanguage } from '../core';
import { findQuestion, loadRegister, publish } from './index';

const knowledge = publish(loadRegister(join(__dirname, 'data')));

function topicOf(id: string): Topic {
  const topic = knowledge.topic({ kind: 'service', id });
  if (!topic) throw new AppError('INPUT_INVALID', `no topic ${id}`);
  return topic;
}

const answerTo = (id: string, ask: string, language = 'th'): string => {
  const question = topicOf(id).questions.find(one => inLanguage(one.ask, language).includes(ask));
  if (!question) throw new AppError('INPUT_INVALID', `${id} has no question "${ask}"`);
  return inLanguage(question.answer, language);
};

describe('which of a topic’s questions is asked', () => {
  it.each([
    ['p1-04', 'เบี้ยคนแก่ของแม่เดือนนี้ไม่เข้าเลย', 'เดือนนี้เงินไม่เข้า'],
    ['p1-04', 'เบี้ยผู้สุงอายุออกวันใหน', 'เบี้ยคนแก่ออกวันไหน'],
    ['p1-04', 'ยายเสียไปแล้วแต่เบี้ยยังเข้าอยู่ ต้องคืนไหม', 'คนรับเบี้ยเสียชีวิตแล้วเงินยังเข้าต้องคืนไหม'],
    ['px-47', 'บัดประชาชนหายต้องแจ้งความก่อนมั้ย', 'บัตรประชาชนหายทำไง'],
    ['px-47', 'แม่ติดเตียงจะทำบัตรยังไง', 'คนแก่ติดเตียงทำบัตรยังไง'],
    ['p1-25', 'ลาออกเองจะได้เงินว่างงานกี่เดือน', 'ลาออกเองได้เงินว่างงานไหม'],
    ['p1-16', 'ขอผ่อนภาษีเป็นงวดได้มั้ย', 'ผ่อนภาษีได้ไหม'],
    ['p2-36', 'ย้ายทะเบียนบ้านทางออนไลน์ได้รึเปล่า', 'ย้ายทะเบียนบ้านออนไลน์ได้ไหม'],
    ['x-online-crime', 'โอนเงินให้มิจฉาชีพไปแล้วทำไงดี', 'โอนเงินไปแล้วทำไง'],
  ])('%s hears "%s"', (id, text, ask) => {
    expect(findQuestion(topicOf(id), text, 'th')).toBe(answerTo(id, ask));
  });

  it.each([
    ['p2-36', 'ย้ายทะเบียนบ้าน'],
    ['p1-07', 'ทำบัตรคนพิการ'],
    ['p1-13', 'กู้เงินคนพิการ'],
    ['p1-20', 'เงินชราภาพ'],
    ['p1-04', 'เบี้ยผู้สูงอายุ'],
    ['x-marriage', 'จดทะเบียนสมรส'],
    ['p1-43', 'ตรวจเครดิตบูโร'],
    ['p2-33', 'ป้ายทะเบียนหาย ทำใหม่'],
    ['p2-49', 'สายด่วนสุขภาพจิต'],
    ['p2-54', 'ใบอนุญาตก่อสร้าง กทม'],
  ])('%s gives the whole answer to its bare name "%s"', (id, name) => {
    expect(findQuestion(topicOf(id), name, 'th')).toBeUndefined();
  });

  it.each([
    ['p1-04', 'วันนี้อากาศดีจัง'],
    ['p1-16', 'สวัสดีตอนเช้า'],
    ['p1-37', 'อยากกินข้าวผัด'],
    ['px-47', ''],
    ['px-47', '???'],
  ])('%s has nothing to "%s"', (id, text) => {
    expect(findQuestion(topicOf(id), text, 'th')).toBeUndefined();
  });

  it.each([
    ['p1-37', 'ใบขับขี่หมดอายุกี่ปีต้องสอบใหม่', 'สอบข้อเขียน'],
    ['p1-31', 'บัตรคนจน เงินเข้าวันไหนคะ', 'วันที่ 1'],
    ['p2-46', 'แลนด์แมพดูชื่อเจ้าของที่ดินได้ไหมครับ', 'ไม่บอกชื่อ'],
    ['p2-38', 'รับโอนมรดกที่ดินไม่มีผู้จัดการมรดกได้ไหม', 'ทายาทตกลงกันได้'],
  ])('%s answers "%s" in the words of the question meant', (id, text, words) => {
    expect(findQuestion(topicOf(id), text, 'th')).toContain(words);
  });

  it('reads each language by its own ways to ask', () => {
    const english = answerTo('px-47', 'I lost my ID card', 'en');
    expect(findQuestion(topicOf('px-47'), 'help, I lost my ID card yesterday', 'en')).toBe(english);
    expect(findQuestion(topicOf('px-47'), 'I lost my ID card', 'en')).not.toBe(
      findQuestion(topicOf('px-47'), 'บัตรประชาชนหายทำไง', 'th'),
    );
  });
});
