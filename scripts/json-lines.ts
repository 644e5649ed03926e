import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** All lines of a JSON Lines file, checked one by one; the error names file and line. */
export function readJsonLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const rows: T[] = [];
  let line = 0;
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    line += 1;
    if (text.trim() === '') continue;
    const parsed = schema.safeParse(parseJson(text, `${file} line ${line}`));
    if (!parsed.success) {
      const problem = parsed.error.issues[0];
      throw new Error(
        `${file} line ${line}: ${problem?.path.join('.') ?? ''} ${problem?.message ?? 'does not fit'}`,
      );
    }
    rows.push(parsed.data);
  }
  return rows;
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${place} is not valid JSON`, { cause });
  }
}

/** The value below which `share` of the values lie; 0 for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Positional arguments and the value of `--predictions`. */
export function readArguments(argv: readonly string[]): {
  readonly files: string[];
  readonly predictions?: string;
} {
  const files: string[] = [];
  let predictions: string | undefined;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--predictions') {
      predictions = argv[at + 1];
      at += 1;
      if (predictions === undefined) throw new Error('--predictions needs a file to write to');
    } else if (word.startsWith('--predictions=')) {
      predictions = word.slice('--predictions='.length);
    } else {
      files.push(word);
    }
  }
  return predictions === undefined ? { files } : { files, predictions };
}

/** Runs a script: what goes wrong is one sentence on the error stream and exit status 1. */
export function runScript(main: () => void): void {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
