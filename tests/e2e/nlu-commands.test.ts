import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../server/root';

interface Ended {
  readonly status: number | null;
  readonly lines: readonly unknown[];
}

/** Runs a command of the build and reads its standard output as JSON Lines. */
function run(name: string, args: readonly string[], input = ''): Ended {
  const script = join(projectRoot(), 'dist', 'scripts', `${name}.js`);
  const { status, stdout } = spawnSync(process.execPath, [script, ...args], { input, encoding: 'utf8' });
  const lines = stdout.split('\n').filter(line => line.trim() !== '');
  return { status, lines: lines.map((line): unknown => JSON.parse(line)) };
}

const jsonLines = (rows: readonly unknown[]): string => rows.map(row => `${JSON.stringify(row)}\n`).join('');

it('nlu:entities answers each line under its id, and says of a bad line what is wrong', () => {
  const now = '2008-02-18T09:00:00+07:00';
  const { status, lines } = run(
    'nlu-entities',
    [],
    `${jsonLines([
      { id: 1, text: 'นัดวันเสาร์ที่ 9 และวันอาทิตย์ที่ 10 ก.พ. บ่ายสาม', now },
      { id: 'two', text: 'ระหว่างวันที่ 3-5 ส.ค. 2551 จ่ายหมื่นห้าบาท', now },
    ])}not json\n{"id":4}\n`,
  );
  const rows = lines.map(line =>
    z
      .object({
        id: z.union([z.string(), z.number(), z.null()]),
        error: z.string().optional(),
        entities: z.array(z.object({ kind: z.string(), value: z.string() })).default([]),
      })
      .parse(line),
  );
  const valuesOf = (kind: string, at: number): string[] =>
    (rows[at]?.entities ?? []).filter(entity => entity.kind === kind).map(({ value }) => value);
  expect(rows.map(row => row.id)).toEqual([1, 'two', null, 4]);
  expect(valuesOf('date', 0)).toEqual(['2008-02-09', '2008-02-10']);
  expect(valuesOf('range', 1)).toEqual(['2008-08-03/2008-08-05']);
  expect(valuesOf('money', 1)).toEqual(['15000']);
  expect(rows[2]?.error).toMatch(/JSON/u);
  expect(rows[3]?.error).toMatch(/text/u);
  expect(status).toBe(1);
});

describe('the commands that measure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nlu-commands-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, rows: readonly unknown[]): string => {
    const path = join(folder, name);
    writeFileSync(path, jsonLines(rows));
    return path;
  };

  it('nlu:fit learns from one file and is measured on another', () => {
    const said = { alarm: 'ตั้งปลุกตอน', music: 'เปิดเพลงของ', weather: 'พรุ่งนี้ฝนตกที่' };
    const rows = Object.entries(said).flatMap(([intent, words]) =>
      Array.from({ length: 12 }, (_, at) => ({ text: `${words}${at + 1}`, intent })),
    );
    const train = file(
      'train.jsonl',
      rows.filter((_, at) => at % 3 !== 0),
    );
    const test = file(
      'test.jsonl',
      rows.filter((_, at) => at % 3 === 0),
    );
    const { status, lines } = run('nlu-fit', [train, test]);
    expect(lines).toEqual([expect.objectContaining({ accuracy: 1, macroF1: 1 })]);
    expect(status).toBe(0);
  });

  it('nlu:retrieve finds the passage that each question was made for', () => {
    const passages = file('passages.jsonl', [
      { pid: 'a', text: 'กรุงศรีอยุธยาเป็นราชธานีของไทยมา 417 ปี สถาปนาโดยพระเจ้าอู่ทอง' },
      { pid: 'b', text: 'เชียงใหม่ก่อตั้งโดยพญามังรายเป็นศูนย์กลางของอาณาจักรล้านนา' },
    ]);
    const questions = file('questions.jsonl', [
      { question: 'ใครสถาปนากรุงศรีอยุธยา', pid: 'a' },
      { question: 'ศูนย์กลางของล้านนาคือเมืองใด', pid: 'b' },
    ]);
    const { status, lines } = run('nlu-retrieve', [passages, questions]);
    expect(lines).toEqual([expect.objectContaining({ top1: 1, mrr10: 1 })]);
    expect(status).toBe(0);
  });

  it('names the line that cannot be read', () => {
    const { status, lines } = run('nlu-fit', [file('bad.jsonl', [{ text: 'ก' }]), file('empty.jsonl', [])]);
    expect(status).toBe(1);
    expect(lines).toEqual([]);
  });
});
