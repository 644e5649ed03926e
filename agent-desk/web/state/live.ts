import { type Socket, io } from 'socket.io-client';
import type { z } from 'zod';
import { api, codeOf } from './api';
import * as schemas from './schemas';
import { type Store, createStore } from './store';
import {
  type Outgoing,
  type Thread,
  emptyThread,
  lastSeq,
  withDeliveries,
  withMessages,
  withOutgoing,
} from './thread';
import type { TransferTo } from './transfer-api';

export interface LiveState {
  readonly link: 'connecting' | 'online' | 'offline';
  readonly lists?: schemas.Lists;
  readonly officers: readonly schemas.OfficerRef[];
  readonly threads: Readonly<Record<string, Thread>>;
}

/** Everything the desk does over its socket. */
export interface Live {
  readonly state: Store<LiveState>;
  claim(conversation: string): Promise<schemas.ClaimAnswer>;
  /** Shows the message at once and sends it until the server has it. */
  say(conversation: string, text: string): void;
  retry(conversation: string, outgoing: Outgoing): void;
  watch(conversation: string): () => void;
  older(conversation: string): Promise<void>;
  typing(conversation: string): void;
  /** Resolves with a refusal's code, or `undefined` when done. */
  transfer(conversation: string, to: TransferTo, note: string): Promise<string | undefined>;
  /** Says no to an offer, or takes it back. */
  decline(conversation: string): Promise<string | undefined>;
  close(conversation: string, closing: object): Promise<string | undefined>;
  stop(): void;
}

const answerWithinMs = 12_000;

export function connectLive(parts: {
  onSignedOut: () => void;
  newId: () => string;
  now: () => number;
}): Live {
  const state = createStore<LiveState>({ link: 'connecting', officers: [], threads: {} });
  const socket: Socket = io('/desk', {
    transports: ['websocket', 'polling'],
    withCredentials: true,
    reconnectionDelayMax: 4_000,
  });
  const watched = new Map<string, number>();

  const setThread = (id: string, change: (thread: Thread) => Thread): void =>
    state.set(value => ({
      ...value,
      threads: { ...value.threads, [id]: change(value.threads[id] ?? emptyThread) },
    }));

  async function ask<T>(
    event: string,
    payload: object,
    schema: z.ZodType<T>,
  ): Promise<T | { ok: false; code: string }> {
    try {
      return schema.parse(await socket.timeout(answerWithinMs).emitWithAck(event, payload));
    } catch {
      return { ok: false, code: 'OFFLINE' };
    }
  }

  const act = async (event: string, payload: object): Promise<string | undefined> => {
    const answer = await ask(event, payload, schemas.answer);
    return answer.ok ? undefined : answer.code;
  };

  async function openWatch(id: string): Promise<void> {
    const from = lastSeq(state.get().threads[id] ?? emptyThread);
    const code = await act('watch', { conversation: id, ...(from === undefined ? {} : { lastSeq: from }) });
    setThread(id, ({ refused: _before, ...thread }) => (code ? { ...thread, refused: code } : thread));
  }

  async function send(id: string, outgoing: Outgoing): Promise<void> {
    const { clientId, text } = outgoing;
    setThread(id, thread => withOutgoing(thread, { clientId, text, state: 'sending' }));
    const code = await act('message', { conversation: id, clientId, text });
    // The message itself arrives by the watch and takes this one's place; only a failure has to be shown.
    if (code) setThread(id, thread => failed(thread, clientId, code));
  }

  function failed(thread: Thread, clientId: string, code: string): Thread {
    const outgoing = thread.outgoing.find(each => each.clientId === clientId);
    return outgoing ? withOutgoing(thread, { ...outgoing, state: 'failed', code }) : thread;
  }

  /** What a lost connection left unanswered goes out again under its own id. */
  function resend(): void {
    for (const [id, thread] of Object.entries(state.get().threads)) {
      for (const outgoing of thread.outgoing) {
        if (outgoing.state === 'sending' || outgoing.code === 'OFFLINE') void send(id, outgoing);
      }
    }
  }

  /** The server ended the connection: signed out here or elsewhere, or another role now. */
  async function askWhy(): Promise<void> {
    try {
      await api.whoAmI();
      socket.connect();
    } catch (error) {
      if (codeOf(error) === 'NOT_SIGNED_IN') parts.onSignedOut();
      else setTimeout(() => void askWhy(), 3_000);
    }
  }

  function on<E extends keyof typeof schemas.events>(
    event: E,
    use: (payload: z.infer<(typeof schemas.events)[E]>) => void,
  ): void {
    const schema: z.ZodType = schemas.events[event];
    const name: string = event;
    socket.on(name, (payload: unknown) => {
      const parsed = schema.safeParse(payload);
      if (parsed.success) use(parsed.data as z.infer<(typeof schemas.events)[E]>);
    });
  }

  on('queue', ({ version: _version, ...lists }) => state.set(value => ({ ...value, lists })));
  on('presence', ({ officers }) => state.set(value => ({ ...value, officers })));
  on('conversation', ({ conversation }) =>
    setThread(conversation.id, thread => ({ ...thread, conversation })),
  );
  on('message', ({ conversation, ...message }) =>
    setThread(conversation, thread => withMessages(thread, [message])),
  );
  on('deliveries', ({ conversation, deliveries }) =>
    setThread(conversation, thread => withDeliveries(thread, deliveries)),
  );
  on('gone', ({ conversation }) => setThread(conversation, () => ({ ...emptyThread, refused: 'NOT_FOUND' })));
  on('viewers', ({ conversation, viewers }) => setThread(conversation, thread => ({ ...thread, viewers })));
  on('read', ({ conversation, seq }) =>
    setThread(conversation, thread => ({ ...thread, readSeq: Math.max(seq, thread.readSeq ?? 0) })),
  );
  on('typing', ({ conversation, from, name }) =>
    setThread(conversation, thread => ({
      ...thread,
      typing: { from, at: parts.now(), ...(name ? { name } : {}) },
    })),
  );

  socket.on('connect', () => {
    state.set(value => ({ ...value, link: 'online' }));
    for (const id of watched.keys()) void openWatch(id);
    resend();
  });
  socket.on('disconnect', reason => {
    state.set(value => ({ ...value, link: 'offline' }));
    if (reason === 'io server disconnect') void askWhy();
  });
  socket.on('connect_error', () => {
    state.set(value => ({ ...value, link: 'offline' }));
    // Refused by the server itself: it will not try again by itself.
    if (!socket.active) void askWhy();
  });

  return {
    state,
    claim: conversation => ask('claim', { conversation }, schemas.claimAnswer),
    say: (conversation, text) => void send(conversation, { clientId: parts.newId(), text, state: 'sending' }),
    retry: (conversation, outgoing) => void send(conversation, outgoing),
    watch(id) {
      const looks = watched.get(id) ?? 0;
      watched.set(id, looks + 1);
      if (looks === 0 && socket.connected) void openWatch(id);
      return () => {
        const left = (watched.get(id) ?? 1) - 1;
        if (left > 0) watched.set(id, left);
        else if (watched.delete(id)) void act('unwatch', { conversation: id });
      };
    },
    async older(id) {
      const first = state.get().threads[id]?.messages[0]?.seq;
      if (first === undefined || first <= 1) return;
      const page = await api.olderMessages(id, first);
      setThread(id, thread => withDeliveries(withMessages(thread, page.messages), page.deliveries));
    },
    typing: conversation => void socket.volatile.emit('typing', { conversation }),
    transfer: (conversation, to, note) => act('transfer', { conversation, to, ...(note ? { note } : {}) }),
    decline: conversation => act('decline', { conversation }),
    close: (conversation, closing) => act('close', { conversation, ...closing }),
    stop: () => void socket.disconnect(),
  };
}
