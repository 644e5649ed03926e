import { createLog } from './log';

describe('the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: line => lines.push(line) });
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;

  it('masks what identifies a person in fields, messages of errors, and their causes', () => {
    const cause = new Error('duplicate key 1101700230708');
    log.error(
      { err: new Error('refused for somchai@example.go.th', { cause }), why: 'to +66812345678' },
      'x',
    );
    expect(lines.at(-1)).not.toMatch(/1101700230708|somchai|812345678/u);
    expect(last()).toMatchObject({ why: 'to xxx-xxx-xxxx', err: { type: 'Error' } });
  });

  it('leaves ids, codes and times as they are', () => {
    const fields = { eventId: 'line:main:01HV', code: 'BUSY', ms: 12, dueAt: 1_764_030_918_123 };
    log.warn(fields, 'x');
    expect(last()).toMatchObject(fields);
  });
});
