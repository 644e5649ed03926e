import { join } from 'node:path';
import fc from 'fast-check';
import { type Topic, type Understander } from '../core';
import { loadRegister, publish } from '../knowledge';
import { createUnderstander, loadExamples, modelKey, trainModel } from '.';

const data = join(__dirname, '..', 'knowledge', 'data');
const kept = new Set(['p1-01', 'p1-04', 'p1-16', 'p1-37', 'px-47', 'p2-58', 'x-death', 'c-01', 'h-02']);

/** A register of a few topics, with all dialogs: large enough to be real, small enough to train in a test. */
function smallRegister(): { topics: readonly Topic[]; understander: Understander; model: Uint8Array } {
  const topics = publish(loadRegister(data))
    .topics()
    .filter(topic => kept.has(topic.id));
  const wanted = new Set(topics.map(topic => `${topic.kind}:${topic.id}`));
  const examples = loadExamples(join(data, 'phrases')).filter(
    (example, at) => wanted.has(example.label) || (!example.label.includes('service') && at % 2 === 0),
  );
  const model = trainModel({ topics, examples });
  return { topics, model, understander: createUnderstander({ version: 'test', topics, model }) };
}

describe('the understander', () => {
  const { topics, understander, model } = smallRegister();
  const now = Date.UTC(2026, 10, 24);

  it.each([
    ['ต่ออายุใบขับขี่ทำยังไง', 'p1-37'],
    ['how do I renew my passport', 'p2-58'],
    ['บัดประชาชนหายทำไง', 'px-47'],
    ['เบี่ยผู้สูงอายุเข้าวันไหน', 'p1-04'],
    ['ยื่นภาษีเงินได้ออนไลน์', 'p1-16'],
  ])('answers %s', (text, id) => {
    const understood = understander.understand(text, now);
    expect(understood.intent).toBe('topic');
    expect(understood.topics[0]?.id).toBe(id);
  });

  it.each([['I am going to kill myself tonight'], ['หนูโดนข่มขืนเมื่อคืน']])(
    'takes %s for no talk, whatever the model thinks',
    text => {
      expect(understander.understand(text, now).crisis).toBeDefined();
    },
  );

  it('says which words made a topic match, as they were typed', () => {
    const text = 'พี่ข้างบ้านเขาฝากถามว่า จะต่ออายุใบขับขี่ ทำยังไง';
    const reasons = understander.explain?.(text, { kind: 'service', id: 'p1-37' }) ?? [];
    expect(reasons[0]?.text).toBe('ใบขับขี่');
    for (const { text: word, start, end, weight } of reasons) {
      expect(text.slice(start, end)).toBe(word);
      expect(weight).toBeGreaterThan(0);
    }
    expect(understander.explain?.(text, { kind: 'service', id: 'nowhere' })).toEqual([]);
    expect(understander.explain?.('', { kind: 'service', id: 'p1-37' })).toEqual([]);
  });

  it.each([
    ['สวัสดีครับ', 'greet'],
    ['l;ylfu', 'greet'],
    ['ขอคุยกับเจ้าหน้าที่', 'handover'],
    ['ขอบคุณมากค่ะ', 'thanks'],
  ])('hears the dialog in %s', (text, intent) => {
    expect(understander.understand(text, now)).toMatchObject({ intent, decision: 'none' });
  });

  it('puts danger before everything', () => {
    expect(understander.understand('อยากตาย ไม่อยากต่อใบขับขี่แล้ว', now)).toMatchObject({
      intent: 'crisis',
      crisis: 'self-harm',
    });
  });

  it.each(['', '   ', '\u200b\u200b', '???', '😀'])('finds nothing in %j', text => {
    expect(understander.understand(text, now)).toMatchObject({
      intent: 'none',
      decision: 'none',
      topics: [],
    });
  });

  it('keeps entities at their place when the keyboard was wrong', () => {
    const reading = createUnderstander({
      version: 'test',
      topics,
      model,
      entities: text => [{ kind: 'life-event', value: 'x', text: text.slice(0, 3), start: 0, end: 3 }],
    });
    expect(reading.understand('l;ylfu', now).entities[0]).toMatchObject({ text: 'l;y', start: 0, end: 3 });
  });

  it('understands any text the same way twice, with scores in order and between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        const understood = understander.understand(text, now);
        const scores = understood.topics.map(topic => topic.score);
        expect(scores.every(score => score >= 0 && score <= 1)).toBe(true);
        expect([...scores].sort((left, right) => right - left)).toEqual(scores);
        expect(understood.confidence).toBeGreaterThanOrEqual(0);
        expect(understood.confidence).toBeLessThanOrEqual(1);
        expect(understander.understand(text, now)).toEqual(understood);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['letters', 'ก'.repeat(100_000)],
    ['invisible characters', '\u200b'.repeat(100_000)],
    ['words', 'ต่อใบขับขี่ '.repeat(9_000)],
    ['marks', '\u0e48\u0e49'.repeat(50_000)],
  ])('reads a hundred thousand %s', (_, text) => {
    expect(understander.understand(text, now).normalised.length).toBeLessThan(20_000);
  });

  it('keeps the words behind a flood of invisible characters', () => {
    expect(understander.understand(`${'\u200b'.repeat(90_000)}ต่ออายุใบขับขี่`, now).topics[0]?.id).toBe('p1-37');
  });

  it('forgets topics that left the register', () => {
    const fewer = createUnderstander({
      version: 'x',
      topics: topics.filter(topic => topic.id !== 'p1-37'),
      model,
    });
    expect(fewer.understand('ต่ออายุใบขับขี่', now).topics.some(topic => topic.id === 'p1-37')).toBe(false);
  });

  it('has another key when a phrase changes', () => {
    const one = { text: 'ก', label: 'none', register: 'plain' };
    expect(modelKey({ topics, examples: [one] })).not.toBe(
      modelKey({ topics, examples: [{ ...one, text: 'ข' }] }),
    );
    expect(modelKey({ topics, examples: [one] })).toBe(modelKey({ topics, examples: [one] }));
  });
});
