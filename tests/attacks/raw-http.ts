import { connect } from 'node:net';

/** Sends bytes as they are, which `fetch` would tidy up, and gives everything that came back until the end. */
export function rawHttp(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let heard = '';
    socket.on('data', chunk => (heard += chunk.toString('latin1')));
    socket.on('close', () => resolve(heard));
    socket.on('error', reject);
    socket.write(bytes, 'latin1');
  });
}

/** One request whose target is not looked at by anything on our side. */
export const rawGet = (url: string, target: string, headers: readonly string[] = []): Promise<string> =>
  rawHttp(url, [`GET ${target} HTTP/1.1`, 'host: x', 'connection: close', ...headers, '', ''].join('\r\n'));
