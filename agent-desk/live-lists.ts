import type { Officer } from '../core';
import { may } from './policy';
import { coalesce } from './coalesce';
import type { DeskService } from './desk';
import type { PresenceBook } from './presence';
import type { ConversationView, Views } from './views';

/** As much of a socket as a list needs. */
interface Listener {
  emit(event: string, payload: object): unknown;
}

export interface LiveListParts {
  readonly desk: DeskService;
  readonly views: Views;
  readonly presence: PresenceBook;
  readonly desks: () => readonly { readonly socket: Listener; readonly officer: Officer }[];
  readonly onError: (error: unknown) => void;
}

/** Officers for whom the shared part of the lists is the same. */
const scopeOf = (officer: Officer): string => (officer.role === 'admin' ? '*' : officer.agencyId);

/**
 * The lists every desk sees, as whole small snapshots: `queue` (what is offered to me, who waits, what is mine, what the team has) and
 * `presence`. Each
 * carries a `version` that grows by one with every snapshot of that socket, and is sent only when something changed.
 */
export function createLiveLists(parts: LiveListParts): {
  queue: () => Promise<void>;
  presence: () => Promise<void>;
} {
  const { desk, views } = parts;
  const shown = new WeakMap<Listener, Map<string, { version: number; text: string }>>();

  function send(socket: Listener, event: 'queue' | 'presence', payload: object): void {
    const events = shown.get(socket) ?? new Map<string, { version: number; text: string }>();
    shown.set(socket, events);
    const text = JSON.stringify(payload);
    const last = events.get(event);
    if (last?.text === text) return;
    const version = (last?.version ?? 0) + 1;
    events.set(event, { version, text });
    socket.emit(event, { version, ...payload });
  }

  /** One read for all who share it. */
  function shared<T>(read: (officer: Officer) => Promise<T>): (officer: Officer) => Promise<T> {
    const known = new Map<string, Promise<T>>();
    return officer => {
      const scope = scopeOf(officer);
      const running = known.get(scope) ?? read(officer);
      known.set(scope, running);
      return running;
    };
  }

  const queue = coalesce(async () => {
    const waitingOf = shared(async officer => views.conversations(await desk.waiting(officer)));
    const none: readonly ConversationView[] = [];
    for (const { socket, officer } of parts.desks()) {
      const waiting = await waitingOf(officer);
      const offered = await views.conversations(await desk.offered(officer));
      const mine = await views.conversations(await desk.mine(officer));
      const team = may(officer, 'conversation.list-team')
        ? await views.conversations(await desk.team(officer))
        : none;
      send(socket, 'queue', { offered, waiting, mine, team });
    }
  }, parts.onError);

  const presence = coalesce(async () => {
    const whoOf = shared(officer => parts.presence.who(officer.agencyId));
    for (const { socket, officer } of parts.desks())
      send(socket, 'presence', { officers: await whoOf(officer) });
  }, parts.onError);

  return { queue, presence };
}
