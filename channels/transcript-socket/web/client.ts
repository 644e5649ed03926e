import { type Socket, io } from 'socket.io-client';
import type { Ack, Line, State, Typing, Welcome } from '../wire';

/** Something the person said that the server has not shown back yet. */
export interface Outgoing {
  readonly clientId: string;
  readonly text?: string;
  readonly choice?: string;
  /** What the person reads: the text, or the label of the choice. */
  readonly label: string;
  readonly state: 'sending' | 'sent' | 'failed';
  /** Why it failed. */
  readonly why?: string;
}

/** `refused`: the server is there but takes nobody new right now. */
export type Connection = 'connecting' | 'connected' | 'lost' | 'refused';

export interface ClientEvents {
  line(line: Line): void;
  /** All earlier lines are not this person's any more: begin with an empty page. */
  reset(): void;
  outgoing(list: readonly Outgoing[]): void;
  connection(connection: Connection): void;
  state(state: State): void;
  typing(typing: Typing): void;
  /** Everything that was there at the connection has been shown. */
  caughtUp(): void;
}

export interface ClientParts {
  /** Origin and namespace; the page's own origin by default. */
  readonly url: string;
  readonly language: () => string;
  /** What survives a reload; the kiosk keeps nothing. */
  readonly memory: {
    visitor(): string | undefined;
    keepVisitor(token: string | undefined): void;
    unsent(): readonly Outgoing[];
    keepUnsent(list: readonly Outgoing[]): void;
  };
  readonly newId: () => string;
  readonly events: ClientEvents;
}

export interface Client {
  sendText(text: string): void;
  sendChoice(choice: string, label: string): void;
  retry(clientId: string): void;
  typing(): void;
  read(seq: number): void;
  /** Ends the contact; `false` when the server could not be told. */
  end(): Promise<boolean>;
  close(): void;
}

const ackWithinMs = 15_000;
/** Tries while connected, before the person is asked. */
const triesBeforeFailure = 3;
const reconnectMs = { min: 500, max: 5_000 } as const;

/**
 * The person's side of a transcript. Messages carry an id of their own, so sending again never doubles them; lines carry a
 * number, so a line is shown once and none is missed, however often the connection breaks.
 */
export function connect(parts: ClientParts): Client {
  const { events, memory } = parts;
  let visitor = memory.visitor();
  let lastSeq = 0;
  let target = 0;
  let outgoing: Outgoing[] = memory.unsent().map(each => ({ ...each, state: 'sending' }));
  /** Which try of a message counts; answers to earlier ones are ignored. */
  const tries = new Map<string, number>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let closed = false;

  const socket: Socket = io(parts.url, {
    autoConnect: false,
    forceNew: true,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: reconnectMs.min,
    reconnectionDelayMax: reconnectMs.max,
    auth: give =>
      give({ ...(visitor === undefined ? {} : { visitor }), lastSeq, language: parts.language() }),
  });

  function later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) act();
    }, ms);
    timers.add(timer);
  }

  function change(list: Outgoing[]): void {
    outgoing = list;
    memory.keepUnsent(list.filter(each => each.state !== 'sent'));
    events.outgoing(list);
  }

  const update = (clientId: string, to: Pick<Outgoing, 'state' | 'why'>): void =>
    change(outgoing.map(each => (each.clientId === clientId ? { ...each, ...to } : each)));

  function failed(message: Outgoing, ack: Ack & { ok: false }, count: number): void {
    if (ack.code === 'RATE_LIMITED' && count <= triesBeforeFailure) {
      later(ack.retryAfterMs ?? 1_000, () => send(message, count + 1));
    } else if (ack.code === 'BUSY' && count < triesBeforeFailure) send(message, count + 1);
    else update(message.clientId, { state: 'failed', why: ack.message });
  }

  function send(message: Outgoing, count = 1): void {
    if (!socket.connected) return;
    const attempt = (tries.get(message.clientId) ?? 0) + 1;
    tries.set(message.clientId, attempt);
    const { clientId, text, choice } = message;
    const payload = text === undefined ? { clientId, choice } : { clientId, text };
    socket.timeout(ackWithinMs).emit('message', payload, (_error: unknown, ack?: Ack) => {
      if (closed || tries.get(clientId) !== attempt || !outgoing.some(each => each.clientId === clientId))
        return;
      if (ack?.ok) update(clientId, { state: 'sent' });
      else if (ack) failed(message, ack, count);
      else if (!socket.connected) return;
      else if (count < triesBeforeFailure) send(message, count + 1);
      else update(clientId, { state: 'failed' });
    });
  }

  function say(message: Outgoing): void {
    change([...outgoing, message]);
    send(message);
  }

  function reset(): void {
    lastSeq = 0;
    events.reset();
  }

  socket.on('welcome', (welcome: Welcome) => {
    const other = visitor !== undefined && visitor !== welcome.visitor;
    if (other || welcome.seq < lastSeq) reset();
    visitor = welcome.visitor;
    memory.keepVisitor(visitor);
    target = welcome.seq;
    events.connection('connected');
    if (lastSeq >= target) events.caughtUp();
    for (const message of outgoing) if (message.state === 'sending') send(message);
  });
  socket.on('message', (line: Line) => {
    if (line.seq <= lastSeq) return;
    lastSeq = line.seq;
    events.line(line);
    if (line.clientId !== undefined) {
      tries.delete(line.clientId);
      if (outgoing.some(each => each.clientId === line.clientId)) {
        change(outgoing.filter(each => each.clientId !== line.clientId));
      }
    }
    if (lastSeq === target) events.caughtUp();
  });
  socket.on('state', (state: State) => events.state(state));
  socket.on('typing', (typing: Typing) => events.typing(typing));
  socket.on('disconnect', reason => {
    if (closed) return;
    events.connection('lost');
    // Socket.IO comes back by itself except when the server ended it.
    if (reason === 'io server disconnect') later(reconnectMs.max / 2, () => socket.connect());
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string; retryAfterMs?: number } }) => {
    const refusal = error.data;
    events.connection(refusal?.code === 'RATE_LIMITED' ? 'refused' : 'lost');
    if (!refusal) return;
    if (refusal.code === 'INPUT_INVALID') visitor = undefined;
    later(Math.max(refusal.retryAfterMs ?? 0, reconnectMs.max / 2), () => socket.connect());
  });

  events.connection('connecting');
  if (outgoing.length > 0) events.outgoing(outgoing);
  socket.connect();

  return {
    sendText: text => say({ clientId: parts.newId(), text, label: text, state: 'sending' }),
    sendChoice: (choice, label) => say({ clientId: parts.newId(), choice, label, state: 'sending' }),
    retry(clientId) {
      const message = outgoing.find(each => each.clientId === clientId);
      if (!message) return;
      const { why: _old, ...rest } = message;
      const again: Outgoing = { ...rest, state: 'sending' };
      change(outgoing.map(each => (each.clientId === clientId ? again : each)));
      send(again);
    },
    typing() {
      if (socket.connected) socket.volatile.emit('typing');
    },
    read(seq) {
      if (socket.connected) socket.volatile.emit('read', { seq });
    },
    end() {
      if (!socket.connected) return Promise.resolve(false);
      return new Promise(resolve => {
        socket
          .timeout(ackWithinMs)
          .emit('end', { clientId: parts.newId() }, (_error: unknown, ack?: Ack) =>
            resolve(ack?.ok === true),
          );
      });
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      socket.disconnect();
    },
  };
}

/** 96 random bits, as text that the server takes as a client id. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
