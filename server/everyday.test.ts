import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { particles } from '../bot';
import { type DevLine, isTopic, judge, loadDevLines } from '../nlu';
import { sqliteEngine } from '../store';
import { type Asked, type Assistant, createAssistant } from './assistant';
import { loadPublished } from './knowledge';
import { projectRoot } from './root';

const root = projectRoot();
const linesOf = (sample: string): DevLine[] => loadDevLines(join(root, 'knowledge', 'data', 'dev', sample));

/** How a talk ends that begins with a line of this dialog; what is missing here is talk alone. */
const outcomes: Readonly<Record<string, string>> = {
  'intent:abuse': 'abuse',
  'intent:booking': 'booking',
  'intent:callback': 'handover',
  'intent:complaint': 'complaint',
  'intent:crisis': 'crisis',
  'intent:handover': 'handover',
  'intent:quiz': 'quiz',
  'intent:relay': 'handover',
  'intent:reminder': 'reminder',
  'intent:status': 'status',
  none: 'no-answer',
};

/** Answered with what was asked, or asked back with it among the first three; a dialog begun as it should be. */
function isMet(asked: Asked, line: DevLine): boolean {
  const { outcome, understanding } = asked;
  return [line.label, ...line.also].some(label => {
    if (!isTopic({ label })) return outcome === (outcomes[label] ?? 'smalltalk');
    const names = understanding.topics.map(({ kind, id }) => `${kind}:${id}`);
    if (outcome === 'answered') return names[0] === label;
    return outcome === 'asked-back' && names.slice(0, 3).includes(label);
  });
}

describe('everyday sentences, with the model of the build', () => {
  const published = loadPublished(root);
  const { understander } = published;
  const heard = ({ text }: DevLine): boolean => understander.understand(text, 0).crisis !== undefined;
  const isDanger = (line: DevLine): boolean => [line.label, ...line.also].includes('intent:crisis');
  let assistant: Assistant;

  beforeAll(async () => {
    assistant = await createAssistant({
      root,
      engine: sqliteEngine({ file: ':memory:' }),
      published,
      clock: () => Date.UTC(2026, 10, 25, 3),
      ids: uuid,
      operator: 'ThamRat',
      polite: particles.female,
      onError: error => {
        throw error;
      },
    });
  });
  afterAll(() => assistant.stop());

  it('end as they should in nineteen of twenty', async () => {
    const lines = linesOf('everyday');
    const missed: string[] = [];
    for (const line of lines) {
      const asked = await assistant.ask(uuid(), line.text);
      if (!isMet(asked, line)) missed.push(`${asked.outcome ?? 'nothing'}, not ${line.label}: ${line.text}`);
    }
    expect(lines.length).toBeGreaterThan(150);
    expect(missed.length / lines.length > 0.05 ? missed : []).toEqual([]);
  });

  it('are answered wrongly in less than one of twenty', () => {
    const lines = linesOf('everyday');
    const wrong = lines.filter(line => judge(understander, line, 0).wrongConfident);
    expect(wrong.length).toBeLessThan(lines.length / 20);
  });

  it('raise the alarm for nearly every cry for help, and for few words that only sound like one', () => {
    const lines = [...linesOf('danger'), ...linesOf('everyday')];
    const cries = lines.filter(({ label }) => label === 'intent:crisis');
    const calm = lines.filter(line => !isDanger(line));
    expect(cries.length).toBeGreaterThan(20);
    expect(cries.filter(line => !heard(line)).length).toBeLessThanOrEqual(1);
    expect(calm.filter(heard).length / calm.length).toBeLessThan(0.04);
  });

  it('hear nearly nine of ten cries that nobody wrote phrases for, and few calm words of danger', () => {
    const lines = linesOf('alarm');
    const cries = lines.filter(isDanger);
    const calm = lines.filter(line => !isDanger(line));
    expect(cries.length).toBeGreaterThan(100);
    expect(cries.filter(heard).length / cries.length).toBeGreaterThan(0.87);
    expect(calm.filter(heard).length / calm.length).toBeLessThan(0.08);
  });
});
