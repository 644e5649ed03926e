import { sqliteEngine } from '../../store';
import { notes } from './note';

/** Writes records into the file until it is killed and prints every id whose write was answered. */
async function main(file: string, prefix: string): Promise<void> {
  const engine = sqliteEngine({ file });
  const records = engine.collection(notes);
  await engine.open();
  process.stdout.write('open\n');
  let count = 0;
  const write = async (): Promise<void> => {
    for (;;) {
      const id = `${prefix}-${++count}`;
      const inserted = await records.insert({
        id,
        group: prefix,
        rank: count,
        name: id,
        words: [prefix],
        at: count,
      });
      const stored = { id, version: 1, group: prefix, rank: count, name: id, text: 'second write' };
      if (inserted && (await records.replace(stored))) process.stdout.write(`${id}\n`);
    }
  };
  await Promise.all(Array.from({ length: 20 }, write));
}

const [file = '', prefix = ''] = process.argv.slice(2);
main(file, prefix).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
