import type { DefaultEventsMap, Server } from 'socket.io';
import { socketRows } from '../agent-desk';

/**
 * Puts the policy's rows before every namespace that is made after this call. A client's event without a row is dropped; one that the
 * server sends without a row has gone out already, and is reported as a failure that no test lets pass.
 */
export function guardSockets<Data>(
  io: Pick<Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, Data>, 'on'>,
  onError: (error: unknown) => void,
): void {
  io.on('new_namespace', namespace => {
    const { taken, sent } = socketRows(namespace.name);
    namespace.use((socket, next) => {
      socket.use(([event], go) => {
        if (typeof event === 'string' && Object.hasOwn(taken, event)) go();
      });
      socket.onAnyOutgoing((event: unknown) => {
        if (!Object.hasOwn(sent, String(event)))
          onError(new Error(`${namespace.name} sent ${String(event)}, which has no row in the policy`));
      });
      next();
    });
  });
}
