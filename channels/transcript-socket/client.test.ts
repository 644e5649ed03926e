import type { Decision, Turn } from '../../core';
import { eventually } from '../../tests/support/product';
import { type World, startWorld } from '../../tests/support/transcript-world';
import type { Line } from '.';
import { type Client, type Connection, type Outgoing, connect } from './web/client';

const echo = ({ event }: Turn): Promise<Decision> =>
  Promise.resolve({
    replies: [
      { kind: 'text', text: event.content.kind === 'text' ? `ได้ยินว่า ${event.content.text}` : 'สวัสดีค่ะ' },
    ],
  });

interface Page {
  readonly client: Client;
  lines: Line[];
  outgoing: readonly Outgoing[];
  connections: Connection[];
  resets: number;
  caughtUp: number;
  visitor: string | undefined;
  unsent: readonly Outgoing[];
}

let world: World;
const pages: Page[] = [];
let ids = 0;

/** The page's own connection code, with a page that keeps lists in place of elements. */
function openPage(remembered: { visitor?: string; unsent?: readonly Outgoing[] } = {}): Page {
  const page: Omit<Page, 'client'> = {
    lines: [],
    outgoing: [],
    connections: [],
    resets: 0,
    caughtUp: 0,
    visitor: remembered.visitor,
    unsent: remembered.unsent ?? [],
  };
  const client = connect({
    url: world.url,
    language: () => 'th',
    newId: () => `c${(ids += 1)}`,
    memory: {
      visitor: () => page.visitor,
      keepVisitor: token => (page.visitor = token),
      unsent: () => page.unsent,
      keepUnsent: list => (page.unsent = list),
    },
    events: {
      line: line => page.lines.push(line),
      reset: () => {
        page.lines = [];
        page.resets += 1;
      },
      outgoing: list => (page.outgoing = list),
      connection: connection => page.connections.push(connection),
      state: () => undefined,
      typing: () => undefined,
      caughtUp: () => (page.caughtUp += 1),
    },
  });
  const whole = Object.assign(page, { client });
  pages.push(whole);
  return whole;
}

/** Repeatable pseudo-random numbers, 0-1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const seqs = (lines: readonly Line[]): number[] => lines.map(line => line.seq);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const limits = { perSocket: { burst: 10_000, perSecond: 1 }, perAddress: { burst: 10_000, perSecond: 1 } };

afterEach(async () => {
  for (const page of pages.splice(0)) page.client.close();
  await world.stop();
});

it.each([11, 12, 13])(
  'loses and doubles nothing while connections are cut mid-flight (seed %i)',
  async seed => {
    const roll = dice(seed);
    world = await startWorld({ decide: echo, limits });
    const page = openPage();
    await eventually('the greeting', () => page.lines.length === 1);
    const said = upTo(40).map(number => `ข้อความ ${number}`);
    for (const text of said) {
      page.client.sendText(text);
      const chance = roll();
      if (chance < 0.3) world.cut();
      else if (chance < 0.6) await eventually('some progress', () => page.outgoing.length < 5);
    }
    await eventually('all lines', () => page.lines.length >= 81 && page.outgoing.length === 0, 30_000);
    expect(seqs(page.lines)).toEqual(upTo(81));
    const heard = page.lines.flatMap(({ from, reply }) => (from === 'citizen' ? [reply.text] : []));
    expect([...heard].sort()).toEqual([...said].sort());
    expect(page.resets).toBe(0);
    expect(world.errors).toEqual([]);

    const reloaded = openPage({ visitor: page.visitor ?? '' });
    await eventually('the same list', () => reloaded.lines.length >= 81);
    // The greeting is kept with the first words, and at their hour.
    const [greeting] = reloaded.lines;
    expect(reloaded.lines).toEqual(
      page.lines.map(line => (line.seq === 1 ? { ...line, at: greeting?.at } : line)),
    );
  },
);

it('shows what an officer wrote while the connection was away, once', async () => {
  world = await startWorld({ decide: echo, limits });
  const page = openPage();
  await eventually('the greeting', () => page.lines.length === 1);
  const id = page.lines[0]?.id.split('/')[0] ?? '';
  page.client.sendText('คำแรก');
  await eventually('the answer', () => page.lines.length === 3);
  for (const number of upTo(20)) {
    if (number % 3 === 0) world.cut();
    await world.officerSays(id, `เจ้าหน้าที่ ${number}`);
  }
  await eventually('all lines', () => page.lines.length >= 23);
  expect(seqs(page.lines)).toEqual(upTo(23));
});

it('sends after a reload what was not sent before it, and once', async () => {
  world = await startWorld({ decide: echo, limits });
  const page = openPage();
  await eventually('the greeting', () => page.lines.length === 1);
  page.client.sendText('กำลังจะปิดหน้า');
  const unsent = page.unsent;
  expect(unsent.map(message => message.label)).toEqual(['กำลังจะปิดหน้า']);
  await eventually('the answer', () => page.lines.length === 3);
  page.client.close();
  const reloaded = openPage({ visitor: page.visitor ?? '', unsent });
  await eventually('the same lines', () => reloaded.lines.length === 3 && reloaded.outgoing.length === 0);
  expect(reloaded.unsent).toEqual([]);
  expect(seqs(reloaded.lines)).toEqual([1, 2, 3]);
});

it('gives a failed message back to the person with a reason, and sends it on their word', async () => {
  let broken = true;
  world = await startWorld({
    decide: echo,
    limits,
    beforeAccept: () => {
      if (broken && page.lines.length > 0) throw new Error('disk is full');
    },
  });
  const page: Page = openPage();
  await eventually('the greeting', () => page.lines.length === 1);
  page.client.sendText('ยังไม่ไป');
  const failed = await eventually('the failure', () =>
    page.outgoing.find(message => message.state === 'failed'),
  );
  expect(failed.why).toMatch(/ขัดข้อง/u);
  broken = false;
  page.client.retry(failed.clientId);
  await eventually('the answer', () => page.lines.length === 3);
  expect(page.outgoing).toEqual([]);
});

it('becomes somebody new when its token is not known any more', async () => {
  world = await startWorld({ decide: echo, limits });
  const page = openPage({ visitor: 'of-another-installation' });
  await eventually('the greeting', () => page.lines.length === 1);
  expect(page.resets).toBe(1);
  expect(page.visitor).not.toBe('of-another-installation');
});

it('comes back by itself when newcomers are held off', async () => {
  let now = 1_800_000_000_000;
  world = await startWorld({
    decide: echo,
    clock: () => now,
    limits: { newVisitors: { burst: 1, perSecond: 1 } },
  });
  openPage();
  await eventually('the first', () => pages[0]?.lines.length === 1);
  const page = openPage();
  await eventually('the refusal', () => page.connections.includes('refused'));
  now += 1_000;
  await eventually('the greeting', () => page.lines.length === 1);
  expect(page.connections.at(-1)).toBe('connected');
});

it('knows that a contact could not be ended without a connection', async () => {
  world = await startWorld({ decide: echo, limits });
  const page = openPage();
  await eventually('the greeting', () => page.lines.length === 1);
  expect(await page.client.end()).toBe(true);
  page.client.close();
  expect(await page.client.end()).toBe(false);
});
