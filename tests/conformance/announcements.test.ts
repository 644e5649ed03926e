import { createAnnouncements, createRelay, leadersCollection } from '../../cases';
import type { Address, Engine } from '../../core';
import { officerOf } from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const me = officerOf('o-1');
const nan = { province: 'น่าน', district: 'ปัว' };

describeStores('announcements to leaders', newData => {
  let data: TestData;
  let engine: Engine;
  let told: { conversationId: string; key: string }[];
  let world: ReturnType<typeof open>;
  let made = 0;

  /** Leaders p-1 and p-2 in Nan, p-3 in Phrae; p-2 has no chat. */
  function open() {
    told = [];
    const seen = new Set<string>();
    const leaders = leadersCollection(engine);
    const relay = createRelay({
      leaders,
      cases: () => {
        throw new Error('no case is asked for');
      },
      clock: () => 1_000,
    });
    const announcements = createAnnouncements({
      engine,
      leaders,
      addresses: {
        ofPerson: personId =>
          Promise.resolve(
            personId === 'p-2'
              ? []
              : [{ id: `a-${personId}`, channel: 'line', audience: 'person', createdAt: 1 } as Address],
          ),
      },
      conversationIdOf: id => `c-${id}`,
      tell(conversationId, key) {
        if (!seen.has(key)) told.push({ conversationId, key });
        seen.add(key);
        return Promise.resolve();
      },
      isPrivate: text => text.includes('เอชไอวี'),
      clock: () => 2_000,
      ids: () => String((made += 1)),
    });
    return { relay, announcements };
  }
  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    world = open();
    await engine.open();
    await world.relay.verify('p-1', { village: 'บ้านปัว', ...nan }, me);
    await world.relay.verify('p-2', { village: 'บ้านป่า', ...nan }, me);
    await world.relay.verify('p-3', { village: 'บ้านแพร่', province: 'แพร่' }, me);
  });
  afterEach(() => data.remove());

  const send = (key = 'k', more: object = nan) =>
    world.announcements.send({ key, text: 'หมอมาวันศุกร์', officer: me, ...more });

  it('go to the leaders of the area alone, once, and say who cannot be reached', async () => {
    const [first, again] = [await send(), await send()];
    expect(again.id).toBe(first.id);
    expect(told.map(each => each.conversationId)).toEqual(['c-a-p-1']);
    const { announcement, receipts } = await world.announcements.open(first.id, me);
    expect(announcement.leaders).toBe(2);
    expect(receipts.map(({ village, unreached }) => [village, unreached])).toEqual([
      ['บ้านปัว', undefined],
      ['บ้านป่า', true],
    ]);
    await send('everywhere', {});
    expect(told).toHaveLength(3);
  });

  it('keep when they were seen and passed on, and never take it back', async () => {
    const { id } = await send();
    const note = (state: 'seen' | 'passed-on', at: number, personId = 'p-1') =>
      world.announcements.receipt({ id, personId, state, at });
    await Promise.all([note('seen', 10), note('passed-on', 20), note('seen', 30)]);
    const [receipt] = (await world.announcements.open(id, me)).receipts;
    expect(receipt?.passedOnAt).toBe(20);
    expect([10, 20, 30]).toContain(receipt?.seenAt);
    await note('passed-on', 99);
    expect((await world.announcements.open(id, me)).receipts[0]).toEqual(receipt);
    // Whom it was not sent to has nothing to say about it.
    expect(await note('seen', 10, 'p-3')).toBe(false);
  });

  it('are told on after a crash between two leaders', async () => {
    const { id } = await send();
    const collections = world.announcements.collections;
    const stored = await collections.announcements.get(id);
    if (stored) await collections.announcements.replace({ ...stored, told: false });
    await collections.receipts.delete(`${id}/p-2`);
    await world.announcements.run();
    expect((await world.announcements.open(id, me)).receipts).toHaveLength(2);
    expect(told).toHaveLength(1);
    expect((await collections.announcements.get(id))?.told).toBe(true);
  });

  it('say nothing sensitive to a village, and are nobody’s of another agency', async () => {
    await expect(send('s', { text: 'ผู้ติดเชื้อเอชไอวีรับยาวันศุกร์' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { id } = await send();
    const stranger = officerOf('x', 'supervisor', 'other');
    await expect(world.announcements.open(id, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(world.announcements.spoken(id, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await world.announcements.list(stranger, 10)).toEqual([]);
    await world.announcements.send({ key: 'theirs', text: 'ของเขา', officer: stranger });
    expect(told).toHaveLength(1);
  });
});
