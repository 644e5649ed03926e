import { v7 } from 'uuid';
import type { Address, ChannelName, Conversation, Turn } from '../core';
import { createRecords, createSeal, sqliteEngine } from '../store';
import { quizElsewhere } from './quiz-elsewhere';

const engine = sqliteEngine({ file: ':memory:' });
const key = (fill: number): Buffer => Buffer.alloc(32, fill);
const seal = createSeal([{ id: 'k1', key: key(1) }], key(2));
const records = createRecords({ engine, seal, ids: v7, agencyId: 'operator' });
const find = quizElsewhere(records);
const now = 1_000;

beforeAll(() => engine.open());
afterAll(() => engine.close());

async function reached(
  channel: ChannelName,
  audience: 'person' | 'group' = 'person',
): Promise<{ address: Address; conversation: Conversation }> {
  const address = await records.addresses.ensure(
    { channel, account: 'main', externalId: v7(), audience },
    now,
  );
  return { address, conversation: await records.conversations.ensure(address, 'th', now) };
}
async function keep(
  { conversation }: { conversation: Conversation },
  dialog: string,
  state: unknown,
  at: number,
): Promise<void> {
  expect(
    await records.conversations.commit({ ...conversation, dialog: { dialog, state }, changedAt: at }),
  ).toBe(true);
}
const from = ({ conversation }: { conversation: Conversation }): Promise<unknown> =>
  find({ conversation } as Turn);

describe('a quiz begun on another channel', () => {
  it('is found only once the two addresses are known to be of one person, and the latest of several', async () => {
    const here = await reached('webchat');
    const line = await reached('line');
    const sms = await reached('sms');
    await keep(line, 'quiz', { from: 'line' }, 2_000);
    await keep(sms, 'quiz', { from: 'sms' }, 3_000);
    expect(await from(here)).toBeUndefined();
    await records.addresses.move(line.address.id, here.address.personId);
    expect(await from(here)).toEqual({ from: 'line' });
    await records.addresses.move(sms.address.id, here.address.personId);
    expect(await from(here)).toEqual({ from: 'sms' });
  });

  it.each([
    ['another dialog', 'complaint', 'person'],
    ['a group', 'quiz', 'group'],
  ] as const)('is not taken from %s', async (_, dialog, audience) => {
    const here = await reached('webchat');
    const other = await reached('line', audience);
    await keep(other, dialog, {}, 2_000);
    await records.addresses.move(other.address.id, here.address.personId);
    expect(await from(here)).toBeUndefined();
  });

  it('is not told to a group', async () => {
    const group = await reached('line', 'group');
    const other = await reached('webchat');
    await keep(other, 'quiz', {}, 2_000);
    await records.addresses.move(other.address.id, group.address.personId);
    expect(await from(group)).toBeUndefined();
  });
});
