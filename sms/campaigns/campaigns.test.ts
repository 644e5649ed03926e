import { v7 } from 'uuid';
import { createRecords, createSeal } from '../../store';
import { sqliteData } from '../../tests/support/stores';
import { createAudience, matches } from './audience';
import { afterAct } from './campaigns';
import { type Campaign, type Member, campaignCollections } from './records';
import { lineOf } from './results';
import { paceOf } from './running';

const now = Date.parse('2026-11-25T10:00:00+07:00');
const me = { id: 'o-1', name: 'วิภา' };
const other = { id: 'o-2', name: 'ประเสริฐ' };
const campaign: Campaign = {
  ...{ id: 'c-1', version: 1, agencyId: 'pua', name: 'น้ำไม่ไหล', purpose: 'announcement', language: 'th' },
  ...{ text: { template: 'free', values: {} }, ways: ['sms'], by: me, state: 'counted', people: 300 },
  filter: { areas: [], groups: [], services: [], consent: false },
  ...{
    leftOut: {},
    segments: 1,
    perSecond: 50,
    ticks: 0,
    tickedAt: 0,
    history: [],
    createdAt: now,
    changedAt: now,
  },
};

describe('acts', () => {
  it.each([
    ['begun without the second person', 'counted', 'start', me, true, undefined],
    ['begun where few get it', 'counted', 'start', me, false, 'running'],
    ['handed on', 'counted', 'submit', me, true, 'waiting-approval'],
    ['approved by whoever made it', 'waiting-approval', 'approve', me, true, undefined],
    ['approved by another person', 'waiting-approval', 'approve', other, true, 'counted'],
    ['refused by another person', 'waiting-approval', 'refuse', other, true, 'stopped'],
    ['approved while it is still counted', 'counting', 'approve', other, true, undefined],
    ['paused', 'running', 'pause', me, true, 'paused'],
    ['gone on with', 'paused', 'start', me, true, 'running'],
    ['stopped while paused', 'paused', 'stop', me, true, 'stopping'],
    ['begun after it was stopped', 'stopped', 'start', me, false, undefined],
    ['stopped after it was done', 'done', 'stop', me, false, undefined],
  ] as const)('%s', (_, state, act, officer, needsApproval, expected) => {
    const after = afterAct({ ...campaign, state }, act, officer, now, needsApproval);
    expect('next' in after ? after.next.state : undefined).toBe(expected);
    if ('next' in after) expect(after.next.history).toEqual([{ at: now, what: act, by: officer.name }]);
  });

  it('begins after the approval, and not when its moment has passed', () => {
    const approved = { ...campaign, approval: { by: other, at: now } };
    expect(afterAct(approved, 'start', me, now, true)).toMatchObject({ next: { state: 'running' } });
    expect(afterAct({ ...approved, dueAt: now }, 'start', me, now, true)).toHaveProperty('impossible');
  });

  it('begins with one person a second, and doubles until its own pace', () => {
    const pace = Array.from({ length: 80 }, (_, ticks) => paceOf({ perSecond: 50, ticks }));
    expect(pace.slice(0, 21)).toEqual([...Array<number>(10).fill(1), ...Array<number>(10).fill(2), 4]);
    expect(Math.max(...pace)).toBe(50);
    expect(paceOf({ perSecond: 50, ticks: 1_000_000 })).toBe(50);
  });
});

describe('results', () => {
  const at = now;
  it.each([
    [
      'nothing yet',
      [
        { at, what: 'created' },
        { at, what: 'queued' },
      ],
      'handed',
      undefined,
    ],
    ['sent', [{ at, what: 'sent' }], 'sent', undefined],
    [
      'arrived',
      [
        { at, what: 'sent' },
        { at, what: 'delivered' },
      ],
      'delivered',
      undefined,
    ],
    [
      'arrived, told the wrong way round',
      [
        { at, what: 'delivered' },
        { at, what: 'sent' },
      ],
      'delivered',
      undefined,
    ],
    [
      'failed, then sent on another way',
      [
        { at, what: 'failed', why: '21614' },
        { at, what: 'sent' },
      ],
      'sent',
      undefined,
    ],
    ['failed', [{ at, what: 'failed', why: '21614' }], 'failed', '21614'],
    ['in doubt', [{ at, what: 'in-doubt' }], 'in-doubt', undefined],
    [
      'too late to take back',
      [
        { at, what: 'sent' },
        { at, what: 'cancelled' },
      ],
      'sent',
      undefined,
    ],
    ['taken back', [{ at, what: 'cancelled' }], 'cancelled', undefined],
  ] as const)('%s', (_, history, result, why) => {
    expect(lineOf({ history, state: 'ended' })).toMatchObject({ result, ...(why ? { why } : {}) });
  });
  it('counts a refusal as one, not as a reply', () => {
    expect(lineOf({ history: [], state: 'ended', answer: 'stop' })).toMatchObject({
      replied: false,
      optedOut: true,
    });
    expect(lineOf({ history: [], state: 'ended', answer: 'come' })).toMatchObject({
      replied: true,
      optedOut: false,
    });
  });
});

describe('the audience', () => {
  const data = sqliteData();
  afterAll(() => data.remove());

  it('goes with the person, and when its time is over', async () => {
    const engine = data.engine();
    const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 7) }], Buffer.alloc(32, 8));
    const records = createRecords({ engine, seal, ids: v7, agencyId: 'pua' });
    const collections = campaignCollections(engine);
    const { addresses } = records;
    const audience = createAudience({
      ...{ ...collections, seal, addresses, clock: () => now },
      aged: { 'campaign-audience': collections.members },
    });
    await engine.open();
    const draft = { groups: ['อสม.'], services: [], consent: true };
    for (const phone of ['+66810000001', '+66810000002', '+66810000003'])
      for (const agencyId of ['pua', 'nan']) await audience.add(agencyId, { ...draft, phone }, 'import-1');
    const subject = {
      ...{ personIds: [], conversationIds: [] },
      addressIds: [addresses.idOf('sms', 'main', '+66810000001')],
    };
    expect(await audience.collect(subject)).toMatchObject([
      { records: [{ groups: ['อสม.'] }, { groups: ['อสม.'] }] },
    ]);
    expect(await audience.erase(subject)).toMatchObject({ 'campaign-audience': 2 });
    expect(await audience.collect(subject)).toEqual([]);
    expect(await audience.summary('pua')).toMatchObject({ people: 2, groups: { 'อสม.': 2 } });
    const expiry = { before: () => now + 1, isHeld: () => false };
    expect(await audience.expire({ ...expiry, dryRun: true })).toEqual({ 'campaign-audience': 4 });
    expect(await audience.expire({ ...expiry, before: () => now, dryRun: false })).toEqual({
      'campaign-audience': 0,
    });
    expect(await audience.expire({ ...expiry, dryRun: false })).toEqual({ 'campaign-audience': 4 });
    expect(await audience.summary('pua')).toMatchObject({ people: 0 });
  });

  it('never has who has not agreed in what nobody has to do', () => {
    const member: Member = {
      ...{
        id: 'm-1',
        version: 1,
        agencyId: 'pua',
        addressId: 'a-1',
        sealedPhone: '',
        groups: [],
        services: [],
      },
      ...{ consent: false, sources: [], createdAt: now, changedAt: now },
    };
    expect(matches(member, campaign.filter, 'announcement', now)).toBe(true);
    expect(matches(member, campaign.filter, 'promotion', now)).toBe(false);
    expect(matches({ ...member, consent: true }, campaign.filter, 'promotion', now)).toBe(true);
  });
});
