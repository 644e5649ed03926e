import { createInterface } from 'node:readline';
import { thaiSegmenter } from '../nlu';

/** Standard input, one text a line; standard output, its words joined by `|`. */
async function main(): Promise<void> {
  const segmenter = thaiSegmenter();
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  for await (const line of lines) {
    if (!process.stdout.write(`${segmenter.words(line).join('|')}\n`)) {
      await new Promise<void>(resolve => process.stdout.once('drain', resolve));
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
