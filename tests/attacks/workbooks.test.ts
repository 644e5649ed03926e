import { crc32, deflateRawSync } from 'node:zlib';
import { csvOf, tableOf, withoutGuard } from '../../tables';
import { workbookOf } from '../../tables/lazy-excel';

interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says instead of the truth. */
  readonly claims?: { readonly packed?: number; readonly size?: number };
}

/** A ZIP by hand; with `shared`, every part of its directory points at the first one's bytes. */
function zip(parts: readonly Part[], shared = false): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let packed = Buffer.alloc(0);
  for (const [index, { name, content, claims }] of parts.entries()) {
    if (!shared || index === 0) packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(claims?.packed ?? packed.length, 14);
    fields.writeUInt32LE(claims?.size ?? content.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const where = shared && index > 0 ? 0 : at;
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(where, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), fields, tail, title]));
    if (shared && index > 0) continue;
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, title, packed]);
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
const book =
  '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>';
const relations =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>';
const sheetOf = (text: string, before = ''): string =>
  `${before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row></sheetData></worksheet>`;
const workbook = (sheet: string): Part[] =>
  [
    ['[Content_Types].xml', types],
    ['xl/workbook.xml', book],
    ['xl/_rels/workbook.xml.rels', relations],
    ['xl/worksheets/sheet1.xml', sheet],
  ].map(([name = '', text = '']) => ({ name, content: Buffer.from(text) }));

const megabyte = 1024 * 1024;
const limits = { maxRows: 1_000, maxUnpackedBytes: 4 * megabyte };
const zeros = Buffer.alloc(64 * megabyte);
const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${['b', 'c', 'd', 'e', 'f', 'g']
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdef'[index]};`.repeat(20)}">`)
  .join('')}]>`;

/** A file of somebody who means ill, where a workbook is asked for. */
describe('a workbook', () => {
  it('that is one is read', async () => {
    expect(await tableOf(zip(workbook(sheetOf('สวัสดี'))), limits)).toEqual([['สวัสดี']]);
  });

  it.each<readonly [string, () => Buffer]>([
    [
      'grows to a thousand times its size',
      () => zip([...workbook(sheetOf('x')), { name: 'y', content: zeros }]),
    ],
    [
      'says that it stays small, and does not',
      () => zip([{ name: 'y', content: zeros, claims: { size: 10 } }, ...workbook(sheetOf('x'))]),
    ],
    [
      'lists the same bytes a thousand times',
      () =>
        zip(
          Array.from({ length: 1_000 }, (_, index) => ({
            name: `${index}`,
            content: Buffer.alloc(megabyte),
          })),
          true,
        ),
    ],
    ['is cut off', () => zip(workbook(sheetOf('x'))).subarray(0, -40)],
    [
      'points behind its own end',
      () => {
        const file = zip(workbook(sheetOf('x')));
        file.writeUInt32LE(0xffffffff, file.length - 6);
        return file;
      },
    ],
    ['is another kind of archive', () => zip([{ name: 'a.txt', content: Buffer.from('x') }])],
  ])('is refused that %s', async (_, make) => {
    await expect(tableOf(make(), limits)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('whose names stand for a gigabyte of laughter, or for a file of ours, says neither', async () => {
    for (const before of [laughs, '<!DOCTYPE x [<!ENTITY g SYSTEM "file:///etc/passwd">]>']) {
      const read = await tableOf(zip(workbook(sheetOf('&g;', before))), limits).catch(
        (error: unknown) => error,
      );
      const text = JSON.stringify(read instanceof Error ? read.message : read);
      expect(text.length).toBeLessThan(2_000);
      expect(text).not.toMatch(/root:|hahaha/u);
    }
  });

  it('that we write ourselves holds no formula, whatever a text looks like', async () => {
    const rows = [['=HYPERLINK("http://evil.example","x")'], ['+1+cmd|calc!A0'], ['@SUM(1)'], ['-2']];
    const read = await tableOf(await workbookOf([{ name: 'a', rows: [['head'], ...rows] }]), limits);
    expect(read.slice(1)).toEqual(rows);
  });

  it.each([
    '=1+1',
    '+66812345678',
    '@SUM(1)',
    '-2',
    ' =1',
    '\u00a0\ufeff=1',
    '＝1+1',
    '－2',
    '\t=1',
    '\n=1',
    '\r1',
  ])('nor does our CSV run %j, and what is read again is what it was', cell => {
    const written = csvOf({ rows: [[cell]] }).toString();
    const [, text = ''] = /^\ufeff"?([^"]*)"?\r\n$/u.exec(written) ?? [];
    expect(text).toBe(`'${cell}`);
    expect(withoutGuard(text)).toBe(cell);
  });
});
