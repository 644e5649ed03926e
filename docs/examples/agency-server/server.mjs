/**
 * A small system of an agency, to try the connection with: it takes cases, gives them numbers, and says how they stand.
 * Nothing is kept when it ends. `node docs/examples/agency-server/server.mjs [port] [key]`.
 */
import { createServer } from 'node:http';

const [port = '4000', key = 'sample-key'] = process.argv.slice(2);
const maxBytes = 1024 * 1024;

/** Number → case; a case keeps the id under which ThamRat sent it, so that the same case sent twice is one. */
const cases = new Map();
const numbers = new Map();

function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RangeError('too large');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

const shown = ({ number, state, changedAt, fee, paid }) => ({
  data: { number, state, at: changedAt, fee, paid },
});

/** Takes a case; the same `Idempotency-Key` again gives the same number. */
async function take(request, response) {
  const matter = await bodyOf(request);
  const id = request.headers['idempotency-key'] ?? matter.id;
  let number = numbers.get(id);
  if (!number) {
    number = `AG-${String(numbers.size + 1).padStart(5, '0')}`;
    numbers.set(id, number);
    const state = { th: 'รับเรื่องแล้ว รอเจ้าหน้าที่ตรวจ', en: 'Taken in' };
    cases.set(number, { number, matter, state, changedAt: new Date().toISOString() });
  }
  send(response, 201, shown(cases.get(number)));
}

/** What an officer of the agency would do on their own screen: a new state, a fee, its payment. */
async function change(request, response, known) {
  const { state, fee, paid } = await bodyOf(request);
  Object.assign(known, {
    changedAt: new Date().toISOString(),
    ...(typeof state === 'string' ? { state: { th: state } } : {}),
    ...(typeof fee === 'string' ? { fee } : {}),
    ...(typeof paid === 'boolean' ? { paid } : {}),
  });
  send(response, 200, shown(known));
}

async function answer(request, response) {
  if (request.headers.authorization !== `Bearer ${key}`) return send(response, 401, { error: 'unknown key' });
  const { pathname } = new URL(request.url, 'http://agency');
  if (request.method === 'POST' && pathname === '/cases') return take(request, response);
  const number = /^\/cases\/([^/]+)$/.exec(pathname)?.[1];
  const known = number && cases.get(decodeURIComponent(number));
  if (!known) return send(response, 404, { error: 'no such case' });
  return request.method === 'PATCH' ? change(request, response, known) : send(response, 200, shown(known));
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => send(response, 400, { error: 'the request could not be read' }));
});
server.listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`The agency is at http://127.0.0.1:${server.address().port}\n`);
});
