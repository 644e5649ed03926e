import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address.port;
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
