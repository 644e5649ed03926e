import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Entry, brokenLinks, loadRegister } from '../knowledge';
import { createCheckLink } from './check-link';
import { projectRoot } from './root';

/** Pages as agencies have them, good and bad. */
describe('whether a published address leads to a page', () => {
  let server: Server;
  let host: string;
  let asked: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const answer = (status: number, location?: string): void =>
        void response.writeHead(status, location === undefined ? {} : { location }).end('page');
      switch (request.url) {
        case '/good':
          return answer(200);
        case '/moved':
          return answer(301, '/good');
        case '/moved-away':
          return answer(302, '/gone');
        case '/circle':
          return answer(302, '/circle');
        case '/nowhere':
          return answer(302);
        case '/inside':
          return answer(302, 'http://169.254.169.254/latest');
        case '/down':
          return answer(503);
        case '/slow':
          // Never answers: whoever asks has to give up.
          return;
        default:
          return answer(404);
      }
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => void (asked = []));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const check = (path: string, withinMs = 10_000): Promise<string | undefined> =>
    createCheckLink({ allowed: [host], withinMs })(`http://${host}${path}`);

  it.each(['/good', '/moved'])('finds nothing wrong with %s', async path => {
    expect(await check(path)).toBeUndefined();
  });

  it.each([
    ['/gone', /รหัส 404/u],
    ['/down', /รหัส 503/u],
    ['/moved-away', /รหัส 404/u],
    ['/circle', /วนไปมา/u],
    ['/nowhere', /ไม่บอกว่าที่ไหน/u],
    ['/inside', /เปิดไม่ได้/u],
  ])('says what is wrong with %s', async (path, what) => {
    expect(await check(path)).toMatch(what);
  });

  it('gives up on a page that never answers, and says after how long', async () => {
    expect(await check('/slow', 100)).toContain('ไม่ตอบภายใน 0.1 วินาที');
  });

  it('says so of a name that nobody has, and of a place inside', async () => {
    const nobody = createCheckLink({ resolve: () => Promise.resolve([]) });
    expect(await nobody('https://nobody.go.th/')).toContain('เปิดไม่ได้');
    expect(await createCheckLink()(`http://${host}/good`)).toContain('not on the public net');
    expect(asked).toEqual([]);
  });

  it('asks each address once, and names every entry that has it', async () => {
    const [sample] = loadRegister(join(projectRoot(), 'knowledge', 'data')).entries;
    if (!sample) throw new Error('the register has no entry');
    const entry = (id: string, ...paths: string[]): Entry => ({
      ...sample,
      id,
      links: paths.map(path => ({ url: `http://${host}${path}`, label: { th: path } })),
    });
    const entries = [entry('a', '/good', '/gone'), entry('b', '/gone')];
    const found = await brokenLinks(entries, createCheckLink({ allowed: [host] }), 10);
    expect(found.checked).toBe(2);
    expect(found.faults.map(({ entryId }) => entryId)).toEqual(['a', 'b']);
    expect(asked.filter(each => each === '/gone')).toHaveLength(1);
  });
});
