import type { Namespace, Socket } from 'socket.io';
import type {
  Addresses,
  Change,
  Changes,
  ChannelName,
  Clock,
  Conversations,
  InboundDraft,
  Intake,
  Message,
} from '../../core';
import { type Rate, createBuckets } from './buckets';
import { authSchema } from './schema';
import { type Session, type SessionParts, openSession } from './session';
import type { Visitor, Visitors } from './visitors';

export interface TranscriptLimits {
  /** Longest text a person may send at once, UTF-16 units. */
  readonly textUnits: number;
  /** How long a message may wait for its turn before its sender is told that we are busy, ms. */
  readonly settleWithinMs: number;
  readonly perSocket: Rate;
  /** Many people may share one address. */
  readonly perAddress: Rate;
  /** Each new visitor is greeted, and leaves records behind with their first words. */
  readonly newVisitors: Rate;
}

export const defaultLimits: TranscriptLimits = {
  textUnits: 5_000,
  settleWithinMs: 10_000,
  perSocket: { burst: 10, perSecond: 1 },
  perAddress: { burst: 120, perSecond: 10 },
  newVisitors: { burst: 60, perSecond: 1 },
};

/** Tabs and devices that one visitor has open; each is told everything. */
const socketsOfOne = 20;

/** In case a wake was lost on its way, ms. */
const lookEveryMs = 30_000;

export interface TranscriptParts {
  readonly namespace: Namespace;
  readonly channel: ChannelName & ('webchat' | 'kiosk');
  readonly account?: string;
  readonly intake: Intake;
  /** What whoever opens the channel is told; nothing of it is kept. */
  readonly greeting: (opened: InboundDraft) => Promise<readonly Message[]>;
  readonly conversations: Conversations;
  readonly addresses: Addresses;
  readonly conversationIdOf: (addressId: string) => string;
  readonly changes: Changes;
  readonly visitors: Visitors;
  /** Sentences of the channel's page by language and key, for the words in refusals. */
  readonly sentences: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Polite endings of statements and questions; female unless given. */
  readonly polite?: { readonly kha: string; readonly ka: string };
  /** Topics (`kind:id`) that a person may not want others to see on their screen. */
  readonly sensitive?: (topic: string) => boolean;
  /** The other end, for limits; behind a proxy the server knows better than the socket. */
  readonly remoteAddress?: (socket: Socket) => string;
  readonly limits?: Partial<TranscriptLimits>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

export interface TranscriptServer {
  /** Sockets that are served now. */
  open(): number;
  close(): void;
}

/** A refusal of the handshake, in the form Socket.IO hands to the client. */
class Refusal extends Error {
  readonly data: { code: string; message: string; retryAfterMs?: number };

  constructor(data: Refusal['data']) {
    super(data.code);
    this.data = data;
  }
}

/** Serves a channel whose client reads the transcript: the socket wakes, the store is the truth. */
export function serveTranscript(parts: TranscriptParts): TranscriptServer {
  const { namespace, clock, onError } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  const addressBuckets = createBuckets(limits.perAddress, clock);
  const newcomers = createBuckets(limits.newVisitors, clock);
  const remoteAddress = parts.remoteAddress ?? (socket => socket.handshake.address);
  const sessions = new Map<string, Set<Session>>();

  const polite = parts.polite ?? { kha: 'ค่ะ', ka: 'คะ' };
  const say = (language: string, key: string): string =>
    (parts.sentences[language]?.[key] ?? parts.sentences['th']?.[key] ?? key)
      .replaceAll('{kha}', polite.kha)
      .replaceAll('{ka}', polite.ka);

  const shared: Omit<SessionParts, 'socket' | 'visitor' | 'lastSeq' | 'language'> = {
    ...parts,
    account: parts.account ?? 'main',
    sensitive: parts.sensitive ?? (() => false),
    limits,
    say,
    takeFromAddress: socket => addressBuckets.take(remoteAddress(socket)),
  };

  /** How long until somebody who has enough sockets open may try again, ms. */
  function tooMany(visitor: Visitor): number {
    const addressId = parts.addresses.idOf(parts.channel, shared.account, visitor.id);
    const open = sessions.get(parts.conversationIdOf(addressId))?.size ?? 0;
    return open < socketsOfOne ? 0 : lookEveryMs;
  }

  const admitted = new WeakMap<Socket, Pick<SessionParts, 'visitor' | 'lastSeq' | 'language'>>();

  namespace.use((socket, next) => {
    const auth = authSchema.safeParse(socket.handshake.auth);
    const language = auth.success ? (auth.data.language ?? 'th') : 'th';
    if (!auth.success)
      return next(new Refusal({ code: 'INPUT_INVALID', message: say(language, 'error.INPUT_INVALID') }));
    const known = auth.data.visitor === undefined ? undefined : parts.visitors.read(auth.data.visitor);
    const retryAfterMs = known ? tooMany(known) : newcomers.take(remoteAddress(socket));
    if (retryAfterMs > 0) {
      return next(
        new Refusal({ code: 'RATE_LIMITED', message: say(language, 'error.RATE_LIMITED'), retryAfterMs }),
      );
    }
    const visitor = known ?? parts.visitors.issue();
    // What a visitor who is new has seen belongs to somebody else.
    admitted.set(socket, { visitor, lastSeq: known ? (auth.data.lastSeq ?? 0) : 0, language });
    next();
  });
  namespace.on('connection', socket => {
    const who = admitted.get(socket);
    if (!who) {
      socket.disconnect(true);
      return;
    }
    const session = openSession({ ...shared, socket, ...who });
    const others = sessions.get(session.conversationId) ?? new Set();
    sessions.set(session.conversationId, others.add(session));
    socket.on('disconnect', () => {
      session.close();
      others.delete(session);
      if (others.size === 0) sessions.delete(session.conversationId);
    });
    session.start().catch((error: unknown) => {
      onError(error);
      // The client comes again, and then everything begins anew.
      socket.disconnect(true);
    });
  });

  const told = (change: Change): void => {
    if (change.kind === 'conversation') {
      for (const session of sessions.get(change.conversationId) ?? []) session.wake();
    }
    if (change.kind === 'typing' && change.from === 'officer') {
      for (const session of sessions.get(change.conversationId) ?? []) session.officerTypes(change.name);
    }
  };
  const unsubscribe = parts.changes.subscribe(told);
  const look = setInterval(() => {
    for (const others of sessions.values()) for (const session of others) session.wake();
  }, lookEveryMs);
  look.unref();

  return {
    open: () => [...sessions.values()].reduce((sum, others) => sum + others.size, 0),
    close() {
      unsubscribe();
      clearInterval(look);
      namespace.disconnectSockets(true);
    },
  };
}
