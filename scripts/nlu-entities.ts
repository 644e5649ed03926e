import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { createEntityReader } from '../nlu/entities';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  now: z.iso.datetime({ offset: true, local: true }).or(z.iso.date()).optional(),
});

const agencySchema = z.object({
  id: z.string(),
  nameTh: z.string(),
  nameEn: z.string(),
  abbrTh: z.string().nullable().optional(),
});
const serviceSchema = z.object({ id: z.string(), nameTh: z.string(), nameEn: z.string() });

/** The registers' files, seen from the built script as from its source. */
const dataFolder = join(process.cwd(), 'knowledge', 'data');

function load<T>(file: string, schema: z.ZodType<T>): T[] {
  return z.array(schema).parse(JSON.parse(readFileSync(join(dataFolder, file), 'utf8')));
}

/** A time without a zone is by the clock in Bangkok. */
function moment(iso: string | undefined): number {
  if (iso === undefined) return Date.now();
  const zoned = /(?:z|[+-]\d\d:?\d\d)$/i.test(iso) && iso.length > 10;
  return Date.parse(zoned ? iso : `${iso.length === 10 ? `${iso}T00:00:00` : iso}+07:00`);
}

/** The id of a line that did not fit, where it has one. */
function idOf(value: unknown): string | number | null {
  const parsed = z.object({ id: lineSchema.shape.id }).safeParse(value);
  return parsed.success ? parsed.data.id : null;
}

async function write(line: unknown): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(line)}\n`)) return;
  await new Promise<void>(resolve => process.stdout.once('drain', resolve));
}

/** Standard input, JSON Lines `{"id","text","now"}`; standard output, `{"id","entities"}`, each as soon as it is read. */
async function main(): Promise<void> {
  const agencies = [
    ...load('catalogue/agencies.json', agencySchema),
    ...load('extra-agencies.json', agencySchema),
  ];
  const read = createEntityReader({
    agencies: agencies.map(({ id, nameTh, nameEn, abbrTh }) => ({
      id,
      names: abbrTh ? [nameTh, nameEn, abbrTh] : [nameTh, nameEn],
    })),
    services: load('catalogue/services.json', serviceSchema).map(({ id, nameTh, nameEn }) => ({
      id,
      names: [nameTh, nameEn],
    })),
  });
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      process.exitCode = 1;
      await write({ id: null, error: 'the line is not valid JSON' });
      continue;
    }
    const line = lineSchema.safeParse(value);
    if (!line.success) {
      process.exitCode = 1;
      const [issue] = line.error.issues;
      await write({
        id: idOf(value),
        error: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`,
      });
      continue;
    }
    await write({ id: line.data.id, entities: read(line.data.text, moment(line.data.now)) });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
