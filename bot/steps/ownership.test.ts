import type { Turn } from '../../core';
import { recordOnly } from './ownership';

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
