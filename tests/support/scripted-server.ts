import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stand-in does in place of answering well. `accept` says whether the request is carried out first. */
export type Fault =
  /** Answers this status; carried out or not. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly accept?: boolean;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Breaks the connection off. */
  | { readonly kind: 'drop'; readonly accept: boolean }
  /** Never answers; the connection stays open until the stand-in stops. */
  | { readonly kind: 'hang'; readonly accept: boolean }
  /** Carries the request out and answers well, so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Carries the request out; the answer's body is not JSON. */
  | { readonly kind: 'malformed' }
  /** Carries the request out; sends the status and half of the body, then nothing more. */
  | { readonly kind: 'half-body' };

/** One request that came in, numbered from 1 in the order of coming. */
export interface Call {
  readonly number: number;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** In place of `body`: these bytes as they are. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What to do about a call; `undefined`: answer it as the documents say. */
export type Script = (call: Call) => Fault | undefined;

/** A script by call number, counted from when it is given. */
export function faultsByCall(faults: Readonly<Record<number, Fault>>): Script {
  let calls = 0;
  return () => faults[(calls += 1)];
}

export interface ScriptedServer {
  readonly url: string;
  /** Every call that came in, carried out or not. */
  readonly calls: () => readonly Call[];
  /** Replaces the script. */
  readonly script: (script: Script) => void;
  readonly stop: () => Promise<void>;
}

const maxBodyBytes = 4 * 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes <= maxBodyBytes) chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, answer: Answer): void {
  const body = answer.bytes ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(body);
}

function misbehave(response: ServerResponse, fault: Fault, answer: () => Answer): void {
  switch (fault.kind) {
    case 'status': {
      if (fault.accept) answer();
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(fault.body ?? JSON.stringify({ message: 'scripted' }));
      return;
    }
    case 'drop':
      if (fault.accept) answer();
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      if (fault.accept) answer();
      return;
    case 'delay': {
      const late = answer();
      setTimeout(() => write(response, late), fault.ms);
      return;
    }
    case 'malformed': {
      const { status } = answer();
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"sentMessages": [');
      return;
    }
    case 'half-body': {
      const { status, body } = answer();
      const whole = JSON.stringify(body ?? {});
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(whole)),
      });
      response.write(whole.slice(0, whole.length / 2));
      return;
    }
  }
}

/**
 * A real HTTP server on a free port of this machine, which answers by `carryOut` or misbehaves by its script. `carryOut` runs at
 * most once a call, in the order in which the bodies were complete.
 */
export async function scriptedServer(carryOut: (call: Call) => Answer): Promise<ScriptedServer> {
  const calls: Call[] = [];
  let script: Script = () => undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    const call: Call = {
      number: calls.length + 1,
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body,
    };
    calls.push(call);
    const fault = script(call);
    if (fault) misbehave(response, fault, () => carryOut(call));
    else write(response, carryOut(call));
  }

  const server: Server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    script(given) {
      script = given;
    },
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
