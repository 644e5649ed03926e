import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { SocketInput } from './inputs';

export interface Burst {
  /** One answer for each input that went out: a code, or what became of the connection. */
  readonly answers: readonly string[];
  readonly fault?: string;
}

/** A payload that the server answers whatever was sent before it, so that a burst has an end. */
const last: Readonly<Record<string, string>> = {
  '/desk': 'claim',
  '/webchat': 'message',
  '/kiosk': 'message',
};

/** Opens a connection, sends its events all at once, and closes when each was taken. */
export async function sendBurst(
  url: string,
  { namespace, address, auth, events }: SocketInput,
  cookie: string,
  withinMs: number,
): Promise<Burst> {
  const client = io(`${url}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth,
    extraHeaders: { 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) },
  });
  const ended = new AbortController();
  const late = pause(withinMs, 'late' as const, { signal: ended.signal, ref: false });
  late.catch(() => undefined);
  try {
    const opened = await new Promise<string>((resolve, reject) => {
      client.once('connect', () => resolve('connected'));
      client.once('connect_error', () => resolve('refused'));
      // A handshake that the server cannot read ends the connection without a word to the namespace.
      client.io.on('close', () => resolve('refused'));
      late.then(resolve, reject);
    });
    if (opened !== 'connected')
      return { answers: [opened], ...(opened === 'late' ? { fault: 'no handshake' } : {}) };
    const answers: string[] = events.map(() => 'silence');
    const closed = new Promise<'closed'>(resolve => client.once('disconnect', () => resolve('closed')));
    events.forEach(({ event, payload }, index) => {
      client.emit(event, payload, (answer: unknown) => {
        const isCoded = typeof answer === 'object' && answer !== null && 'code' in answer;
        answers[index] = isCoded ? String(answer.code) : 'ok';
      });
    });
    const finished = new Promise<'finished'>(resolve =>
      client.emit(last[namespace] ?? 'message', {}, () => resolve('finished')),
    );
    // Acts under way may still answer after the last event did; those of a visitor are answered in turn or refused at once.
    const how = await Promise.race([closed, finished, late]);
    const wrong = answers.includes('INTERNAL') || answers.includes('FAILED');
    return {
      answers,
      ...(how === 'late' ? { fault: 'no answer' } : wrong ? { fault: 'an event failed' } : {}),
    };
  } finally {
    ended.abort();
    client.disconnect();
  }
}
