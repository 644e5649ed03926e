import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSafeFetch, fetchThrough, isPublicAddress } from './safe-fetch';

describe('an address that a person configured', () => {
  let server: Server;
  let port: number;
  let listener: RequestListener;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    listener = (_request, response) => response.end('ok');
    server = createServer((request, response) => {
      asked.push(`${request.headers.host} ${request.url}`);
      listener(request, response);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fd00::1',
    '2002:7f00:1::',
    'localhost',
  ])('%s is not on the public net', address => expect(isPublicAddress(address)).toBe(false));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is on the public net', address =>
    expect(isPublicAddress(address)).toBe(true),
  );

  const inwards = (host: string): string => `http://${host}:${port}/`;
  it.each([
    ['by its number', () => inwards('127.0.0.1')],
    ['by a number in one piece', () => inwards('2130706433')],
    ['by a number in hexadecimal', () => inwards('0x7f.1')],
    ['by a number in octal', () => inwards('0177.0.0.1')],
    ['by a short number', () => inwards('127.1')],
    ['by wide digits', () => inwards('１２７.0.0.1')],
    ['as IPv6', () => inwards('[::ffff:127.0.0.1]')],
    ['by a name', () => inwards('localhost')],
    ['by a name that points inwards', () => inwards('inwards.example')],
    ['behind a name', () => `http://public.example@127.0.0.1:${port}/`],
    ['by another protocol', () => 'file:///etc/passwd'],
    ['by the protocol of another age', () => 'gopher://127.0.0.1/'],
  ])('never leads inwards: %s', async (_, address) => {
    const call = createSafeFetch({ resolve: () => Promise.resolve(['8.8.8.8', '127.0.0.1']) });
    await expect(call(address())).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(asked).toEqual([]);
  });

  it('is resolved once, and the call goes where was looked', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    let resolved = 0;
    const call = createSafeFetch({
      allowed: [`system.example:${port}`],
      resolve: () => Promise.resolve(answers[resolved++] ?? []),
    });
    const response = await call(inwards('system.example'));
    expect([response.status, response.body.toString(), resolved]).toEqual([200, 'ok', 1]);
    expect(asked).toEqual([`system.example:${port} /`]);
  });

  it('is allowed for one port only', async () => {
    const call = createSafeFetch({ allowed: ['127.0.0.1:1'] });
    await expect(call(inwards('127.0.0.1'))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('does not send us on to another one', async () => {
    listener = (_request, response) => response.writeHead(302, { location: inwards('127.0.0.1') }).end();
    const call = createSafeFetch({ allowed: [`127.0.0.1:${port}`] });
    expect((await call(inwards('127.0.0.1'))).status).toBe(302);
    expect(asked).toHaveLength(1);
  });

  it('cannot fill our memory, and cannot keep us waiting', async () => {
    listener = (_request, response) => {
      response.on('error', () => undefined);
      response.write('x'.repeat(5_000));
    };
    const allowed = [`127.0.0.1:${port}`];
    await expect(createSafeFetch({ allowed, maxBytes: 1_000 })(inwards('127.0.0.1'))).rejects.toThrow(
      /1000 bytes/u,
    );
    await expect(createSafeFetch({ allowed, withinMs: 100 })(inwards('127.0.0.1'))).rejects.toThrow();
  });
});

describe('in the form of fetch', () => {
  const through = (allowed: readonly string[] = []) => fetchThrough(createSafeFetch({ allowed }));

  it('answers as fetch does, follows no redirect, and ends when it is told to', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else if (request.url === '/slow') return;
      else response.writeHead(200, { 'x-seen': request.method ?? '' }).end('{"ok":true}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const call = through([`127.0.0.1:${port}`]);
    try {
      const answer = await call(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' });
      expect([answer.ok, answer.headers.get('x-seen'), await answer.json()]).toEqual([
        true,
        'POST',
        { ok: true },
      ]);
      expect((await call(`http://127.0.0.1:${port}/away`)).status).toBe(302);
      const ended = AbortSignal.abort();
      await expect(call(`http://127.0.0.1:${port}/slow`, { signal: ended })).rejects.toThrow();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each(['http://127.0.0.1:9/', 'http://[::1]:9/', 'http://169.254.169.254/latest', 'http://10.0.0.1/'])(
    'refuses %s unless the operator named it',
    async address => {
      await expect(through()(address)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    },
  );
});
