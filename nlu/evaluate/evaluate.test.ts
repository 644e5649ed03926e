import type { Understander, Understanding } from '../../core';
import type { DevLine } from '../examples';
import { answerCurve, evaluationPage, judge, measure, reliability } from '.';

const base: Understanding = {
  normalised: '',
  language: 'th',
  intent: 'topic',
  confidence: 0.9,
  topics: [],
  decision: 'answer',
  entities: [],
  tone: { angry: false, abusive: false },
};

const topic = (id: string, score: number): Understanding['topics'][number] => ({
  kind: 'service',
  id,
  score,
});

/** Understands by heart, so that every figure can be counted by hand. */
const answers: Readonly<Record<string, Understanding>> = {
  right: { ...base, topics: [topic('p1-01', 0.9)] },
  second: { ...base, decision: 'ask-back', topics: [topic('p1-02', 0.4), topic('p1-01', 0.3)] },
  bold: { ...base, topics: [topic('p1-02', 0.8)] },
  none: { ...base, intent: 'none', decision: 'none' },
  danger: { ...base, intent: 'crisis', crisis: 'medical', decision: 'none' },
};
const understander: Understander = { version: 'test', understand: text => answers[text] ?? base };

const line = (text: string, label: string, also: readonly string[] = []): DevLine => ({
  text,
  label,
  style: 'plain',
  also,
});

const rows = [
  line('right', 'service:p1-01'),
  line('second', 'service:p1-01'),
  line('bold', 'service:p1-01'),
  line('bold', 'service:p1-09', ['service:p1-02']),
  line('none', 'none'),
  line('danger', 'intent:crisis'),
  line('danger', 'none'),
].map(each => judge(understander, each, 0));

it('counts what an officer would count', () => {
  const measures = measure(rows);
  expect(measures.first).toBeCloseTo(4 / 7);
  expect(measures.topics).toMatchObject({ lines: 4, first: 0.5, inThree: 0.75 });
  expect(measures.answered).toBe(0.75);
  expect(measures.wrongConfident).toBeCloseTo(1 / 7);
  expect(measures.none).toEqual({ precision: 1, recall: 0.5 });
  expect(measures.crisis.recall).toBe(1);
  expect(measures.crisis.falseAlarms).toBeCloseTo(1 / 6);
});

it('counts two rows of the register that are one service as one', () => {
  const twin: Understander = { version: 'x', understand: () => ({ ...base, topics: [topic('p3-37', 0.9)] }) };
  expect(judge(twin, line('x', 'service:p2-56'), 0).right).toBe(true);
});

it('draws the curve from everything answered to nothing', () => {
  const curve = answerCurve(rows);
  expect(curve[0]).toEqual({ threshold: 0, answered: 1, wrong: 2 / 7 });
  expect(curve.at(-1)).toMatchObject({ answered: 0, wrong: 0 });
  expect(reliability(rows).reduce((sum, bin) => sum + bin.lines, 0)).toBe(rows.length);
});

it('writes a page that fetches nothing and escapes what people wrote', () => {
  const evil = judge(
    understander,
    { ...line('bold', 'service:p1-01'), text: '<script>alert(1)</script>' },
    0,
  );
  const page = evaluationPage({
    rows: [...rows, { ...evil, right: false }],
    measures: measure(rows),
    subtitle: 's',
    nameOf: label => label,
  });
  expect(page).toContain('&lt;script&gt;alert(1)');
  expect(page).not.toMatch(/<script>alert|src=|href=|url\(/u);
});
