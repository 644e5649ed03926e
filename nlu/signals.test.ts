import { dangerOf, type Signals, subjectOf } from './signals';
import { defaultThresholds } from './thresholds';
import { readTone } from './tone';

const signals = (given: Partial<Signals>, text = ''): Signals => ({
  topics: [],
  dialog: { intent: 'greet', score: 0 },
  none: 0,
  danger: 0,
  tone: readTone(text, 0),
  ...given,
});

const topic = (id: string, score: number) => ({ kind: 'service' as const, id, score });

describe('what a text is about', () => {
  const intentOf = (given: Partial<Signals>): string => subjectOf(signals(given), defaultThresholds).intent;

  it('is the register where its likeliest topics together outweigh the rest', () => {
    const topics = [topic('p1-04', 0.2), topic('p2-12', 0.15), topic('p1-05', 0.1)];
    expect(intentOf({ topics, dialog: { intent: 'quiz', score: 0.4 } })).toBe('topic');
    expect(intentOf({ topics, none: 0.4 })).toBe('none');
  });

  it('is no dialog that it only sounds a little like', () => {
    expect(intentOf({ dialog: { intent: 'quiz', score: 0.04 } })).toBe('none');
    expect(intentOf({ dialog: { intent: 'quiz', score: 0.6 }, none: 0.2 })).toBe('quiz');
  });

  it('is nothing where no topic is likely, however many there are', () => {
    expect(intentOf({ topics: Array.from({ length: 90 }, (_, at) => topic(`p1-${at}`, 0.01)) })).toBe('none');
  });
});

describe('danger', () => {
  const heard = (text: string, danger: number, none = 0) =>
    dangerOf(signals({ danger, none }, text), text, defaultThresholds);

  it('is heard by the model alone, by words that it does not contradict, or by words that need no model', () => {
    expect(heard('เขาเดินเข้ามาใกล้', 0.9)).toBeDefined();
    expect(heard('แม่หมดสติ', 0.01)).toBe('medical');
    expect(heard('หนูโดนข่มขืน', 0)).toBe('violence');
  });

  it('is not heard where the model is sure that words only sound like it', () => {
    expect(heard('ทีมเราโดนยิงสามลูก', 0.0005, 0.99)).toBeUndefined();
    expect(heard('รถติดจนอยากตาย', 0.0005, 0.99)).toBeUndefined();
    expect(heard('อยากตาย', 0.0005, 0.5)).toBe('self-harm');
  });

  it('is heard in a wish to die whatever papers or money stand beside it, and not in a report on suicide', () => {
    expect(heard('อยากตาย ไม่มีเงินจ่ายค่ารักษา', 0.0005)).toBe('self-harm');
    expect(heard('ลงทะเบียนแล้วไม่ได้เงินช่วย จะผูกคอให้ดู', 0.0005)).toBe('self-harm');
    expect(heard('ขอข้อมูลป้องกันการฆ่าตัวตายไปทำรายงาน', 0.02)).toBeUndefined();
    expect(heard('ขอข้อมูลป้องกันการฆ่าตัวตายไปทำรายงาน', 0.2)).toBe('self-harm');
  });
});
