import { type Socket, io } from 'socket.io-client';
import { eventually } from './product';

export const demoPassword = 'desk-test-password';
/** The product with its demo accounts. */
export const demoEnv = { DEMO: 'true', DEMO_PASSWORD: demoPassword } as const;

const ownPage = { 'x-requested-with': 'thamrat' } as const;
const answerWithinMs = 15_000;

/** Signs in over HTTP and gives the cookie as a browser would keep it. */
export async function signIn(url: string, username: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...ownPage },
    body: JSON.stringify({ username, password: demoPassword }),
  });
  const [cookie] = response.headers.getSetCookie();
  if (!response.ok || !cookie) throw new Error(`${username} could not sign in: ${response.status}`);
  return cookie.split(';')[0] ?? '';
}

/** One request of the desk's page. */
export async function callApi(
  url: string,
  cookie: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { cookie, ...ownPage, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export interface SeenMessage {
  readonly conversation: string;
  readonly seq: number;
  readonly from: string;
  readonly name?: string;
  readonly clientId?: string;
  readonly body: {
    readonly kind: string;
    readonly reply?: { text: string };
    readonly content?: { text?: string };
  };
}

export interface SeenConversation {
  readonly id: string;
  readonly personId: string;
  readonly owner: { readonly kind: string; readonly urgent?: boolean };
  readonly episode?: { readonly danger?: string };
  readonly lastText?: string;
}

export interface SeenLists {
  readonly version: number;
  readonly offered: readonly SeenConversation[];
  readonly waiting: readonly SeenConversation[];
  readonly mine: readonly SeenConversation[];
  readonly team: readonly SeenConversation[];
}

/** A desk without its page: asks, and keeps what it was sent. */
export interface DeskClient {
  readonly socket: Socket;
  readonly messages: SeenMessage[];
  readonly lists: SeenLists[];
  ask(event: string, payload: unknown): Promise<Record<string, unknown>>;
  /** The newest lists for which `check` holds. */
  listsWhere(what: string, check: (lists: SeenLists) => boolean): Promise<SeenLists>;
  close(): void;
}

/** Connects to `/desk`; rejects with the refusal's code. */
export async function openDesk(url: string, headers: Readonly<Record<string, string>>): Promise<DeskClient> {
  const socket = io(`${url}/desk`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  });
  const messages: SeenMessage[] = [];
  const lists: SeenLists[] = [];
  socket.on('message', (message: SeenMessage) => messages.push(message));
  socket.on('queue', (queue: SeenLists) => lists.push(queue));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', error => {
      socket.close();
      reject(error);
    });
  });
  return {
    socket,
    messages,
    lists,
    ask: (event, payload) =>
      socket.timeout(answerWithinMs).emitWithAck(event, payload) as Promise<Record<string, unknown>>,
    listsWhere: (what, check) =>
      eventually(what, () => {
        const newest = lists.at(-1);
        return newest && check(newest) ? newest : undefined;
      }),
    close: () => void socket.close(),
  };
}

/** Hands a file in as the web chat does. */
export async function handIn(
  url: string,
  visitor: string,
  bytes: Buffer,
  given: { readonly clientId?: string; readonly name?: string; readonly keepPlace?: boolean } = {},
): Promise<{ readonly status: number; readonly error: { code: string; message: string } | undefined }> {
  const { clientId = 'f1', name = 'photo.jpg', keepPlace = false } = given;
  const response = await fetch(`${url}/api/v1/webchat/files?clientId=${clientId}&keepPlace=${keepPlace}`, {
    method: 'POST',
    headers: {
      authorization: `Visitor ${visitor}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    body: new Uint8Array(bytes),
  });
  const { error } = (await response.json()) as { error?: { code: string; message: string } };
  return { status: response.status, error };
}

export interface CitizenClient {
  readonly socket: Socket;
  readonly conversation: string;
  /** What the client shows at its next connection, and with a file. */
  readonly visitor: string;
  readonly heard: { seq: number; from: string; name?: string; reply: { text: string; url?: string } }[];
  say(text: string): Promise<number>;
  close(): void;
}

/** A citizen on the web chat, or at a kiosk. `from`: the address that a proxy of ours names. */
export async function openCitizen(
  url: string,
  from?: string,
  door: 'webchat' | 'kiosk' = 'webchat',
): Promise<CitizenClient> {
  const socket = io(`${url}/${door}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: {},
    ...(from ? { extraHeaders: { 'x-forwarded-for': from } } : {}),
  });
  const heard: CitizenClient['heard'] = [];
  socket.on('message', (message: CitizenClient['heard'][number]) => heard.push(message));
  const welcome = await new Promise<{ conversation: string; visitor: string }>((resolve, reject) => {
    socket.once('welcome', resolve);
    socket.once('connect_error', reject);
  });
  let sent = 0;
  return {
    socket,
    conversation: welcome.conversation,
    visitor: welcome.visitor,
    heard,
    async say(text) {
      sent += 1;
      const answer = (await socket
        .timeout(answerWithinMs)
        .emitWithAck('message', { clientId: `c${sent}`, text })) as {
        ok: boolean;
        seq?: number;
        code?: string;
      };
      if (!answer.ok || answer.seq === undefined) throw new Error(`refused: ${answer.code}`);
      return answer.seq;
    },
    close: () => void socket.close(),
  };
}
