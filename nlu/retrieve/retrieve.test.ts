import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { indexPassages } from '.';

const passages = [
  'กรุงศรีอยุธยาเป็นราชธานีของไทยมา 417 ปี สถาปนาโดยพระเจ้าอู่ทองใน พ.ศ. 1893',
  'เชียงใหม่ก่อตั้งโดยพญามังรายใน พ.ศ. 1839 เป็นศูนย์กลางของอาณาจักรล้านนา',
  'แม่น้ำเจ้าพระยาเกิดจากแม่น้ำปิง วัง ยม และน่าน ไหลลงอ่าวไทยที่สมุทรปราการ',
];

describe('the passage index', () => {
  const index = indexPassages(passages);

  it.each([
    ['ใครเป็นผู้ก่อตั้งเชียงใหม่', 1],
    ['แม่น้ำเจ้าพระยาไหลลงที่ใด', 2],
    ['พระเจ้าอู่ทองสถาปนากรุงศรีอยุธยาเมื่อใด', 0],
  ])('finds the passage for %s', (question, passage) => {
    expect(index.search(question, 3)[0]?.passage).toBe(passage);
  });

  it('finds nothing where nothing is alike', () => {
    expect(index.search('zzzz', 3)).toEqual([]);
    expect(index.search('', 3)).toEqual([]);
  });

  it('takes any question, gives at most what was asked for, best first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 3 }), (question, limit) => {
        const hits = index.search(question, limit);
        expect(hits.length).toBeLessThanOrEqual(limit);
        expect(hits.every((hit, at) => at === 0 || hit.score <= (hits[at - 1]?.score ?? 0))).toBe(true);
      }),
    );
  });
});

it('finds the one sentence that answers, deep in one of many long passages', () => {
  const many = Array.from({ length: 120 }, (_, at) => {
    const filler = `เรื่องที่ ${at} เล่าถึงตลาดและแม่น้ำในเมืองหมายเลข ${at * 7} `.repeat(8);
    return `${filler}ผู้ว่าการคนที่ ${at * 13 + 5} สร้างสะพานยาว ${at * 17 + 3} เมตร ${filler}`;
  });
  const index = indexPassages(many);
  for (const at of [0, 57, 119])
    expect(index.search(`สะพานยาว ${at * 17 + 3} เมตร ใครสร้าง`, 5)[0]?.passage).toBe(at);
});

const articleSchema = z.object({ text: z.string(), questions: z.array(z.string()) });

/** Articles of a made-up country that mention each other, so that a question's words stand in several. */
const articles = readFileSync(join(__dirname, 'data', 'made-up-encyclopaedia.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => articleSchema.parse(JSON.parse(line)));

it('finds the article that is about what is asked, not those that mention it', () => {
  const index = indexPassages(articles.map(({ text }) => text));
  const missed = articles.flatMap(({ questions }, passage) =>
    questions.filter(question => index.search(question, 1)[0]?.passage !== passage),
  );
  expect(missed.length).toBeLessThanOrEqual(0.06 * articles.length * 4);
});

it('indexes nothing without complaint', () => {
  expect(indexPassages([]).search('อะไร', 5)).toEqual([]);
});
