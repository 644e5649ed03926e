import type { Turn } from '../../core';
import { quietInQueue, recordOnly } from './ownership';

const turnOf = (kind: 'unsent' | 'unsupported'): Turn => {
  const content =
    kind === 'unsent' ? ({ kind, providerMessageId: '7' } as const) : ({ kind, type: 'odd' } as const);
  return { event: { content } } as unknown as Turn;
};

describe('what is only recorded', () => {
  it('forgets what a dialog remembers when a message is taken back, for its words may be among it', async () => {
    const next = jest.fn();
    expect(await recordOnly(turnOf('unsent'), next)).toEqual({ replies: [], dialog: null });
    expect(await recordOnly(turnOf('unsupported'), next)).toEqual({ replies: [] });
    expect(next).not.toHaveBeenCalled();
  });
});

describe('while somebody waits for an officer', () => {
  const waiting = (urgent: boolean): Turn =>
    ({ language: 'th', conversation: { owner: { kind: 'queue', since: 1, urgent } } }) as unknown as Turn;
  const step = quietInQueue((_, key) => key);

  it('says nothing where it is not sure, but to whom may be in danger', async () => {
    const unsure = () => Promise.resolve({ replies: [], outcome: 'no-answer' as const });
    expect(await step(waiting(false), unsure)).toEqual({ replies: [] });
    expect(await step(waiting(true), unsure)).toEqual({ replies: [{ kind: 'text', text: 'queue.heard' }] });
  });

  it('answers what it is sure of', async () => {
    const sure = { replies: [], outcome: 'answered' as const };
    expect(await step(waiting(false), () => Promise.resolve(sure))).toBe(sure);
  });
});
