import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { type App, createApp } from '../../server/app';
import { readConfig } from '../../server/config';
import { removeFolder, temporaryFolder } from './product';

export interface ApiAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** The cookies that came, as `Set-Cookie` lines. */
  readonly cookies: readonly string[];
  readonly location: string | null;
}

/** The whole product in this process, with an hour of the test's own. */
export interface AppWorld {
  readonly app: App;
  readonly url: string;
  readonly now: () => number;
  pass(ms: number): void;
  call(
    method: string,
    path: string,
    given?: { readonly cookie?: string; readonly body?: object; readonly agent?: string },
  ): Promise<ApiAnswer>;
  stop(): Promise<void>;
}

/** The cookie to send for what was set. */
export const cookieFrom = ({ cookies }: Pick<ApiAnswer, 'cookies'>): string =>
  cookies.map(each => each.split(';')[0] ?? '').join('; ');

export async function startAppWorld(
  env: Readonly<Record<string, string>>,
  wantedPort = 0,
): Promise<AppWorld> {
  let now = Date.UTC(2026, 10, 25, 3);
  const clock = (): number => now;
  const dataDir = temporaryFolder();
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', DEMO: 'false', ...env });
  const app = await createApp({ config, clock, ids: uuid, log: pino({ level: 'silent' }) });
  await new Promise<void>(resolve => app.http.listen(wantedPort, '127.0.0.1', resolve));
  await app.start();
  const { port } = app.http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    url,
    now: clock,
    pass: ms => void (now += ms),
    async call(method, path, { cookie, body, agent } = {}) {
      const response = await fetch(path.startsWith('http') ? path : `${url}/api/v1${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(agent ? { 'user-agent': agent } : {}),
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await response.text();
      const parsed = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
      const { error } = parsed as { error?: { code: string } };
      return {
        status: response.status,
        code: error?.code,
        body: parsed,
        cookies: response.headers.getSetCookie(),
        location: response.headers.get('location'),
      };
    },
    async stop() {
      await app.stop();
      removeFolder(dataDir);
    },
  };
}

/** A port nobody listens on now, for settings that must name it before the start. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
