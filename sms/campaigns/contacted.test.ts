import { v7 } from 'uuid';
import { createRecords, createSeal } from '../../store';
import { sqliteData } from '../../tests/support/stores';
import { createAudience } from './audience';
import { contactedRecipients } from './contacted';
import { count } from './counting';
import { type Campaign, campaignCollections } from './records';

const now = Date.parse('2026-11-25T10:00:00+07:00');
const by = { id: 'o-1', name: 'วิภา' };
const draft: Omit<Campaign, 'version'> = {
  ...{ id: 'c-1', agencyId: 'pua', name: 'น้ำไม่ไหล', purpose: 'announcement', language: 'th' },
  ...{ text: { template: 'free', values: {} }, ways: ['sms'], by, state: 'counting', people: 0 },
  filter: {
    ...{ areas: [], groups: [], services: [], consent: false },
    contacts: { topics: [], ways: [], types: [], provinces: [], districts: [] },
  },
  ...{ leftOut: {}, segments: 1, perSecond: 50, ticks: 0, tickedAt: 0, history: [] },
  ...{ createdAt: now, changedAt: now },
};

describe('an audience drawn from many contacts', () => {
  const people = 450;
  const data = sqliteData();
  const engine = data.engine();
  const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 7) }], Buffer.alloc(32, 8));
  const records = createRecords({ engine, seal, ids: v7, agencyId: 'pua' });
  const collections = campaignCollections(engine);
  const { campaigns } = collections;
  const audience = createAudience({
    ...{ ...collections, seal, addresses: records.addresses, clock: () => now, aged: {} },
  });
  const contacted = contactedRecipients({
    ...{ ...records, audience, placesOf: async () => [] },
    isHeld: async () => false,
    agreesAt: async () => false,
  });
  const parts = { ...collections, seal, clock: () => now, personOf: async () => undefined };
  const reminders = { mayRemind: async () => true };
  const rows = async (id: string): Promise<number> =>
    (await collections.people.scan({ index: 'state', prefix: [id, 'waiting'], limit: 10_000 })).records
      .length;
  const get = async (id: string): Promise<Campaign> => {
    const found = await campaigns.get(id);
    if (!found) throw new Error(`${id} is gone`);
    return found;
  };

  beforeAll(async () => {
    await engine.open();
    for (let n = 0; n < people; n += 1) {
      const externalId = `+668${10_000_000 + n}`;
      const address = await records.addresses.ensure(
        { channel: 'sms', account: 'main', externalId, audience: 'person' },
        now,
      );
      const { id: addressId, personId, agencyId } = address;
      const episode = {
        addressId,
        personId,
        agencyId,
        way: 'sms',
        type: 'inquiry',
        status: 'closed',
      } as const;
      for (const time of [1, 2])
        await records.episodes.insert({
          ...{ ...episode, id: `e-${n}-${time}`, startedAt: now - n * time, revision: 1 },
        });
    }
  });
  afterAll(() => data.remove());

  it('has everybody once, in steps that each are kept', async () => {
    await campaigns.insert(draft);
    let steps = 0;
    const recipients = () => ({
      ...contacted,
      page: (campaign: Campaign) => {
        steps += 1;
        return contacted.page(campaign);
      },
    });
    await count(await get('c-1'), { ...parts, recipients, reminders });
    expect(await get('c-1')).toMatchObject({ state: 'counted', people, leftOut: {} });
    expect(await rows('c-1')).toBe(people);
    expect(steps).toBeGreaterThan(3);
  });

  it('is stopped between two steps, by whoever says so', async () => {
    await campaigns.insert({ ...draft, id: 'c-2' });
    let steps = 0;
    const recipients = () => ({
      ...contacted,
      async page(campaign: Campaign) {
        steps += 1;
        if (steps === 2) await campaigns.replace({ ...(await get('c-2')), state: 'stopping' });
        return contacted.page(campaign);
      },
    });
    await count(await get('c-2'), { ...parts, recipients, reminders });
    expect(await get('c-2')).toMatchObject({ state: 'stopping' });
    expect(steps).toBe(2);
    expect(await rows('c-2')).toBeLessThan(people);
  });

  it('goes on after a crash where it was, and counts nobody twice', async () => {
    await campaigns.insert({ ...draft, id: 'c-3' });
    let steps = 0;
    const recipients = () => ({
      ...contacted,
      async page(campaign: Campaign) {
        steps += 1;
        if (steps === 3) throw new Error('the process is gone');
        return contacted.page(campaign);
      },
    });
    await expect(count(await get('c-3'), { ...parts, recipients, reminders })).rejects.toThrow('gone');
    const half = await get('c-3');
    expect(half).toMatchObject({ state: 'counting' });
    await count(half, { ...parts, recipients: () => contacted, reminders });
    expect(await get('c-3')).toMatchObject({ state: 'counted', people });
  });

  it('lets go of a person who is erased', async () => {
    const scan = { index: 'state', prefix: ['c-3', 'waiting'], limit: 1 };
    const personId = (await collections.people.scan(scan)).records[0]?.personId ?? '';
    const ofPerson = { index: 'member', prefix: [personId], limit: 10 };
    const { records: theirs } = await collections.people.scan(ofPerson);
    const erased = await audience.erase({ personIds: [personId], addressIds: [], conversationIds: [] });
    expect(erased).toEqual({ 'campaign-audience': 0, 'campaign-people': theirs.length });
    expect((await collections.people.scan(ofPerson)).records).toEqual([]);
    expect(await rows('c-3')).toBe(people - 1);
  });
});
