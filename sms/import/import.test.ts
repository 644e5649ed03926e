import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Officer } from '../../core';
import { createRecords, createSeal } from '../../store';
import { type TestData, describeStores } from '../../tests/support/stores';
import { eventually } from '../../tests/support/product';
import { tableOf } from '../../tables';
import { campaignCollections, createAudience } from '../campaigns';
import { createReaches, createReminders, createTexts, reminderCollections, sendingTimes } from '../index';
import { birthYearOf, dayOf, minutesOf, phoneOf, satangOf } from './cells';
import { createImports } from './imports';
import { importCollections } from './records';
import { settingsSchema } from './rows';

const now = Date.parse('2026-11-25T10:00:00+07:00');
const officer: Officer = { id: 'o-1', username: 'somying', name: 'สมหญิง', role: 'officer', agencyId: 'pua' };
const settings = settingsSchema.parse({
  ...{ kind: 'reminders', template: 'appointment', purpose: 'appointment', language: 'th' },
  ...{ leadsMs: [86_400_000], how: 'ใบนัด', basis: 'public-task' },
  ladder: [{ way: 'sms' }],
});
const heading = 'เบอร์โทร,วันที่,เวลา,เรื่อง,สถานที่';
const row = (n: number): string => `08${10_000_000 + n},15/1/2570,9:00,รับเบี้ย,อบต.ปัว`;

async function open(data: TestData) {
  const engine = data.engine();
  const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 7) }], Buffer.alloc(32, 8));
  const clock = (): number => now;
  const records = createRecords({ engine, seal, ids: v7, agencyId: 'pua' });
  const collections = reminderCollections(engine);
  const times = sendingTimes([]);
  const locale = (tag: string): Record<string, string> =>
    JSON.parse(readFileSync(join('locales', tag, 'sms.json'), 'utf8')) as Record<string, string>;
  const texts = createTexts({ catalogue: { th: locale('th') }, operator: 'อบต.ปัว', phone: '054123456' });
  const reaches = createReaches(collections.reach);
  const nothing = (): Promise<void> => Promise.resolve();
  const reminders = createReminders({
    ...records,
    ...collections,
    seal,
    clock,
    texts,
    times,
    reaches,
    wake: nothing,
  });
  const audience = createAudience({
    ...campaignCollections(engine),
    seal,
    clock,
    addresses: records.addresses,
    aged: {},
  });
  const parts = {
    ...importCollections(engine),
    ...{ seal, clock, ids: v7, jobs: { wake: nothing }, texts, times, reminders, audience },
    table: (file: Buffer, maxRows: number) => tableOf(file, { maxRows, maxUnpackedBytes: 1024 * 1024 }),
  };
  await engine.open();
  const states = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (let after: string | undefined; ;) {
      const page = await reminders.ofAgency('pua', { limit: 500, ...(after === undefined ? {} : { after }) });
      for (const { state } of page.reminders) counts[state] = (counts[state] ?? 0) + 1;
      if (page.cursor === undefined) return counts;
      after = page.cursor;
    }
  };
  const imports = createImports(parts);
  /** Another process on the same data. */
  const second = createImports(parts);
  const give = async (lines: readonly string[]): Promise<string> => {
    const { id } = await imports.begin(officer, 'นัด.csv', settings);
    await imports.give(id, officer, Buffer.from(lines.join('\n')));
    return id;
  };
  return { imports, second, give, states, parts };
}

describe('cells', () => {
  it.each([
    ['0812345678', '+66812345678'],
    ['๐๘๑-๒๓๔ ๕๖๗๘', '+66812345678'],
    ['812345678', '+66812345678'],
    ['+66812345678', '+66812345678'],
    ['66812345678', '+66812345678'],
    ['054123456', '+6654123456'],
    ['54123456', undefined],
    ['081234567', undefined],
    ['08123456789', undefined],
    ['1300', undefined],
    ['', undefined],
  ])('reads the number %s as %s', (text, expected) => {
    expect(phoneOf(text)).toBe(expected);
  });

  it.each([
    '25/11/2569',
    '25-11-2569',
    '25/11/2026',
    '2026-11-25',
    '25 พ.ย. 2569',
    '๒๕ พ.ย. ๒๕๖๙',
    '2026-11-25T00:00:00.000Z',
  ])('reads the day %s', text => {
    expect(dayOf(text)).toBe(Date.parse('2026-11-25T00:00:00+07:00'));
  });
  it.each(['31/2/2570', '29/2/2570', '25/13/2569', '25/11/69', 'พรุ่งนี้', ''])('reads no day in %s', text => {
    expect(dayOf(text)).toBeUndefined();
  });
  it('reads times, amounts and years', () => {
    expect([minutesOf('9:30'), minutesOf('09.30 น.'), minutesOf('24:00'), minutesOf('9:60')]).toEqual([
      570,
      570,
      undefined,
      undefined,
    ]);
    expect([satangOf('1,250.5 บาท'), satangOf('600'), satangOf('0'), satangOf('หกร้อย')]).toEqual([
      125_050,
      60_000,
      undefined,
      undefined,
    ]);
    expect([
      birthYearOf('2490', now),
      birthYearOf('1947', now),
      birthYearOf('2570', now),
      birthYearOf('47', now),
    ]).toEqual([1947, 1947, undefined, undefined]);
  });
});

describeStores('imports', newData => {
  let data: TestData;
  beforeEach(() => (data = newData()));
  afterEach(() => data.remove());

  it('goes on after a crash where it was: every row once', async () => {
    const { imports, second, give, states, parts } = await open(data);
    const id = await give([heading, ...Array.from({ length: 600 }, (_, n) => row(n))]);
    await imports.run(id);
    await imports.act(id, officer, 'apply');
    const first = imports.run(id);
    await eventually('a part is made', async () => (await imports.get(id, officer)).applied > 0);
    // The lease of the first is taken for ended while it still works: of the two only one goes on at each part.
    for (;;) {
      const record = await imports.get(id, officer);
      if (record.state !== 'applying' || (await parts.imports.replace({ ...record, leaseUntil: 0 }))) break;
    }
    await Promise.all([first, second.run(id)]);
    expect(await imports.get(id, officer)).toMatchObject({ state: 'done', made: 600, at: 600 });
    expect(await states()).toEqual({ scheduled: 600 });
  });

  it('takes back what it made when it is cancelled in the middle', async () => {
    const { imports, give, states } = await open(data);
    const id = await give([heading, ...Array.from({ length: 1_100 }, (_, n) => row(n))]);
    await imports.run(id);
    await imports.act(id, officer, 'apply');
    const applying = imports.run(id);
    await eventually('a part is made', async () => (await imports.get(id, officer)).applied > 0);
    await imports.act(id, officer, 'cancel');
    await applying;
    await imports.run(id);
    expect(await imports.get(id, officer)).toMatchObject({ state: 'cancelled', tooLate: 0 });
    const { scheduled, cancelled } = await states();
    expect(scheduled).toBeUndefined();
    expect(cancelled).toBeGreaterThan(0);
  });

  it('shows how far the file is read, and stops reading it when it is cancelled', async () => {
    const { imports, give, parts } = await open(data);
    const id = await give([heading, row(1)]);
    const wentOn: boolean[] = [];
    const reading = createImports({
      ...parts,
      async table(_file, _mostRows, goOn) {
        wentOn.push(await goOn(2_000));
        expect(await imports.get(id, officer)).toMatchObject({ state: 'checking', at: 2_000 });
        await imports.act(id, officer, 'cancel');
        wentOn.push(await goOn(4_000));
        return undefined;
      },
    });
    await reading.run(id);
    expect(wentOn).toEqual([true, false]);
    expect(await imports.get(id, officer)).toMatchObject({ state: 'cancelled', at: 2_000, problems: 0 });
  });

  it('gives nobody another agency’s import', async () => {
    const { imports, give } = await open(data);
    const id = await give([heading, row(1)]);
    await expect(imports.get(id, { ...officer, agencyId: 'nan' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(imports.problems(id, { ...officer, agencyId: 'nan' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('checks 100,000 rows, shows how far it is, names each wrong cell, makes nothing, and can be cancelled', async () => {
    const { imports, give, states } = await open(data);
    const wrong = new Map<number, string>();
    const lines = Array.from({ length: 100_000 }, (_, n) => {
      if (n % 977 === 5) wrong.set(n + 2, 'เบอร์โทร phone');
      if (n % 977 === 6) wrong.set(n + 2, 'วันที่ date');
      if (n % 977 === 7) wrong.set(n + 2, 'สถานที่ missing');
      if (n === 99_999) wrong.set(n + 2, 'เบอร์โทร twice');
      const cells = row(n === 99_999 ? 0 : n).split(',');
      if (n % 977 === 5) cells[0] = 'โทรบ้าน';
      if (n % 977 === 6) cells[1] = '31/2/2570';
      if (n % 977 === 7) cells[4] = '';
      return cells.join(',');
    });
    const id = await give([heading, ...lines]);
    const running = imports.run(id);
    const seen = new Set<number>();
    await eventually(
      'it is checked',
      async () => {
        const record = await imports.get(id, officer);
        seen.add(record.at);
        return record.state !== 'checking';
      },
      120_000,
    );
    await running;
    expect(seen.size).toBeGreaterThan(3);
    expect(await imports.get(id, officer)).toMatchObject({
      state: 'refused',
      rows: 100_000,
      problems: wrong.size,
      made: 0,
    });
    const found = new Map<number, string>();
    for (let after: string | undefined; ;) {
      const page = await imports.problems(id, officer, after);
      for (const each of page.problems) found.set(each.row, `${each.column} ${each.problem}`);
      if (page.cursor === undefined) break;
      after = page.cursor;
    }
    expect(found).toEqual(wrong);
    await expect(imports.act(id, officer, 'apply')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await imports.act(id, officer, 'cancel')).toMatchObject({ state: 'cancelled' });
    expect((await imports.problems(id, officer)).problems).toEqual([]);
    expect(await states()).toEqual({});
  }, 150_000);
});
