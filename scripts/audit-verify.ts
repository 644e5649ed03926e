import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createAudit } from '../audit';
import { readConfig, readEnvironment } from '../server/config';
import { loadKeys } from '../server/keys';
import { mongoEngine, sqliteEngine } from '../store';

const usage =
  'Usage: npm run -s audit:verify [-- --expect NUMBER:HASH]   (a head printed earlier, kept outside this machine)\n';

function expectedHead(text: string | undefined): { seq: number; hash: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,12}):([0-9a-f]{64})$/u.exec(text);
  if (match?.[1] && match[2]) return { seq: Number(match[1]), hash: match[2] };
  process.stderr.write(usage);
  process.exit(2);
}

/** Walks the audit chain, also beside a running process; ends with 1 and names the first broken entry if there is one. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { expect: { type: 'string' } } });
  const expected = expectedHead(values.expect);
  const config = readConfig(readEnvironment());
  const { seal } = loadKeys(config);
  const engine = config.mongodbUrl
    ? mongoEngine({ url: config.mongodbUrl })
    : sqliteEngine({ file: join(config.dataDir, 'thamrat.db'), readOnly: true });
  const audit = createAudit({ engine, clock: Date.now, mac: hash => seal.lookup('audit', hash) });
  await engine.open();
  try {
    const verified = await audit.verify(expected);
    if (verified.ok) {
      process.stdout.write(
        `The audit chain is whole: ${verified.entries} entries, head ${verified.head.seq}:${verified.head.hash}\n`,
      );
      return;
    }
    process.stdout.write(
      `The audit chain is broken at entry ${verified.brokenAt}: ${verified.why}. ${verified.entries} entries before it are whole.\n`,
    );
    process.exitCode = 1;
  } finally {
    await engine.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
