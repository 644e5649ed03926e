import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';

/** A stretch of wire between a program and its server, whose answers can be made late. */
export interface SlowProxy {
  readonly port: number;
  /** Answers from now on come so many milliseconds later; `Infinity`: they stay out until the next call, and then come. */
  late(ms: number): void;
  stop(): Promise<void>;
}

export async function slowProxy(target: { host: string; port: number }): Promise<SlowProxy> {
  const sockets = new Set<Socket>();
  let lateMs = 0;
  let held: (() => void)[] = [];

  function answers(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      const ms = lateMs;
      const due = new Promise<void>(resolve => {
        if (ms === Infinity) held.push(resolve);
        else setTimeout(resolve, ms);
      });
      // Pieces keep their order, however late each is.
      last = last
        .then(() => due)
        .then(() => {
          if (!to.destroyed) to.write(chunk);
        });
    });
  }

  const server = createServer(client => {
    const upstream = connect(target.port, target.host);
    client.pipe(upstream);
    answers(upstream, client);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  return {
    port: address.port,
    late(ms) {
      lateMs = ms;
      for (const release of held) release();
      held = [];
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
