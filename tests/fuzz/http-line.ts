import { type Socket, connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A kept-alive connection that carries one request at a time. */
export interface HttpLine {
  /** Sends the bytes and gives the whole answer; rejects when there is none within the time, or half of one. */
  ask(request: Buffer, options: { readonly withoutBody: boolean }): Promise<Answer>;
  close(): void;
}

const headEnd = '\r\n\r\n';

/** What has come of an answer, byte for byte as latin1. */
interface Coming {
  readonly status: number;
  /** Where the answer ends in `text`; `undefined` while it has not, or when only the connection's end tells. */
  readonly end: number | undefined;
  readonly body: string;
  readonly untilClose: boolean;
  readonly closes: boolean;
}

function chunksOf(text: string, from: number): { end: number | undefined; body: string } {
  let body = '';
  for (let at = from; ;) {
    const line = text.indexOf('\r\n', at);
    if (line === -1) return { end: undefined, body };
    const size = Number.parseInt(text.slice(at, line), 16);
    const next = line + 2 + size + 2;
    if (text.length < next) return { end: undefined, body };
    if (size === 0) return { end: next, body };
    body += text.slice(line + 2, line + 2 + size);
    at = next;
  }
}

function readAnswer(text: string, withoutBody: boolean): Coming | undefined {
  const head = text.indexOf(headEnd);
  if (head === -1) return undefined;
  const headers = text.slice(0, head).toLowerCase();
  const status = Number(headers.slice(9, 12));
  const from = head + headEnd.length;
  const closes = headers.includes('\r\nconnection: close');
  if (withoutBody || status === 204 || status === 304)
    return { status, end: from, body: '', untilClose: false, closes };
  const length = /\r\ncontent-length: (\d+)/u.exec(headers)?.[1];
  if (length !== undefined) {
    const end = from + Number(length);
    return {
      ...{ status, untilClose: false, closes },
      ...{ end: text.length < end ? undefined : end, body: text.slice(from, end) },
    };
  }
  if (headers.includes('\r\ntransfer-encoding: chunked'))
    return { status, ...chunksOf(text, from), untilClose: false, closes };
  return { status, end: undefined, body: text.slice(from), untilClose: true, closes: true };
}

/** Node's own client spends more on a request than the product does; this one is for a test that sends very many. */
export function openLine(url: string, withinMs: number): HttpLine {
  const { hostname, port } = new URL(url);
  let socket: Socket | undefined;
  let used = false;

  function once(request: Buffer, withoutBody: boolean): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      // Closed by the server while it lay idle: neither an event nor a time-out would ever tell.
      if (socket?.destroyed) {
        socket = undefined;
        used = false;
      }
      const line = socket ?? connect({ host: hostname, port: Number(port), noDelay: true });
      const wasUsed = used;
      socket = line;
      used = true;
      let text = '';
      const settle = (keep: boolean, tell: () => void): void => {
        line.removeAllListeners();
        line.setTimeout(0);
        line.on('error', () => undefined);
        if (!keep) {
          line.destroy();
          socket = undefined;
          used = false;
        }
        tell();
      };
      const answered = (coming: Coming): void =>
        settle(!coming.closes, () => resolve({ status: coming.status, body: coming.body }));
      const broken = (): void => {
        const coming = readAnswer(text, withoutBody);
        if (coming?.untilClose) answered(coming);
        // A server may close an idle connection just when the next request is on its way.
        else if (text === '' && wasUsed) settle(false, () => resolve(undefined));
        else settle(false, () => reject(new Error('the connection ended before the answer did')));
      };
      line.setTimeout(withinMs, () =>
        settle(false, () => reject(new Error(`no answer within ${withinMs} ms`))),
      );
      line.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const coming = readAnswer(text, withoutBody);
        if (coming?.end !== undefined) answered(coming);
      });
      line.on('error', broken);
      line.on('close', broken);
      line.write(request);
    });
  }

  return {
    async ask(request, { withoutBody }) {
      const answer = (await once(request, withoutBody)) ?? (await once(request, withoutBody));
      if (!answer) throw new Error('the connection ended before the answer began');
      return answer;
    },
    close: () => void socket?.destroy(),
  };
}
