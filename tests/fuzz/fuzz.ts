import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { lineCall, lineEvent, lineUserId, signLine } from '../support/line-standin';
import type { Random } from '../support/random';
import { signTwilio, twilioForm } from '../support/twilio-standin';
import { type Operation, operationsOf, valueOf } from './operations';
import { anyText, anyValue, jsonOf, spoiled } from './values';

export interface FuzzParts {
  readonly url: string;
  readonly random: Random;
  readonly inputs: number;
  /** How many requests are under way at once. */
  readonly together: number;
  readonly lineSecret: string;
  readonly twilio: { readonly authToken: string; readonly publicUrl: string };
  /** Cookies of people who are signed in; fetched anew when one has ended. */
  readonly cookie: (role: 'officer' | 'supervisor', ended?: string) => Promise<string>;
  readonly onProgress?: (done: number) => void;
  readonly isStopped?: () => boolean;
}

export interface Fault {
  readonly what: string;
  readonly input: string;
}

export interface Fuzzed {
  readonly done: number;
  readonly faults: readonly Fault[];
  /** How many answers had which status or, of sockets, which code. */
  readonly answers: Readonly<Record<string, number>>;
}

/** Nothing may take longer, ms. */
const hangMs = 20_000;
const maxFaults = 20;
/** Passwords are hashed here, which takes long on purpose: one in so many. */
const isCostly = ({ method, path }: Operation): boolean =>
  method !== 'GET' && /\/(session|password|setup|accounts|accounts\/\{id\}\/reset)$/u.test(path);
const costlyOneIn = 2_000;

interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const visible = (text: string): string => text.replace(/[^\x20-\x7e]/gu, '');
const addressOf = (random: Random): string => `203.0.${random.below(256)}.${1 + random.below(254)}`;
/** Every client comes from an address of its own, so that limits by address do not hide the rest. */
const fromSomewhere = (random: Random): Record<string, string> => ({ 'x-forwarded-for': addressOf(random) });

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function apiInput(operation: Operation, random: Random, cookie: string): Sent {
  const target = operation.path.replace(/\{\w+\}/gu, () => escaped(anyText(random)) || 'x');
  const query = operation.query
    .filter(() => random.below(2) === 0)
    .map(name => `${name}${random.below(12) === 0 ? '[$ne]' : ''}=${escaped(anyText(random))}`);
  const valid = operation.body && valueOf(operation.body, () => anyText(random));
  const body = operation.body && jsonOf(random.below(5) === 0 ? valid : spoiled(valid, random), random);
  const type = random.below(30) === 0 ? visible(anyText(random)) : 'application/json';
  return {
    method: operation.method,
    target: query.length > 0 ? `${target}?${query.join('&')}` : target,
    headers: {
      ...fromSomewhere(random),
      ...(cookie ? { cookie } : {}),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  };
}

const places = [
  '/',
  '/chat/',
  '/kiosk/',
  '/desk/',
  '/locales/',
  '/api/',
  '/api/v1/',
  '/webhooks/',
  '/privacy/',
  '/metrics',
];

function pageInput(random: Random): Sent {
  return {
    method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']),
    target: `${random.pick(places)}${escaped(anyText(random))}${random.below(3) === 0 ? `?${escaped(anyText(random))}` : ''}`,
    headers: {
      ...fromSomewhere(random),
      'accept-language': visible(anyText(random)),
      range: visible(anyText(random)),
    },
  };
}

function lineInput(random: Random, secret: string, at: number): Sent {
  const event = lineEvent.text({
    from: lineUserId(`f${random.below(500)}`),
    text: anyText(random) || 'x',
    at,
  });
  const call = lineCall([random.below(20) === 0 ? event : spoiled(event, random)]);
  const body = jsonOf(random.below(10) === 0 ? spoiled(JSON.parse(call), random) : JSON.parse(call), random);
  const signature = random.below(10) === 0 ? visible(anyText(random)) : signLine(secret, body);
  return {
    method: 'POST',
    target: '/webhooks/line',
    headers: { 'content-type': 'application/json', 'x-line-signature': signature },
    body,
  };
}

function twilioInput(random: Random, { authToken, publicUrl }: FuzzParts['twilio']): Sent {
  const path = random.pick(['/webhooks/twilio/sms', '/webhooks/twilio/status']);
  const names = [
    'MessageSid',
    'From',
    'To',
    'Body',
    'NumMedia',
    'MessageStatus',
    'ErrorCode',
    'AccountSid',
    '__proto__',
  ];
  const fields = Object.fromEntries(
    names.filter(() => random.below(3) > 0).map(name => [name, anyText(random).toWellFormed()]),
  );
  return {
    method: 'POST',
    target: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature':
        random.below(10) === 0
          ? visible(anyText(random))
          : signTwilio(authToken, `${publicUrl}${path}`, fields),
    },
    body: twilioForm(fields),
  };
}

/** Frames of one connection: its burst of events, most of them not as they should be. */
const eventsOf = {
  '/webchat': ['message', 'read', 'typing', 'end', 'resume'],
  '/kiosk': ['message', 'read', 'typing', 'end'],
  '/desk': ['claim', 'message', 'watch', 'unwatch', 'typing', 'release', 'close'],
} as const;
const perConnection = 30;

/** Sends inputs made from the product's own description, its webhooks and its socket events; notes what must not happen. */
export async function fuzz(parts: FuzzParts): Promise<Fuzzed> {
  const { url, random } = parts;
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: parts.together });
  const operations = await operationsOf(url);
  const cheap = operations.filter(each => !isCostly(each));
  const costly = operations.filter(isCostly);
  const answers: Record<string, number> = {};
  const faults: Fault[] = [];
  let begun = 0;
  let done = 0;
  const at = Date.now();

  const count = (answer: string): void => {
    answers[answer] = (answers[answer] ?? 0) + 1;
    done += 1;
    if (done % 1_000 === 0) parts.onProgress?.(done);
  };
  const fault = (what: string, input: unknown): void => {
    if (faults.length < maxFaults) faults.push({ what, input: JSON.stringify(input).slice(0, 2_000) });
  };

  function send(sent: Sent): Promise<number> {
    return new Promise(resolve => {
      const { method, target: path, headers, body } = sent;
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const call = request(
        { agent, hostname, port, method, path, headers: { ...headers, ...length }, timeout: hangMs },
        response => {
          response.resume();
          response.on('close', () => resolve(response.statusCode ?? 0));
        },
      );
      call.on('timeout', () => call.destroy(new Error(`no answer within ${hangMs} ms`)));
      call.on('error', error => {
        // A connection that the server closes between two requests is the client's to open again.
        const closed = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (!closed) fault(error.message, sent);
        resolve(0);
      });
      call.end(body);
    });
  }

  async function http(): Promise<void> {
    const dice = random.below(100);
    const role = random.pick(['officer', 'supervisor'] as const);
    const signedIn = random.below(4) > 0;
    const cookie = signedIn ? await parts.cookie(role) : '';
    const operation = random.pick(random.below(costlyOneIn) === 0 ? costly : cheap);
    const sent =
      dice < 75
        ? apiInput(operation, random, cookie)
        : dice < 92
          ? pageInput(random)
          : dice < 96
            ? lineInput(random, parts.lineSecret, at)
            : twilioInput(random, parts.twilio);
    const status = await send(sent);
    if (status >= 500) fault(`status ${status}`, sent);
    if (status === 401 && signedIn && dice < 75) await parts.cookie(role, cookie);
    count(String(status));
  }

  async function socket(): Promise<void> {
    const namespace = random.pick(['/webchat', '/kiosk', '/desk'] as const);
    const cookie = namespace === '/desk' ? await parts.cookie('officer') : '';
    const client = io(`${url}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: random.below(4) === 0 ? { visitor: anyValue(random), lastSeq: anyValue(random) } : {},
      extraHeaders: { ...fromSomewhere(random), ...(cookie ? { cookie } : {}) },
    });
    const connected = await new Promise<boolean>(resolve => {
      client.once('connect', () => resolve(true));
      client.once('connect_error', () => resolve(false));
      // A handshake that the server cannot read ends the connection without a word to the namespace.
      client.io.on('close', () => resolve(false));
      void pause(hangMs, undefined, { ref: false }).then(() => resolve(false));
    });
    count(connected ? 'connected' : 'refused');
    if (!connected) begun -= perConnection - 1;
    if (connected) {
      const acks = Array.from({ length: perConnection - 1 }, async () => {
        const event = random.pick(eventsOf[namespace]);
        const valid = {
          conversation: anyText(random),
          clientId: `c${random.below(1_000)}`,
          text: anyText(random),
          seq: 1,
        };
        const payload = spoiled(valid, random);
        try {
          const answer: unknown = await client.timeout(hangMs).emitWithAck(event, payload);
          const code =
            typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : 'ok';
          if (code === 'INTERNAL') fault(`${namespace} ${event} failed`, payload);
          count(code);
        } catch {
          // Events without an answer, and connections that the server closed on purpose.
          count('silence');
        }
      });
      const closed = new Promise<void>(resolve => client.once('disconnect', () => resolve()));
      // Some events have no answer by design; the last one is answered after all others were taken.
      const last = client
        .timeout(hangMs)
        .emitWithAck(namespace === '/desk' ? 'claim' : 'message', {})
        .then(
          () => undefined,
          () => fault(`${namespace} did not answer`, {}),
        );
      await Promise.race([closed, last]);
      client.disconnect();
      await Promise.all(acks);
    }
  }

  async function worker(): Promise<void> {
    while (begun < parts.inputs && faults.length < maxFaults && !parts.isStopped?.()) {
      if (random.below(60) === 0) {
        begun += perConnection;
        await socket();
      } else {
        begun += 1;
        await http();
      }
    }
  }
  await Promise.all(Array.from({ length: parts.together }, worker));
  agent.destroy();
  return { done, faults, answers };
}
