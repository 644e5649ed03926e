import { bullJobs } from '../../jobs';

/** Wakes three keys of the queue `work`, prints those it takes and never finishes one. */
async function main(url: string, prefix: string): Promise<void> {
  const fail = (error: unknown): void => {
    process.stderr.write(`${String(error)}\n`);
  };
  const jobs = bullJobs({ url, prefix, clock: Date.now, onError: fail });
  jobs.handle('work', { concurrency: 5 }, key => {
    process.stdout.write(`${key}\n`);
    return new Promise(() => undefined);
  });
  await jobs.start();
  await Promise.all(['key0', 'key1', 'key2'].map(key => jobs.wake('work', key)));
}

const [url = '', prefix = ''] = process.argv.slice(2);
main(url, prefix).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
