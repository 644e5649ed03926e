import { appointmentCommands, createAppointments, type Appointments } from '../../cases';
import { calendarFile } from '../../cases/appointments/calendar';
import type { Engine, ServicePoint } from '../../core';
import { type CaseWorld, aDraft, officeHours, officerOf, openCases } from '../support/case-world';
import { type TestData, describeStores } from '../support/stores';

const hourMs = 60 * 60 * 1000;
/** Thursday 26 November 2026, nine in the morning in Bangkok. */
const nine = Date.UTC(2026, 10, 26, 2);
const point: ServicePoint = {
  id: 'main',
  name: { th: 'จุดบริการ' },
  slotMinutes: 30,
  capacity: 3,
  reserved: 1,
  week: Object.fromEntries(['1', '2', '3', '4', '5'].map(day => [day, [{ from: '09:00', to: '10:45' }]])),
};
const draft = (personId: string): Omit<ReturnType<typeof aDraft>, 'key' | 'kind' | 'details'> => {
  const { key: _key, kind: _kind, details: _details, ...rest } = aDraft({ personId });
  return rest;
};
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describeStores('appointments', newData => {
  let data: TestData;
  let engine: Engine;
  let world: CaseWorld;
  let book: Appointments;

  beforeEach(async () => {
    data = newData();
    engine = data.engine();
    // Declared before the engine opens; its cases come right after.
    const parts = { engine, points: [point], holidays: officeHours.holidays, clock: () => world.now() };
    book = createAppointments({
      ...parts,
      cases: () => world,
    });
    world = await openCases(engine);
    world.onAppointment(record => book.settle(record));
  });
  afterEach(() => data.remove());

  const order = (key: string, personId = key, priority = false, startsAt = nine) =>
    book.book({ key, draft: draft(personId), pointId: 'main', startsAt, priority });
  const idOf = async (personId: string): Promise<string> =>
    (await world.service.ofPerson(personId, 1))[0]?.id ?? '';
  const freeAt = async (startsAt: number, priority = true): Promise<boolean> =>
    (await book.free('main', nine, priority)).some(slot => slot.startsAt === startsAt);

  it('gives the seats of one slot to as many as there are, of a hundred who want them at once', async () => {
    const outcomes = await Promise.all(range(100).map(n => order(`k${n}`)));
    expect(outcomes.filter(each => each.outcome === 'booked')).toHaveLength(2);
    expect(outcomes.filter(each => each.outcome === 'full')).toHaveLength(98);
    expect(await freeAt(nine, false)).toBe(false);
    const urgent = await Promise.all(range(100).map(n => order(`u${n}`, `u${n}`, true)));
    expect(urgent.filter(each => each.outcome === 'booked')).toHaveLength(1);
    const { cases } = await world.desk.due(officerOf('o-1'), { kind: 'appointment', limit: 100 });
    expect(cases).toHaveLength(3);
  });

  it('books once, however often it is ordered', async () => {
    const outcomes = await Promise.all(range(20).map(() => order('same', 'p-9')));
    expect(new Set(outcomes.map(each => JSON.stringify(each))).size).toBe(1);
    expect(await world.service.ofPerson('p-9', 10)).toHaveLength(1);
  });

  it.each([
    ['between two slots', nine + 5 * 60_000],
    ['before the counter opens', nine - hourMs],
    ['past the last whole slot', nine + 1.5 * hourMs],
    ['on a Saturday', nine + 48 * hourMs],
    ['on a holiday', Date.UTC(2026, 11, 10, 2)],
    ['yesterday', nine - 48 * hourMs],
  ])('has nothing %s', async (_, startsAt) => {
    expect(await order('k', 'p', false, startsAt)).toEqual({ outcome: 'no-slot' });
  });

  it('is moved: the new seat is taken and the old one free again', async () => {
    for (const n of range(2)) await order(`k${n}`);
    const caseId = await idOf('k0');
    const to = nine + 0.5 * hourMs;
    const by = { key: 'm', caseId, personId: 'k0', from: nine, to };
    const outcomes = await Promise.all([book.move(by), book.move({ ...by, key: 'm2' })]);
    expect(outcomes).toContain('moved');
    // Whichever came first stays the one that moved it, also when it is asked again.
    const first = outcomes[0] === 'moved' ? by : { ...by, key: 'm2' };
    expect(await book.move(first)).toBe('moved');
    expect(await book.move({ ...by, key: 'm3' })).toBe('impossible');
    expect(await order('k2')).toMatchObject({ outcome: 'booked' });
    const [moved] = await world.service.ofPerson('k0', 1);
    expect(moved).toMatchObject({ dueAt: to, details: { startsAt: to, endsAt: to + 0.5 * hourMs } });
    // The seat at the new time is really theirs: one ordinary seat is left there.
    expect(await order('k3', 'k3', false, to)).toMatchObject({ outcome: 'booked' });
    expect(await order('k4', 'k4', false, to)).toEqual({ outcome: 'full' });
  });

  it('is moved and cancelled by its person alone', async () => {
    await order('k0');
    const caseId = await idOf('k0');
    const to = nine + 0.5 * hourMs;
    expect(await book.move({ key: 'm', caseId, personId: 'thief', from: nine, to })).toBe('impossible');
    expect(await book.cancel({ key: 'c', caseId, personId: 'thief' })).toBe('impossible');
    expect(await book.cancel({ key: 'c', caseId, personId: 'k0' })).toBe('cancelled');
    expect(await book.cancel({ key: 'c', caseId, personId: 'k0' })).toBe('cancelled');
    for (const n of [1, 2]) expect(await order(`k${n}`)).toMatchObject({ outcome: 'booked' });
  });

  it('is noted as missed only after its time, and once', async () => {
    await order('k0');
    const caseId = await idOf('k0');
    const me = officerOf('o-1');
    expect(await book.attend(caseId, me, 'a', false)).toMatchObject({ outcome: 'impossible' });
    world.pass(nine + hourMs - world.now());
    expect(await book.attend(caseId, me, 'b', false)).toMatchObject({ outcome: 'done' });
    expect(await book.attend(caseId, me, 'c', true)).toMatchObject({ outcome: 'impossible' });
    await expect(book.attend(caseId, officerOf('x', 'officer', 'other'), 'd', true)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('says at the next appointment of the same person how often they did not come', async () => {
    await order('k0');
    world.pass(nine + hourMs - world.now());
    const missed = await idOf('k0');
    await book.attend(missed, officerOf('o-1'), 'a', false);
    await order('k1', 'k0', false, nine + 24 * hourMs);
    const next = await world.desk.open(await idOf('k0'), officerOf('o-1'));
    expect(await book.missedBefore(next)).toBe(1);
    expect(await book.missedBefore(await world.desk.open(missed, officerOf('o-1')))).toBe(0);
    expect(await book.missedBefore({ ...next, personId: 'p-other' })).toBe(0);
  });

  it('tells who came too late that somebody was faster', async () => {
    const told: string[] = [];
    const commands = appointmentCommands(
      book,
      (_id, _key, notice) => {
        told.push(notice.key);
        return Promise.resolve();
      },
      world.carers,
    );
    for (const n of range(3)) {
      const command = {
        id: `e${n}/0`,
        kind: 'appointment.book',
        data: { draft: draft(`p${n}`), pointId: 'main', startsAt: nine, priority: false },
      };
      await commands[command.kind]?.(command);
    }
    expect(told).toEqual(['appointment.full']);
  });

  it.each<[string, (caseId: string) => Promise<unknown>]>([
    ['its person takes it back', caseId => world.service.withdraw({ key: 'w', caseId, personId: 'p-1' })],
    [
      'an officer refuses it',
      caseId =>
        world.desk.act(caseId, officerOf('o-1'), 'r', {
          kind: 'refuse',
          reasons: 'ปิดทำการ',
          appeal: 'โทร 1111',
        }),
    ],
  ])('gives the seat back when %s, once and for good', async (_, end) => {
    for (const key of ['a', 'b']) await order(key);
    await order('c', 'p-1', true);
    expect(await freeAt(nine)).toBe(false);
    await end(await idOf('p-1'));
    await world.flush();
    expect(await freeAt(nine)).toBe(true);
    await order('d', 'p-2', true);
    const record = await world.collections.cases.get(await idOf('p-1'));
    if (record) await book.settle(record);
    expect(await freeAt(nine)).toBe(false);
    expect(record && book.news(record)).toMatchObject({
      state: 'cancelled',
      startsAt: nine,
      personId: 'p-1',
    });
  });

  it('tells how it stands after every change, to whoever reminds', async () => {
    const heard: string[] = [];
    world.onAppointment(record => {
      const news = book.news(record);
      heard.push(`${news?.state} ${news?.startsAt}`);
      return Promise.resolve();
    });
    await order('k', 'p-1');
    await world.flush();
    const caseId = await idOf('p-1');
    const half = nine + hourMs / 2;
    await book.move({ key: 'm', caseId, personId: 'p-1', from: nine, to: half });
    await world.flush();
    world.pass(half + 60_000 - world.now());
    await book.attend(caseId, officerOf('o-1'), 'came', false);
    await world.flush();
    expect(heard).toEqual([`booked ${nine}`, `booked ${half}`, `no-show ${half}`]);
  });

  it('lists who has a seat at a point on a day, also after it was kept', async () => {
    await order('k', 'p-1');
    await order('l', 'p-2', false, nine + hourMs / 2);
    await order('m', 'p-3', false, nine + 24 * hourMs);
    expect((await book.onDay('main', nine)).map(each => each.personId)).toEqual(['p-1', 'p-2']);
    world.pass(nine + 60_000 - world.now());
    await book.attend(await idOf('p-1'), officerOf('o-1'), 'came', true);
    expect((await book.onDay('main', nine)).map(each => each.personId)).toEqual(['p-1', 'p-2']);
    expect(await book.onDay('nowhere', nine)).toEqual([]);
  });

  it('stands in a calendar at its time in Bangkok, and moves and ends there under one name', async () => {
    await order('k', 'p-1');
    const caseId = await idOf('p-1');
    const file = async (): Promise<string> => {
      const record = await world.collections.cases.get(caseId);
      const news = record && book.news(record);
      if (!record || !news) throw new Error('there is no appointment');
      const words = (_language: string, key: string): string => key;
      const change = { sequence: record.history.length, at: record.changedAt };
      return calendarFile(news, change, { words, operator: 'ศูนย์', titleOf: () => undefined });
    };
    const first = await file();
    expect(first).toContain('DTSTART:20261126T020000Z\r\nDTEND:20261126T023000Z');
    expect(first).toContain(`UID:${caseId}@thamrat\r\nSEQUENCE:1\r\n`);
    await book.move({ key: 'm', caseId, personId: 'p-1', from: nine, to: nine + hourMs / 2 });
    const moved = await file();
    expect(moved).toContain(`UID:${caseId}@thamrat\r\nSEQUENCE:2\r\n`);
    expect(moved).toContain('DTSTART:20261126T023000Z');
    await book.cancel({ key: 'c', caseId, personId: 'p-1' });
    const ended = await file();
    expect(ended).toContain('METHOD:CANCEL');
    expect(ended).toContain('STATUS:CANCELLED');
  });
});
