import { v7 as uuid } from 'uuid';
import { createApp } from '../server/app';
import { readConfig, readEnvironment } from '../server/config';
import { createLog } from '../server/log';
import type { Upkeep } from '../server/privacy';

/** Runs a command of the operator on the data of this installation: the product's own parts, without listening or working. */
export function upkeep(run: (upkeep: Upkeep) => Promise<void>): void {
  const work = async (): Promise<void> => {
    const config = { ...readConfig(readEnvironment()), demo: false };
    const app = await createApp({ config, clock: Date.now, ids: uuid, log: createLog('warn') });
    try {
      await run(app.upkeep);
    } finally {
      await app.stop();
    }
  };
  work().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
