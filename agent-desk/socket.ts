import { parseCookie } from 'cookie';
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { z } from 'zod';
import {
  AppError,
  type Audit,
  type AuditAction,
  type AuditEvent,
  type Changes,
  type Clock,
  type Officer,
  officerActor,
} from '../core';
import { sessionCookie } from './access';
import { createBucket } from './bucket';
import type { DeskService } from './desk';
import { createLiveLists } from './live-lists';
import { type PresenceBook, beatEveryMs } from './presence';
import { eventActions, may } from './policy';
import { payloads } from './socket-payloads';
import type { Accounts } from './sign-in';
import type { Views } from './views';
import { type Watch, watchFrom } from './watch';

/** What a socket keeps of its officer; other processes see it too. */
export interface DeskSocketData {
  officer?: Officer;
}
type DeskSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, DeskSocketData>;

export interface DeskSocketParts {
  /** Socket.IO namespace `/desk`. */
  readonly namespace: Namespace<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, DeskSocketData>;
  readonly accounts: Pick<Accounts, 'officerOf'>;
  readonly desk: DeskService;
  readonly views: Views;
  readonly presence: PresenceBook;
  readonly changes: Changes;
  readonly audit: Audit;
  readonly clock: Clock;
  /** Where people reach us when a proxy changes the `Host` header; the page's own host is always allowed. */
  readonly publicUrl?: string;
  /** Told of failures nobody foresaw. */
  readonly onError: (error: unknown) => void;
}

/** Conversations one desk may look at. */
const watchesPerDesk = 20;

const watchRoom = (conversationId: string): string => `watch:${conversationId}`;
const officerRoom = (officerId: string): string => `officer:${officerId}`;

type Event = keyof typeof payloads;

/** One signed-in desk, with what this process keeps for it. */
interface Desk {
  readonly socket: DeskSocket;
  readonly token: string;
  officer: Officer;
  readonly watches: Map<string, Watch>;
  readonly pass: () => boolean;
}

function tokenOf(socket: DeskSocket): string {
  return parseCookie(socket.handshake.headers.cookie ?? '')[sessionCookie] ?? '';
}

/** A browser names the page that opens the socket; a page that is not ours must not borrow the cookie. */
function fromOwnPage(socket: DeskSocket, publicUrl: string | undefined): boolean {
  const { origin, host } = socket.handshake.headers;
  if (!origin) return true;
  return URL.canParse(origin) && (new URL(origin).host === host || origin === publicUrl);
}

/** Serves the desk's live events. Returns the way to stop its timers and listeners. */
export function serveDesk(parts: DeskSocketParts): () => void {
  const { namespace, accounts, desk: service, presence, changes, onError } = parts;
  const desks = new Map<string, Desk>();
  const lists = createLiveLists({
    desk: service,
    views: parts.views,
    presence,
    desks: () => [...desks.values()],
    onError,
  });

  /** The officer as they are now; ends the desk when its session or its role is gone. */
  async function officerNow(desk: Desk): Promise<Officer> {
    const session = await accounts.officerOf(desk.token);
    if (
      session &&
      !session.limited &&
      session.officer.role === desk.officer.role &&
      session.officer.agencyId === desk.officer.agencyId
    )
      return session.officer;
    desk.socket.disconnect(true);
    throw new AppError('NOT_SIGNED_IN', 'The session is over; sign in again.');
  }

  const check = (desk: Desk): Promise<void> =>
    officerNow(desk).then(
      () => undefined,
      (error: unknown) => (error instanceof AppError ? undefined : onError(error)),
    );

  async function tellViewers(conversationId: string): Promise<void> {
    const sockets = await namespace.in(watchRoom(conversationId)).fetchSockets();
    const officers = sockets.flatMap(({ data }) => (data.officer ? [data.officer] : []));
    const names = new Map(officers.map(({ id, name }) => [id, { id, name }]));
    const viewers = [...names.values()];
    namespace.to(watchRoom(conversationId)).emit('viewers', { conversation: conversationId, viewers });
  }

  async function unwatch(desk: Desk, conversationId: string): Promise<void> {
    desk.watches.delete(conversationId);
    await desk.socket.leave(watchRoom(conversationId));
    await tellViewers(conversationId);
  }

  const keep = (
    action: AuditAction,
    officer: Officer,
    conversationId: string,
    detail?: AuditEvent['detail'],
  ): Promise<void> =>
    parts.audit.record({
      action,
      actor: officerActor(officer),
      subject: { kind: 'conversations', id: conversationId },
      ...(detail ? { detail } : {}),
    });

  /** A look that failed. The conversation may have gone to another agency: its desk is told, and looks no longer. */
  async function lost(desk: Desk, conversationId: string, error: unknown): Promise<void> {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') return onError(error);
    desk.socket.emit('gone', { conversation: conversationId });
    await unwatch(desk, conversationId);
  }

  const acts: {
    [E in Event]: (desk: Desk, officer: Officer, payload: z.infer<(typeof payloads)[E]>) => Promise<object>;
  } = {
    async claim(_desk, officer, { conversation }) {
      const claimed = await service.claim(conversation, officer);
      if (claimed.outcome === 'claimed') await keep('conversation.claimed', officer, conversation);
      return claimed;
    },
    async message(_desk, officer, { conversation, clientId, text }) {
      const settled = await service.say(conversation, officer, clientId, text);
      if (!settled)
        throw new AppError('BUSY', 'The message is kept but not sent yet; ask again with the same clientId.');
      return { ok: true, seq: settled.seq };
    },
    async watch(desk, officer, { conversation: id, lastSeq }) {
      const conversation = await service.open(id, officer);
      // Before the first line is shown.
      await keep('transcript.viewed', officer, id);
      if (desk.watches.size >= watchesPerDesk && !desk.watches.has(id)) {
        throw new AppError(
          'RATE_LIMITED',
          `A desk may look at ${watchesPerDesk} conversations at once; leave one first.`,
        );
      }
      const watch = watchFrom(
        {
          ...parts,
          emit: (event, payload) => desk.socket.emit(event, payload),
          onError: error => void lost(desk, id, error).catch(onError),
        },
        conversation,
        officer,
        lastSeq,
      );
      desk.watches.set(id, watch);
      await desk.socket.join(watchRoom(id));
      await watch.advance();
      await tellViewers(id);
      return { ok: true, seq: conversation.seq };
    },
    async unwatch(desk, _officer, { conversation }) {
      if (desk.watches.has(conversation)) await unwatch(desk, conversation);
      return { ok: true };
    },
    async typing(_desk, officer, { conversation }) {
      await service.typing(conversation, officer);
      return { ok: true };
    },
    async release(_desk, officer, { conversation }) {
      await service.release(conversation, officer);
      await keep('conversation.released', officer, conversation);
      return { ok: true };
    },
    async transfer(_desk, officer, { conversation, to, note }) {
      await service.transfer(conversation, officer, to, note);
      await keep('conversation.transferred', officer, conversation, { [to.kind]: to.id });
      return { ok: true };
    },
    async decline(_desk, officer, { conversation }) {
      if (await service.decline(conversation, officer))
        await keep('conversation.offer-ended', officer, conversation);
      return { ok: true };
    },
    async close(_desk, officer, { conversation, note, topic, ...closing }) {
      await service.close(conversation, officer, {
        ...closing,
        ...(note ? { note } : {}),
        ...(topic ? { topic } : {}),
      });
      await keep('conversation.closed', officer, conversation);
      return { ok: true };
    },
  };

  function refusal(error: unknown): object {
    if (error instanceof AppError) return { ok: false, code: error.code, message: error.message };
    onError(error);
    return { ok: false, code: 'INTERNAL', message: 'Something failed on our side; try again.' };
  }

  /** Session, rate and shape are looked at before any act; every failure becomes the answer. */
  function listen<E extends Event>(desk: Desk, event: E): void {
    const answer = async (payload: unknown): Promise<object> => {
      try {
        if (!desk.pass()) throw new AppError('RATE_LIMITED', 'Too many events at once; wait a moment.');
        const officer = await officerNow(desk);
        if (!may(officer, eventActions[event]))
          throw new AppError('FORBIDDEN', `The role ${officer.role} may not do this: ${event}.`);
        const parsed = payloads[event].safeParse(payload);
        if (!parsed.success) {
          const problems = parsed.error.issues
            .slice(0, 4)
            .map(issue => `${[event, ...issue.path].join('.')}: ${issue.message}`);
          throw new AppError('INPUT_INVALID', problems.join('; '));
        }
        return await acts[event](desk, officer, parsed.data as z.infer<(typeof payloads)[E]>);
      } catch (error) {
        return refusal(error);
      }
    };
    const name: string = event;
    desk.socket.on(name, (payload: unknown, ack?: (result: object) => void) => {
      answer(payload)
        .then(result => {
          if (typeof ack === 'function') ack(result);
        })
        .catch(onError);
    });
  }

  async function beat(): Promise<void> {
    for (const desk of desks.values()) await check(desk);
    const here = new Map([...desks.values()].map(({ officer }) => [officer.id, officer]));
    await Promise.all([...here.values()].map(officer => presence.here(officer)));
    await lists.presence();
  }

  async function leave(desk: Desk): Promise<void> {
    desks.delete(desk.socket.id);
    await Promise.all([...desk.watches.keys()].map(tellViewers));
    const others = await namespace.in(officerRoom(desk.officer.id)).fetchSockets();
    if (others.length === 0) await presence.gone(desk.officer);
    changes.publish({ kind: 'presence' });
  }

  async function arrive(desk: Desk): Promise<void> {
    await desk.socket.join(officerRoom(desk.officer.id));
    await presence.here(desk.officer);
    changes.publish({ kind: 'presence' });
    await lists.queue();
  }

  namespace.use((socket, next) => {
    const refuse = (code: string): void => next(Object.assign(new Error(code), { data: { code } }));
    if (!fromOwnPage(socket, parts.publicUrl)) return refuse('FORBIDDEN');
    accounts.officerOf(tokenOf(socket)).then(
      session => {
        if (!session) return refuse('NOT_SIGNED_IN');
        if (session.limited) return refuse('SECOND_FACTOR_REQUIRED');
        if (!may(session.officer, 'desk.open')) return refuse('FORBIDDEN');
        socket.data.officer = session.officer;
        next();
      },
      (error: unknown) => {
        onError(error);
        refuse('STORE_UNAVAILABLE');
      },
    );
  });

  namespace.on('connection', socket => {
    const { officer } = socket.data;
    if (!officer) return;
    const desk: Desk = {
      socket,
      token: tokenOf(socket),
      officer,
      watches: new Map(),
      pass: createBucket(parts.clock),
    };
    desks.set(socket.id, desk);
    for (const event of Object.keys(payloads) as Event[]) listen(desk, event);
    socket.on('disconnect', () => {
      leave(desk).catch(onError);
    });
    // The session may have ended while the handshake ran.
    check(desk).catch(onError);
    arrive(desk).catch(onError);
  });

  const unsubscribe = changes.subscribe(change => {
    switch (change.kind) {
      case 'conversation':
        for (const { watches } of desks.values())
          watches.get(change.conversationId)?.advance().catch(onError);
        lists.queue().catch(onError);
        return;
      case 'typing': {
        const { conversationId: conversation, from, name } = change;
        namespace.local
          .to(watchRoom(conversation))
          .emit('typing', { conversation, from, ...(name ? { name } : {}) });
        return;
      }
      case 'read': {
        const { conversationId: conversation, seq } = change;
        namespace.local.to(watchRoom(conversation)).emit('read', { conversation, seq });
        return;
      }
      case 'access':
        for (const desk of desks.values())
          if (desk.officer.id === change.officerId) check(desk).catch(onError);
        return;
      case 'presence':
        lists.presence().catch(onError);
        return;
      case 'settled':
      case 'erased':
      case 'knowledge':
        return;
    }
  });
  const timer = setInterval(() => {
    beat().catch(onError);
  }, beatEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}
