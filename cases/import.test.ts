import { strToU8, zipSync } from 'fflate';
import { type CaseWorld, officerOf, openCases, shippedKnowledge } from '../tests/support/case-world';
import { type TestData, sqliteData } from '../tests/support/stores';
import { createSeal } from '../store';
import { createImport } from './import';

const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 7) }], Buffer.alloc(32, 8));
const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook with one sheet of texts, as Excel packs it. */
function workbook(rows: readonly (readonly string[])[], more: Record<string, Uint8Array> = {}): Buffer {
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const cells = (row: readonly string[], at: number): string =>
    `<row r="${at + 1}">${row.map((text, column) => cell(text).replace('<c ', `<c r="${String.fromCharCode(65 + column)}${at + 1}" `)).join('')}</row>`;
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
      'xl/workbook.xml': xml(
        `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': xml(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': xml(
        `<worksheet xmlns="${main}"><dimension ref="A1:${String.fromCharCode(64 + (rows[0]?.length ?? 1))}${rows.length}"/><sheetData>${rows.map(cells).join('')}</sheetData></worksheet>`,
      ),
      ...more,
    }),
  );
}

const csv = (rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from(
    `\uFEFF${rows.map(row => row.map(each => `"${each.replaceAll('"', '""')}"`).join(',')).join('\r\n')}`,
  );

describe('status from sheets', () => {
  let data: TestData;
  let world: CaseWorld;
  let importFile: ReturnType<typeof createImport>;
  const me = officerOf('o-1');

  beforeEach(async () => {
    data = sqliteData();
    world = await openCases(data.engine(), { seal });
    importFile = createImport({ ...world, seal, clock: () => world.now(), knowledge: shippedKnowledge });
  });
  afterEach(() => data.remove());

  const heading = ['เลขที่เรื่อง', 'สถานะ', 'วันที่', 'ค่าธรรมเนียม', 'ชำระแล้ว'];
  const statusOf = async (id: string) => (await world.collections.cases.get(id))?.agencyStatus;

  it.each([
    ['an Excel workbook', workbook],
    ['a CSV file', csv],
  ])('reads %s: first dry, then in earnest, then again without a change', async (_, pack) => {
    const { caseId, reference } = await world.filed({});
    const spaced = reference.replace(/(\d{4})(?=\d)/gu, '$1 ');
    const file = pack([heading, [spaced, 'อนุมัติแล้ว, รอรับ', '24/11/2569', '500 บาท', 'ใช่']]);
    expect(await importFile(file, me, true)).toMatchObject({ rows: 1, changed: 1, problems: [] });
    expect(await statusOf(caseId)).toBeUndefined();
    expect(await importFile(file, me, false)).toMatchObject({ rows: 1, changed: 1, problems: [] });
    expect(await statusOf(caseId)).toEqual({
      text: 'อนุมัติแล้ว, รอรับ',
      asOf: Date.parse('2026-11-24T00:00:00+07:00'),
      fee: '500 บาท',
      paid: true,
    });
    expect(await importFile(file, me, false)).toMatchObject({ changed: 0, unchanged: 1 });
    await world.flush();
    expect(world.told.map(each => each.notice.key)).toEqual(['case.filed', 'case.agency-status']);
  });

  it('names every wrong cell and then changes nothing, also not the good rows', async () => {
    const good = await world.filed({});
    const other = await world.filed({ topic: { kind: 'service', id: 'p2-14' } });
    const rows = [
      heading,
      [good.reference, 'รับเรื่อง', '', '', ''],
      ['123', 'รับเรื่อง', '', '', ''],
      [other.reference, 'รับเรื่อง', '', '', ''],
      [good.reference, ' ', '31/31/2569', '', 'บางส่วน'],
      [good.reference, 'รับเรื่อง', '1/1/2570', '', ''],
    ];
    const result = await importFile(csv(rows), me, false);
    expect(result.problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '3 เลขที่เรื่อง',
      '4 เลขที่เรื่อง',
      '5 สถานะ',
      '5 วันที่',
      '5 ชำระแล้ว',
      '6 วันที่',
      '6 เลขที่เรื่อง',
    ]);
    expect(result.changed).toBe(0);
    expect(await statusOf(good.caseId)).toBeUndefined();
  });

  it.each([
    ['without the headings it needs', csv([['a', 'b']]), 'หัวคอลัมน์'],
    ['that is a damaged workbook', workbook([heading]).subarray(0, 300), 'cannot be read'],
    [
      'that unpacks to far more than it is',
      workbook([heading], { 'xl/media/x.bin': new Uint8Array(40_000_000) }),
      'unpacks to',
    ],
    ['of too many rows', csv(Array.from({ length: 10_002 }, () => ['1', 'x'])), 'more than 10000 rows'],
  ])('refuses a file %s in words', async (_, file, words) => {
    await expect(importFile(file, me, true)).rejects.toThrow(words);
  });
});
