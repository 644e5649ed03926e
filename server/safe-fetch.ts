import { lookup as resolveName } from 'node:dns/promises';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { AppError } from '../core';

/** Addresses that belong to this machine, its neighbours or nobody: a call that a person configured must not reach them. */
const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4');

/** Of IPv6 only what is given out for the public net is open, and of that not what carries an IPv4 address inside. */
const openV6 = new BlockList();
openV6.addSubnet('2000::', 3, 'ipv6');
const closedV6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closedV6.addSubnet(net, bits, 'ipv6');

export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, 'ipv4');
    case 6:
      return openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6');
    default:
      return false;
  }
}

export interface SafeFetchParts {
  /** `host:port` that may be called though its address is not public: an agency's system in the same building. */
  readonly allowed?: readonly string[];
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly maxBytes?: number;
  /** From the first step to the last byte, ms. */
  readonly withinMs?: number;
}

export interface SafeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the call sooner than its own time does. */
  readonly signal?: AbortSignal;
}

export interface SafeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const addressesOf = async (host: string): Promise<readonly string[]> =>
  (await resolveName(host, { all: true })).map(each => each.address);

const refused = (what: string): AppError => new AppError('INPUT_INVALID', what);

async function read(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw refused(`It answered with more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Calls an address that a person configured. The name is resolved once, every address it has must be public, and the connection
 * goes to the one that was looked at: a name that changes between look and call gains nothing. Redirects are answers, not followed.
 */
export function createSafeFetch({
  allowed = [],
  resolve = addressesOf,
  maxBytes = 1024 * 1024,
  withinMs = 10_000,
}: SafeFetchParts = {}): (address: string, request?: SafeRequest) => Promise<SafeResponse> {
  return async (address, { method = 'GET', headers = {}, body, signal: sooner } = {}) => {
    if (!URL.canParse(address)) throw refused('This is no address.');
    const url = new URL(address);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw refused('Only addresses of http and https can be called.');
    if (url.username || url.password) throw refused('An address must not carry a name or a password.');
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    const ownTime = AbortSignal.timeout(withinMs);
    const signal = sooner ? AbortSignal.any([ownTime, sooner]) : ownTime;
    const found = isIP(host) ? [host] : await resolve(host);
    const [first] = found;
    if (first === undefined) throw refused(`${host} has no address.`);
    if (!allowed.includes(`${host}:${port}`) && !found.every(isPublicAddress))
      throw refused(`${host} is not on the public net.`);

    return new Promise((done, fail) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const call = send(
        {
          host: first,
          port,
          path: `${url.pathname}${url.search}`,
          method,
          headers: { ...headers, host: url.host },
          agent: false,
          signal,
          // The certificate is asked for the name, though the connection goes to the address.
          ...(isIP(host) ? {} : { servername: host }),
        },
        response => {
          read(response, maxBytes).then(
            bytes => done({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
            (error: unknown) => {
              call.destroy();
              fail(error instanceof Error ? error : new Error(String(error)));
            },
          );
        },
      );
      call.on('error', fail);
      call.end(body);
    });
  };
}

/**
 * The same in the form of `fetch`, for modules that were written to it: text bodies only, no redirect is followed, and what is not
 * public fails as if nobody answered.
 */
export function fetchThrough(safeFetch: ReturnType<typeof createSafeFetch>): typeof fetch {
  return async (input, init = {}) => {
    const address = input instanceof Request ? input.url : String(input);
    if (init.body !== undefined && init.body !== null && typeof init.body !== 'string')
      throw refused('Only text is sent this way.');
    const answer = await safeFetch(address, {
      ...(init.method ? { method: init.method } : {}),
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
      ...(init.signal ? { signal: init.signal } : {}),
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers))
      for (const each of [value ?? []].flat()) headers.append(name, each);
    const empty = answer.status === 204 || answer.status === 304 || answer.status < 200;
    return new Response(empty ? null : new Uint8Array(answer.body), {
      status: answer.status < 200 ? 502 : answer.status,
      headers,
    });
  };
}
