import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A Redis of one test, which may be killed and started again at the same address. */
export interface RedisProcess {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** Where the ports begin that the system gives to outgoing connections, on Linux. */
const firstOutgoing = 32_768;
const firstUnprivileged = 20_000;

/** A free port that no outgoing connection is ever given, so that nobody takes it while the server is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = firstUnprivileged + randomInt(firstOutgoing - firstUnprivileged);
    const server = createServer();
    const isFree = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

export async function redisProcess(maxmemoryPolicy: string): Promise<RedisProcess> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const settings = [
        '--port',
        `${port}`,
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--maxmemory-policy',
        maxmemoryPolicy,
      ];
      const started = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
      server = started;
      let ready = false;
      for await (const line of createInterface({ input: started.stdout })) {
        ready = line.includes('Ready to accept connections');
        if (ready) break;
      }
      if (!ready) throw new Error(`redis-server ended before it was ready; is port ${port} taken?`);
      started.stdout.resume();
    },
    async kill() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    },
  };
}
