import { type ActionName, eventActions } from './policy';

/**
 * What goes over the sockets, deny by default as with routes: an event without a row here goes nowhere when a client sends it, and is
 * an unforeseen failure when the server does. `visitor`: nobody signed in; a visitor's token opens their own conversation and no other.
 */
export type Right = ActionName | 'visitor';

export interface SocketRows {
  /** Events that clients may send. */
  readonly taken: Readonly<Record<string, Right>>;
  /** Events that the server sends, and the right to hear them. */
  readonly sent: Readonly<Record<string, Right>>;
}

const visitor: SocketRows = {
  taken: { message: 'visitor', end: 'visitor', typing: 'visitor', read: 'visitor' },
  sent: { welcome: 'visitor', message: 'visitor', state: 'visitor', typing: 'visitor' },
};

/** Every namespace by its name. One without a row takes and sends nothing. */
export const socketEvents = {
  '/desk': {
    taken: eventActions,
    sent: {
      queue: 'conversation.list',
      presence: 'desk.open',
      conversation: 'conversation.read',
      message: 'conversation.read',
      deliveries: 'conversation.read',
      gone: 'desk.open',
      viewers: 'conversation.read',
      typing: 'conversation.read',
      read: 'conversation.read',
    },
  },
  '/webchat': visitor,
  '/kiosk': visitor,
} as const satisfies Readonly<Record<string, SocketRows>>;

/** A namespace's rows; of an unknown one, none. */
export const socketRows = (namespace: string): SocketRows =>
  Object.entries<SocketRows>(socketEvents).find(([name]) => name === namespace)?.[1] ?? {
    taken: {},
    sent: {},
  };
