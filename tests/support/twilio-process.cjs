/**
 * Twilio's Messages resource as a process of its own, so that it can be killed: `node twilio-process.cjs PORT LEDGER`. What it accepted
 * is written to the ledger before it answers, and is known again after a restart. With a third argument it keeps no texts, only counts.
 */
const { randomBytes } = require('node:crypto');
const { appendFileSync, existsSync, openSync, readFileSync, writeSync } = require('node:fs');
const { createServer } = require('node:http');

const [port, ledger, countsOnly] = process.argv.slice(2);
const byNumber = new Map();
let count = 0;

function remember({ sid, to, body, at }) {
  count += 1;
  if (countsOnly) return;
  const known = byNumber.get(to) ?? [];
  known.push({ sid, to, body, at });
  byNumber.set(to, known);
}

const whole = line => line.endsWith('}');
if (existsSync(ledger)) {
  const lines = readFileSync(ledger, 'utf8').split('\n').filter(whole);
  lines.map(line => JSON.parse(line)).forEach(remember);
  // A line cut off by the last kill was never answered for.
  appendFileSync(ledger, '\n');
}
const file = openSync(ledger, 'a');

const listed = ({ sid, to, body, at }) => ({
  sid,
  to,
  body,
  direction: 'outbound-api',
  status: 'queued',
  date_created: new Date(at).toUTCString().replace('GMT', '+0000'),
});

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function create(form, response) {
  const text = {
    sid: `SM${randomBytes(16).toString('hex')}`,
    to: form.get('To'),
    body: form.get('Body'),
    at: Date.now() + Number(process.env.CLOCK_OFFSET_MS ?? '0'),
  };
  if (!countsOnly) writeSync(file, `${JSON.stringify(text)}\n`);
  remember(text);
  answer(response, 201, listed(text));
}

createServer((request, response) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (pathname === '/count') return answer(response, 200, { count });
    if (request.method === 'POST')
      return create(new URLSearchParams(Buffer.concat(chunks).toString('utf8')), response);
    const messages = (byNumber.get(searchParams.get('To')) ?? []).toReversed().map(listed);
    answer(response, 200, { messages, page: 0, page_size: 50, next_page_uri: null });
  });
}).listen(Number(port), '127.0.0.1', function listening() {
  process.stdout.write(`listening ${this.address().port}\n`);
});
