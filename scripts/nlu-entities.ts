import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { loadRegister, publish } from '../knowledge';
import { createEntityReader, registerNames } from '../nlu';
import { projectRoot } from '../server/root';

const idSchema = z.union([z.string(), z.number()]);
const lineSchema = z.object({
  id: idSchema,
  text: z.string(),
  now: z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]).optional(),
});

/** A time without a zone is by the clock in Bangkok; without any, relative words count from the present. */
function moment(iso: string | undefined): number {
  if (iso === undefined) return Date.now();
  if (iso.length === 10) return Date.parse(`${iso}T00:00:00+07:00`);
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(iso) ? iso : `${iso}+07:00`);
}

interface Refused {
  readonly id: string | number | null;
  readonly error: string;
}

function parse(text: string): z.infer<typeof lineSchema> | Refused {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { id: null, error: 'the line is not valid JSON' };
  }
  const line = lineSchema.safeParse(value);
  if (line.success) return line.data;
  const named = z.object({ id: idSchema }).safeParse(value);
  const [issue] = line.error.issues;
  const error = `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'does not fit'}`.trim();
  return { id: named.success ? named.data.id : null, error };
}

async function write(line: unknown): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(line)}\n`)) return;
  await new Promise<void>(resolve => process.stdout.once('drain', resolve));
}

/** Standard input, JSON Lines `{"id","text","now"}`; standard output, `{"id","entities"}`, each as soon as it is read. */
async function main(): Promise<void> {
  const knowledge = publish(loadRegister(join(projectRoot(), 'knowledge', 'data')));
  const read = createEntityReader(registerNames(knowledge));
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    const line = parse(text);
    if ('error' in line) {
      process.exitCode = 1;
      await write(line);
      continue;
    }
    await write({ id: line.id, entities: read(line.text, moment(line.now)) });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
