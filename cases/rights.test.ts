import { type CaseAct, type CaseDraft, type Officer, roles } from '../core';
import { type CaseWorld, officerOf, openCases } from '../tests/support/case-world';
import { type TestData, sqliteData } from '../tests/support/stores';
import { partnerMaySee } from './rights';

const hiv = { kind: 'service', id: 'p2-14' } as const;
const agencies = ['operator', 'another'] as const;
const everybody: Officer[] = [
  ...roles.flatMap(role => agencies.map(agency => officerOf(`${role}.${agency}`, role, agency))),
  officerOf('accused', 'supervisor'),
  officerOf('given'),
];
const ours = (...names: string[]): string[] => names.map(name => `${name}.operator`);
const serving = ours('officer', 'supervisor', 'agencyadmin', 'admin');
const leading = ours('supervisor', 'agencyadmin', 'admin');

/** What is filed, to whom it is given, and exactly who sees it; nobody else of all roles and agencies. */
const table: readonly [string, Partial<CaseDraft>, string | undefined, readonly string[]][] = [
  ['a question', {}, undefined, [...serving, 'admin.another', 'accused', 'given']],
  ['a sensitive matter', { topic: hiv }, undefined, [...leading, 'accused']],
  ['a sensitive matter that somebody has', { topic: hiv }, 'given', [...leading, 'accused', 'given']],
  ['a report', { kind: 'report' }, undefined, [...leading, 'admin.another', 'accused']],
  [
    'a report about an officer',
    { kind: 'report', against: { officerId: 'accused' } },
    undefined,
    [...leading, 'admin.another'],
  ],
  [
    'a report that names an officer in the words of whoever tells it',
    { kind: 'report', against: { name: 'หัวหน้าชื่อ นาย เจ้าหน้าที่  Accused ที่เคาน์เตอร์' } },
    undefined,
    [...leading, 'admin.another'],
  ],
  [
    'a complaint about the whole agency',
    { kind: 'complaint', against: { agencyId: 'operator' } },
    undefined,
    ['admin.operator', 'admin.another'],
  ],
];

describe('rights to cases', () => {
  let data: TestData;
  let world: CaseWorld;
  beforeEach(async () => {
    data = sqliteData();
    world = await openCases(data.engine());
  });
  afterEach(() => data.remove());

  it.each(table)(
    'shows %s to exactly those who may see it, by every way in',
    async (_, draft, given, seers) => {
      const { caseId, reference } = await world.filed({ ...draft, personId: 'p-1' });
      if (given)
        await world.desk.act(caseId, officerOf('supervisor.operator', 'supervisor'), 'give', {
          kind: 'assign',
          officerId: given,
          name: given,
        });
      const ways: Record<string, (officer: Officer) => Promise<boolean>> = {
        open: officer =>
          world.desk.open(caseId, officer).then(
            () => true,
            () => false,
          ),
        number: async officer => (await world.desk.byReference(reference, officer)) !== undefined,
        person: async officer => (await world.desk.ofPerson('p-1', officer, 10)).length > 0,
      };
      for (const [way, sees] of Object.entries(ways)) {
        const seen = [];
        for (const officer of everybody) if (await sees(officer)) seen.push(officer.id);
        expect([way, seen.sort()]).toEqual([way, [...seers].sort()]);
      }
      for (const officer of everybody) {
        const listed = [
          ...(await world.desk.due(officer, { limit: 10 })).cases,
          ...(await world.desk.mine(officer, 10)),
        ];
        if (listed.length > 0) expect(seers).toContain(officer.id);
      }
      const note: CaseAct = { kind: 'note', text: 'ดูแล้ว' };
      for (const officer of everybody) {
        const acted = await world.desk.act(caseId, officer, officer.id, note).then(
          outcome => outcome.outcome === 'done',
          () => false,
        );
        expect([officer.id, acted]).toEqual([officer.id, seers.includes(officer.id)]);
      }
    },
  );

  it('leaves a case that was handed on to look at, but not to work on; a sensitive one not even that', async () => {
    const me = officerOf('supervisor.operator', 'supervisor');
    const handOn: CaseAct = { kind: 'hand-on', agencyId: 'another', why: 'อยู่ในอำนาจของหน่วยงานนั้น' };
    const plain = await world.filed({});
    const sensitive = await world.filed({ topic: hiv });
    for (const { caseId } of [plain, sensitive]) await world.desk.act(caseId, me, 'h', handOn);
    expect((await world.desk.open(plain.caseId, me)).agencyId).toBe('another');
    await expect(world.desk.act(plain.caseId, me, 'n', { kind: 'note', text: 'x' })).rejects.toThrow(
      'Another agency holds',
    );
    await expect(world.desk.open(sensitive.caseId, me)).rejects.toThrow('no such case');
  });

  it('never gives a case to whom or to which agency it is about', async () => {
    const me = officerOf('supervisor.operator', 'supervisor');
    const { caseId } = await world.filed({
      kind: 'report',
      against: { officerId: 'accused', agencyId: 'another' },
    });
    const act = (key: string, what: CaseAct) => world.desk.act(caseId, me, key, what);
    expect(await act('1', { kind: 'assign', officerId: 'accused', name: 'x' })).toMatchObject({
      outcome: 'impossible',
    });
    expect(await act('2', { kind: 'hand-on', agencyId: 'another', why: 'x' })).toMatchObject({
      outcome: 'impossible',
    });
  });

  it('shows a partner its own filings and its agency’s matters, nothing sensitive and no reports of others', async () => {
    const topic = { kind: 'complaint', id: 'c-20' } as const;
    const agency = { name: 'ocpb-app', agencyId: 'ocpb' };
    const sees = async (draft: Partial<CaseDraft>): Promise<boolean> => {
      const { caseId } = await world.filed(draft);
      const record = await world.collections.cases.get(caseId);
      return record !== undefined && partnerMaySee(record, agency);
    };
    expect(await sees({ kind: 'complaint', topic })).toBe(true);
    expect(await sees({ kind: 'complaint', topic, sensitive: true })).toBe(false);
    expect(await sees({ kind: 'report', topic })).toBe(false);
    expect(await sees({ kind: 'complaint', topic: { kind: 'complaint', id: 'c-22' } })).toBe(false);
    expect(await sees({ kind: 'question' })).toBe(false);
  });

  it('says nothing of a sensitive matter outside, whatever happens to it', async () => {
    const me = officerOf('supervisor.operator', 'supervisor');
    const { caseId, pin, reference } = await world.filed({ topic: hiv, email: 'somebody@example.org' });
    const acts: CaseAct[] = [
      { kind: 'take' },
      { kind: 'tell', text: 'ผลตรวจ HIV ออกแล้ว' },
      { kind: 'ask-person', needs: ['ผลตรวจ HIV'] },
      { kind: 'finish-step', step: 'answer' },
      { kind: 'delay', why: 'รอผลตรวจ HIV', newDueAt: world.now() + 9e8 },
      { kind: 'answer', text: 'ผลตรวจ HIV เป็นลบ' },
    ];
    for (const [index, act] of acts.entries())
      expect(await world.desk.act(caseId, me, `${index}`, act)).toMatchObject({ outcome: 'done' });
    await world.flush();
    const [number, ...news] = world.told;
    expect(number?.notice.key).toBe('case.filed-pin');
    expect(news).toHaveLength(acts.length);
    for (const { notice } of news) {
      expect(notice.key).toBe('case.progress-call');
      expect(Object.keys(notice.values ?? {})).toEqual(['phone']);
    }
    expect(JSON.stringify(world.told)).not.toMatch(/HIV|เอชไอวี/u);
    expect(pin).toBeDefined();
    // Neither the birth date nor digits of a phone open it.
    const status = (secondFact: string) => world.service.status({ reference, secondFact, asker: 'a' });
    expect((await status('5678')).outcome).toBe('not-found');
    const opened = await status(pin ?? '');
    expect(opened).toMatchObject({ outcome: 'found', case: { title: { en: 'Question for an officer' } } });
  });
});
