import type { Server as HttpServer } from 'node:http';
import proxyAddress from 'proxy-addr';
import { type DefaultEventsMap, Server as SocketServer, type Socket } from 'socket.io';
import { type DeskSocketData, serveDesk } from '../agent-desk';
import { createVisitors, serveTranscript, type TranscriptParts } from '../channels/transcript-socket';
import { networkOf } from './hardening';
import { isOwnOrigin } from './origin';
import { guardSockets } from './socket-guard';

/** Socket messages are short texts; larger ones close the connection. */
const maxSocketBytes = 64 * 1024;

type Io = SocketServer<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, DeskSocketData>;

/** The socket server on `http`; no namespace is served yet. */
export function openSockets(parts: {
  readonly http: HttpServer;
  readonly publicUrl: string | undefined;
  readonly onError: (error: unknown) => void;
}): Io {
  const io: Io = new SocketServer(parts.http, {
    serveClient: false,
    maxHttpBufferSize: maxSocketBytes,
    // CORS headers do not hold back a WebSocket: a page of another site is refused here.
    allowRequest: (request, decide) => {
      const { origin } = request.headers;
      decide(null, origin === undefined || isOwnOrigin(origin, request.headers.host, parts.publicUrl));
    },
  });
  guardSockets(io, parts.onError);
  return io;
}

/** Serves the web chat, the kiosk and the desk. Returns what ends them. */
export function serveSockets(parts: {
  readonly io: Io;
  readonly trustedProxies: readonly string[];
  readonly sessionSecret: Parameters<typeof createVisitors>[0];
  readonly transcript: Omit<
    TranscriptParts,
    'namespace' | 'channel' | 'visitors' | 'sentences' | 'remoteAddress'
  >;
  readonly sentences: Readonly<Record<'webchat' | 'kiosk', TranscriptParts['sentences']>>;
  readonly desk: Omit<Parameters<typeof serveDesk>[0], 'namespace'>;
}): () => void {
  const { io } = parts;
  const trust = proxyAddress.compile([...parts.trustedProxies]);
  const transcripts = (['webchat', 'kiosk'] as const).map(name =>
    serveTranscript({
      ...parts.transcript,
      remoteAddress: (socket: Socket) => networkOf(proxyAddress(socket.request, trust)),
      namespace: io.of(`/${name}`),
      channel: name,
      visitors: createVisitors(parts.sessionSecret, name),
      sentences: parts.sentences[name],
    }),
  );
  const stopDesk = serveDesk({ ...parts.desk, namespace: io.of('/desk') });
  return () => {
    stopDesk();
    for (const served of transcripts) served.close();
  };
}
