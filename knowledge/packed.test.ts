import { join } from 'node:path';
import { projectRoot } from '../server/root';
import { loadRegister } from './load';
import { pack } from './packed';
import { publish, publishOver } from './register';

const register = loadRegister(join(projectRoot(), 'knowledge', 'data'));
const pause = (): Promise<void> => Promise.resolve();

describe('packed entries', () => {
  it('hold every entry whole', async () => {
    for (const entry of register.entries) expect((await pack(entry)).content()).toEqual(entry);
  });

  it('are published as the same entries unpacked are, whatever is asked first', async () => {
    const contents = new Map(
      await Promise.all(register.entries.map(async entry => [entry.id, await pack(entry)] as const)),
    );
    const whole = publish(register);
    const packed = await publishOver(register, { contents, reviewed: {}, archived: [] }, 'packed', pause);
    const refs = packed.topics().map(({ kind, id }) => ({ kind, id }));
    expect(refs).toEqual(whole.topics().map(({ kind, id }) => ({ kind, id })));
    // More than are kept unpacked, in an order that asks for some of them again.
    for (const ref of [...refs, ...refs.toReversed()]) expect(packed.topic(ref)).toEqual(whole.topic(ref));
    for (const summary of packed.topics()) expect(whole.topic(summary)).toMatchObject(summary);
  });

  it('take the day their agency reviewed them, and go when they are archived', async () => {
    const [first, second] = register.entries;
    if (!first || !second) throw new Error('no entries');
    const contents = new Map([[first.id, await pack(first)]]);
    const overlay = { contents, reviewed: { [first.id]: '2026-11-01' }, archived: [second.id] };
    const knowledge = await publishOver(register, overlay, 'next', pause);
    const ref = { kind: 'service', id: first.id } as const;
    const reviewed = { status: 'reviewed', writtenAt: '2026-11-01' };
    expect(knowledge.topic(ref)).toMatchObject(reviewed);
    expect(knowledge.topics().find(({ id }) => id === first.id)).toMatchObject(reviewed);
    expect(knowledge.topic({ kind: 'service', id: second.id })).toBeUndefined();
    expect(knowledge.topics().some(({ id }) => id === second.id)).toBe(false);
  });

  it('are refused where they belong to no service or name no agency', async () => {
    const [entry] = register.entries.filter(each => !each.register);
    if (!entry) throw new Error('no entry');
    const published = async (changed: typeof entry): Promise<unknown> =>
      publishOver(
        register,
        { contents: new Map([[changed.id, await pack(changed)]]), reviewed: {}, archived: [] },
        'next',
        pause,
      );
    await expect(published({ ...entry, id: 'stranger' })).rejects.toThrow('belongs to no service');
    const row = { nameTh: 'ก', nameEn: 'a', agencyId: 'nobody', kind: 'info', category: 'x' } as const;
    const outside = { ...entry, id: 'outside', register: { ...row, targetGroups: [], lifeStages: [] } };
    await expect(published(outside)).rejects.toThrow('names the agency "nobody"');
  });
});
