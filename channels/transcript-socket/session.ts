import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { type Accepted, AppError, type Content, type InboundDraft, type Message } from '../../core';
import { createBuckets } from './buckets';
import { type Feed, createFeed } from './feed';
import { lineOf, offeredLabel, stateOf } from './lines';
import { endSchema, messageSchema, readSchema } from './schema';
import type { TranscriptLimits, TranscriptParts } from './serve';
import type { Visitor } from './visitors';
import type { Ack, Line, State, Typing, Welcome } from './wire';

export interface SessionParts extends Omit<
  TranscriptParts,
  'namespace' | 'limits' | 'sensitive' | 'visitors' | 'sentences' | 'polite'
> {
  readonly socket: Socket;
  readonly visitor: Visitor;
  readonly lastSeq: number;
  readonly language: string;
  readonly account: string;
  readonly limits: TranscriptLimits;
  readonly sensitive: (topic: string) => boolean;
  readonly say: (language: string, key: string) => string;
  /** How long a message from this address has to wait, ms. */
  readonly takeFromAddress: (socket: Socket) => number;
}

/** One socket of one visitor. */
export interface Session {
  readonly conversationId: string;
  start(): Promise<void>;
  wake(): void;
  officerTypes(name: string | undefined): void;
  close(): void;
}

/** Typing and read marks of one socket: they are only signals, what is too much is dropped. */
const signalRate = { burst: 10, perSecond: 2 };

/** Messages in which the label of a choice is looked for. */
const recentMessages = 50;

/** Socket.IO hands over the way to acknowledge as the last argument, where the client wants to know. */
const isAnswer = (value: unknown): value is (ack: Ack) => void => typeof value === 'function';

export function openSession(parts: SessionParts): Session {
  const { socket, visitor, channel, account, conversations, intake, limits, clock } = parts;
  const addressId = parts.addresses.idOf(channel, account, visitor.id);
  const conversationId = parts.conversationIdOf(addressId);
  const bucket = createBuckets(limits.perSocket, clock);
  let feed: Feed | undefined;
  /** What was said to somebody who has said nothing yet; it is kept with their first words. */
  let greeted: readonly Message[] = [];
  let isKept = false;
  let shown = '';
  let accepting: Promise<unknown> = Promise.resolve();
  const signals = createBuckets(signalRate, clock);

  const refused = (code: string, retryAfterMs?: number): Ack => {
    const key = `error.${code}`;
    const sentence = parts.say(parts.language, key);
    const message = sentence === key ? parts.say(parts.language, 'error.FAILED') : sentence;
    return { ok: false, code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  };

  async function tellState(): Promise<void> {
    const conversation = await conversations.get(conversationId);
    const state: State = conversation ? stateOf(conversation) : { owner: 'bot', urgent: false };
    const text = JSON.stringify(state);
    if (text === shown) return;
    shown = text;
    socket.emit('state', state);
  }

  const draftOf = (id: string, content: Content, clientId?: string): InboundDraft => ({
    channel,
    account,
    // Under the address, which is a keyed hash: the visitor's own name stays out of record ids.
    providerEventId: `${addressId}/${id}`,
    externalId: visitor.id,
    audience: 'person',
    occurredAt: clock(),
    content,
    language: parts.language,
    ...(clientId === undefined ? {} : { clientId }),
  });

  const opened = (): InboundDraft => draftOf('opened', { kind: 'opened' });

  /** One after the other, so that what a person wrote first is taken in first. */
  function accept(draft: () => Promise<InboundDraft> | InboundDraft): Promise<Accepted> {
    const mine = accepting.then(async () => {
      const asked = await draft();
      const accepted = (await intake.accept(isKept ? [asked] : [opened(), asked])).at(-1);
      if (!accepted) throw new Error('an event went in and none came out');
      isKept = true;
      return accepted;
    });
    accepting = mine.catch(() => undefined);
    return mine;
  }

  async function labelOf(choice: string): Promise<string | undefined> {
    const latest = await conversations.latest(conversationId, recentMessages);
    const offered = offeredLabel([...greeted, ...latest], choice);
    if (offered !== undefined) return offered;
    const [kind, tag = ''] = choice.split(':');
    const key = kind === 'language' ? 'language.name' : `choice.${choice}`;
    const sentence = parts.say(kind === 'language' ? tag : parts.language, key);
    return sentence === key ? undefined : sentence;
  }

  async function contentOf(message: z.infer<typeof messageSchema>): Promise<Content> {
    if ('text' in message) return { kind: 'text', text: message.text.trim() };
    const label = await labelOf(message.choice);
    return { kind: 'choice', choice: message.choice, ...(label === undefined ? {} : { label }) };
  }

  async function tellBotTypes(): Promise<void> {
    const conversation = await conversations.get(conversationId);
    const typing: Typing = { from: 'bot' };
    if (!conversation || conversation.owner.kind === 'bot') socket.volatile.emit('typing', typing);
  }

  async function onMessage(payload: unknown): Promise<Ack> {
    const message = messageSchema.safeParse(payload);
    if (!message.success) return refused('INPUT_INVALID');
    if ('text' in message.data && message.data.text.length > limits.textUnits)
      return refused('BODY_TOO_LARGE');
    const waitMs = bucket.take('') || parts.takeFromAddress(socket);
    if (waitMs > 0) return refused('RATE_LIMITED', waitMs);
    const { clientId } = message.data;
    const accepted = await accept(async () => draftOf(clientId, await contentOf(message.data), clientId));
    tellBotTypes().catch(parts.onError);
    const settled = await intake.settled(accepted, limits.settleWithinMs);
    return settled ? { ok: true, seq: settled.seq } : refused('BUSY');
  }

  async function onEnd(payload: unknown): Promise<Ack> {
    const end = endSchema.safeParse(payload);
    if (!end.success) return refused('INPUT_INVALID');
    const waitMs = bucket.take('');
    if (waitMs > 0) return refused('RATE_LIMITED', waitMs);
    const last = (await conversations.get(conversationId))?.seq;
    if (last === undefined && !isKept) return { ok: true, seq: 0 };
    const accepted = await accept(() => draftOf(`end-${end.data.clientId ?? last ?? 0}`, { kind: 'ended' }));
    const settled = await intake.settled(accepted, limits.settleWithinMs);
    return settled ? { ok: true, seq: settled.seq } : refused('BUSY');
  }

  /** An event of the client; whatever fails becomes an answer, never an unhandled rejection. */
  function on(event: string, handle: (payload: unknown) => Promise<Ack>): void {
    socket.on(event, (...given: unknown[]) => {
      const last = given.at(-1);
      const answer = isAnswer(last) ? last : () => undefined;
      const payload = typeof given[0] === 'function' ? undefined : (given[0] ?? undefined);
      handle(payload).then(answer, (error: unknown) => {
        parts.onError(error);
        answer(refused(error instanceof AppError ? error.code : 'FAILED'));
      });
    });
  }

  on('message', onMessage);
  on('end', onEnd);
  socket.on('typing', () => {
    if (signals.take('') === 0) parts.changes.publish({ kind: 'typing', conversationId, from: 'citizen' });
  });
  socket.on('read', (payload: unknown) => {
    const read = readSchema.safeParse(payload);
    if (read.success && signals.take('') === 0)
      parts.changes.publish({ kind: 'read', conversationId, from: 'citizen', seq: read.data.seq });
  });

  const lines = (messages: readonly Message[]): Line[] =>
    messages.map(message => lineOf(message, parts.sensitive));

  function follow(from: number): void {
    feed = createFeed({
      ...{ transcript: conversations, conversationId, from, caughtUp: tellState, onError: parts.onError },
      deliver: message => socket.emit('message', lineOf(message, parts.sensitive)),
    });
    if (!socket.connected) feed.stop();
    feed.wake();
  }

  function welcome(seq: number): void {
    const told: Welcome = { visitor: visitor.token, conversation: conversationId, seq };
    socket.emit('welcome', told);
  }

  /** Goes on from the greeting once it is kept; where it was kept otherwise than it was said, the client begins anew. */
  async function join(): Promise<void> {
    const conversation = await conversations.get(conversationId);
    if (!conversation?.seq) return;
    const kept = await conversations.after(conversationId, 0, greeted.length);
    if (feed) return;
    isKept = true;
    const texts = (messages: readonly Message[]): string =>
      JSON.stringify(lines(messages).map(({ seq, from, reply }) => [seq, from, reply]));
    const isSame = texts(kept) === texts(greeted);
    if (!isSame) welcome(0);
    follow(isSame ? greeted.length : 0);
  }

  /** What the client has of so many lines. Beyond the end, it remembers another time (data was restored) and begins anew. */
  const seenOf = (seq: number): number => (parts.lastSeq > seq ? 0 : parts.lastSeq);

  async function begin(): Promise<void> {
    const conversation = await conversations.get(conversationId);
    if (!conversation) return greet();
    isKept = true;
    welcome(conversation.seq);
    follow(seenOf(conversation.seq));
  }

  async function greet(): Promise<void> {
    greeted = await parts.greeting(opened()).catch((error: unknown) => {
      parts.onError(error);
      return [];
    });
    welcome(greeted.length);
    for (const line of lines(greeted.slice(seenOf(greeted.length)))) socket.emit('message', line);
    await tellState();
    // Words may have come in by another way in the meantime.
    await join();
  }

  return {
    conversationId,
    start() {
      const begun = begin();
      // The greeting comes before what the person writes at once.
      accepting = begun.catch(() => undefined);
      return begun;
    },
    wake() {
      if (feed) feed.wake();
      else join().catch(parts.onError);
    },
    officerTypes(name) {
      const typing: Typing = { from: 'officer', ...(name === undefined ? {} : { name }) };
      socket.volatile.emit('typing', typing);
    },
    close: () => feed?.stop(),
  };
}
