import { v7 as uuid } from 'uuid';
import { AppError } from '../core';
import { createApp } from './app';
import { type Config, readConfig, readEnvironment } from './config';
import { createLog } from './log';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function configuration(): Config {
  try {
    return readConfig(readEnvironment());
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function main(): Promise<void> {
  const config = configuration();
  const log = createLog(config.logLevel);
  const app = await createApp({ config, clock: Date.now, ids: uuid, log });
  // Before anybody can see the process as ready: a stop may follow at once.
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await new Promise<void>((resolve, reject) => {
    app.http.once('error', reject);
    app.http.listen(config.port, config.host, resolve);
  });
  await app.start();
  const address = app.http.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const base = config.publicUrl ?? `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
  say(
    `ThamRat is at ${base}/  (chat ${base}/chat  kiosk ${base}/kiosk  desk ${base}/desk  API ${base}/api/docs)`,
  );
  const demo = await app.demo;
  if (demo) say(`Demo accounts, shown once: ${demo.usernames.join(', ')}  password: ${demo.password}`);

  const firstRun = await app.firstRun;
  if (firstRun)
    say(
      `No account yet. Make the administrator at ${base}/desk#setup with this code, good once: ${firstRun}`,
    );
}

main().catch((error: unknown) => {
  const foreseen =
    error instanceof AppError || (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
  const sentence =
    error instanceof Error ? (foreseen ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
});
