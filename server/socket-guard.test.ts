import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type Socket, io as connect } from 'socket.io-client';
import { guardSockets } from './socket-guard';

describe('sockets under the policy', () => {
  const http = createServer();
  const io = new Server(http, { serveClient: false });
  const failures: string[] = [];
  const taken: string[] = [];
  const clients: Socket[] = [];
  guardSockets(io, error => failures.push(String(error)));
  for (const name of ['/webchat', '/unknown']) {
    io.of(name).on('connection', socket => {
      for (const event of ['message', 'secret'])
        socket.on(event, (ack: () => void) => {
          taken.push(`${name} ${event}`);
          ack();
        });
    });
  }

  beforeAll(async () => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });
  afterAll(async () => {
    for (const client of clients) client.disconnect();
    await io.close();
  });
  async function open(namespace: string): Promise<Socket> {
    const { port } = http.address() as AddressInfo;
    const client = connect(`http://127.0.0.1:${port}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
    });
    clients.push(client);
    await new Promise<void>(resolve => client.once('connect', resolve));
    return client;
  }

  it('lets through what has a row, and drops the rest before any handler sees it', async () => {
    const client = await open('/webchat');
    client.emit('secret', () => undefined);
    client.emit('constructor', () => undefined);
    await client.emitWithAck('message');
    expect(taken).toEqual(['/webchat message']);
  });

  it('takes nothing in a namespace without rows', async () => {
    const client = await open('/unknown');
    client.emit('message', () => undefined);
    client.emit('secret', () => undefined);
    // Packets of one connection come in order: after the end nothing of it is still on its way.
    const [socket] = await io.of('/unknown').fetchSockets();
    const ended = new Promise<void>(resolve =>
      io
        .of('/unknown')
        .sockets.get(socket?.id ?? '')
        ?.once('disconnect', () => resolve()),
    );
    client.disconnect();
    await ended;
    expect(taken.filter(each => each.startsWith('/unknown'))).toEqual([]);
  });

  it('reports what the server sends without a row, to one or to all', async () => {
    const client = await open('/webchat');
    const heard = new Promise(resolve => client.once('secret', resolve));
    io.of('/webchat').emit('state', {});
    expect(failures).toEqual([]);
    io.of('/webchat').emit('secret', {});
    await heard;
    expect(failures.length).toBeGreaterThan(0);
    expect(new Set(failures)).toEqual(
      new Set(['Error: /webchat sent secret, which has no row in the policy']),
    );
  });
});
