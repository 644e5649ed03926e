import { type Socket, io } from 'socket.io-client';
import type { Decision, Turn } from '../../core';
import { eventually } from '../../tests/support/product';
import { type World, type WorldParts, startWorld } from '../../tests/support/transcript-world';
import { type Ack, type Line, type State, type Typing, type Welcome, createVisitors } from '.';

/** Greets once, repeats texts, offers a choice, hands over on demand. */
async function decide({ event, conversation, now }: Turn): Promise<Decision> {
  const { content } = event;
  if (content.kind === 'opened')
    return { replies: [{ kind: 'choices', text: 'สวัสดีค่ะ', choices: [{ id: 'pick:1', label: 'ข้อแรก' }] }] };
  if (content.kind === 'ended') return { replies: [], episode: { close: true } };
  if (content.kind === 'choice' && content.choice === 'handover') {
    return {
      replies: [{ kind: 'text', text: 'รอสักครู่' }],
      owner: { kind: 'queue', since: now, urgent: true },
    };
  }
  if (conversation.owner.kind !== 'bot') return { replies: [] };
  if (content.kind === 'choice')
    return {
      replies: [{ kind: 'text', text: `เลือก ${content.choice}` }],
      outcome: 'answered',
      topic: 'service:hiv',
    };
  return {
    replies: [{ kind: 'text', text: `ได้ยินว่า ${content.kind === 'text' ? content.text : content.kind}` }],
  };
}

interface Seat {
  readonly socket: Socket;
  readonly welcome: Welcome;
  readonly lines: Line[];
  readonly states: State[];
  readonly typings: Typing[];
  ask(payload: unknown, event?: string): Promise<Ack>;
}

let world: World;
const seats: Socket[] = [];

async function sit(auth: Record<string, unknown> = {}): Promise<Seat> {
  const socket = io(world.url, { auth, forceNew: true, transports: ['websocket'], reconnection: false });
  seats.push(socket);
  const lines: Line[] = [];
  const states: State[] = [];
  const typings: Typing[] = [];
  socket.on('message', (line: Line) => lines.push(line));
  socket.on('state', (state: State) => states.push(state));
  socket.on('typing', (typing: Typing) => typings.push(typing));
  const welcome = await new Promise<Welcome>((resolve, reject) => {
    socket.on('welcome', resolve);
    socket.on('connect_error', reject);
  });
  return {
    socket,
    welcome,
    lines,
    states,
    typings,
    ask: (payload, event = 'message') => socket.timeout(10_000).emitWithAck(event, payload) as Promise<Ack>,
  };
}

const begin = async (parts: Partial<WorldParts> = {}): Promise<void> => {
  world = await startWorld({ decide, ...parts });
};
const seqs = (lines: readonly Line[]): number[] => lines.map(line => line.seq);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const reaches = (seat: Seat, seq: number): Promise<Line[]> =>
  eventually(`line ${seq}`, () => (seat.lines.at(-1)?.seq ?? 0) >= seq && seat.lines);

afterEach(async () => {
  for (const socket of seats.splice(0)) socket.disconnect();
  await world.stop();
});

describe('a visitor', () => {
  it('is greeted once, and known again by the token', async () => {
    await begin();
    const first = await sit();
    await reaches(first, 1);
    expect(first.welcome.seq).toBe(1);
    expect((await first.ask({ clientId: 'a', text: 'ก่อน' })).ok).toBe(true);
    await reaches(first, 3);
    first.socket.disconnect();
    const again = await sit({ visitor: first.welcome.visitor });
    await reaches(again, 3);
    expect(again.welcome).toEqual({ ...first.welcome, seq: 3 });
    expect((await again.ask({ clientId: 'b', text: 'ต่อ' })).ok).toBe(true);
    await reaches(again, 5);
    expect(again.lines.map(line => [line.seq, line.from, line.clientId])).toEqual([
      [1, 'bot', undefined],
      [2, 'citizen', 'a'],
      [3, 'bot', undefined],
      [4, 'citizen', 'b'],
      [5, 'bot', undefined],
    ]);
  });

  it('who says nothing is greeted, and leaves nothing', async () => {
    await begin();
    const { conversations, addresses, people, episodes } = world.records;
    const seat = await sit();
    await reaches(seat, 1);
    seat.socket.emit('typing');
    expect(await seat.ask({}, 'end')).toEqual({ ok: true, seq: 0 });
    const { visitor } = seat.welcome;
    const again = await sit({ visitor });
    await reaches(again, 1);
    expect(again.lines).toEqual([{ ...seat.lines[0], at: again.lines[0]?.at }]);
    const id = visitor.split('.')[0] ?? '';
    const personId = await addresses.personIdOf('webchat', 'main', id);
    const left = async (): Promise<unknown[]> => [
      await conversations.get(seat.welcome.conversation),
      await addresses.get(addresses.idOf('webchat', 'main', id)),
      await people.get(personId),
      (await episodes.recent('operator', 10))[0],
    ];
    expect(await left()).toEqual([undefined, undefined, undefined, undefined]);
    // Both seats go on from the same greeting, which is kept now.
    expect(await again.ask({ clientId: 'a', text: 'คำแรก' })).toEqual({ ok: true, seq: 2 });
    await Promise.all([reaches(again, 3), reaches(seat, 3)]);
    expect([seqs(again.lines), seqs(seat.lines)]).toEqual([upTo(3), upTo(3)]);
    expect(await left()).not.toContain(undefined);
  });

  it('begins anew where the greeting is kept otherwise than it was said', async () => {
    let greetings = 3;
    await begin({
      async decide(turn) {
        if (turn.event.content.kind !== 'opened') return decide(turn);
        const replies = upTo(greetings).map(number => ({ kind: 'text', text: `ทัก ${number}` }) as const);
        return { replies };
      },
    });
    const seat = await sit();
    const welcomes: Welcome[] = [];
    seat.socket.on('welcome', (welcome: Welcome) => welcomes.push(welcome));
    await reaches(seat, 3);
    greetings = 1;
    expect(await seat.ask({ clientId: 'a', text: 'คำแรก' })).toEqual({ ok: true, seq: 2 });
    await eventually('everything once more', () => seat.lines.length === 6);
    expect(welcomes).toEqual([{ ...seat.welcome, seq: 0 }]);
    expect(seat.lines.slice(3).map(({ seq, from }) => [seq, from])).toEqual([
      [1, 'bot'],
      [2, 'citizen'],
      [3, 'bot'],
    ]);
  });

  const ofWebchat = createVisitors('a secret of the test', 'webchat');
  it.each([
    ['made up', `${ofWebchat.issue().id}.${'A'.repeat(43)}`],
    ['of the other channel', createVisitors('a secret of the test', 'kiosk').issue().token],
    ['signed with another secret', createVisitors('another secret', 'webchat').issue().token],
    ['cut short', ofWebchat.issue().token.slice(0, -1)],
    ['empty', ''],
  ])('with a token %s is somebody new', async (_, token) => {
    await begin();
    const kept = ofWebchat.issue().token;
    expect((await sit({ visitor: kept })).welcome.visitor).toBe(kept);
    expect((await sit({ visitor: token })).welcome.visitor).not.toBe(token);
  });

  it('who writes before the greeting is still greeted first', async () => {
    await begin();
    const socket = io(world.url, { forceNew: true, transports: ['websocket'] });
    seats.push(socket);
    const lines: Line[] = [];
    socket.on('message', (line: Line) => lines.push(line));
    socket.emit('message', { clientId: 'early', text: 'เร็วมาก' });
    await eventually('three lines', () => lines.length === 3);
    expect(lines.map(line => line.from)).toEqual(['bot', 'citizen', 'bot']);
  });
});

describe('a message', () => {
  it('sent any number of times at once is one message with one number', async () => {
    await begin({ limits: { perSocket: { burst: 100, perSecond: 1 } } });
    const seat = await sit();
    const acks = await Promise.all(upTo(20).map(() => seat.ask({ clientId: 'same', text: 'ครั้งเดียว' })));
    expect(new Set(acks.map(ack => JSON.stringify(ack)))).toEqual(
      new Set([JSON.stringify({ ok: true, seq: 2 })]),
    );
    await reaches(seat, 3);
    expect(seqs(seat.lines)).toEqual([1, 2, 3]);
  });

  it('keeps its place: many at once arrive in the order they were sent', async () => {
    await begin({ limits: { perSocket: { burst: 100, perSecond: 1 } } });
    const seat = await sit();
    const texts = upTo(30).map(number => `ข้อ ${number}`);
    await Promise.all(texts.map((text, index) => seat.ask({ clientId: `c${index}`, text })));
    await reaches(seat, 61);
    const said = seat.lines.flatMap(({ from, reply }) => (from === 'citizen' ? [reply.text] : []));
    expect(said).toEqual(texts);
    expect(seqs(seat.lines)).toEqual(upTo(61));
  });

  it('that is a choice is shown with the label that was offered', async () => {
    await begin();
    const seat = await sit();
    await reaches(seat, 1);
    await seat.ask({ clientId: 'a', choice: 'pick:1' });
    await seat.ask({ clientId: 'b', choice: 'menu' });
    await reaches(seat, 5);
    expect(seat.lines.map(line => line.reply.text)).toEqual([
      'สวัสดีค่ะ',
      'ข้อแรก',
      'เลือก pick:1',
      'เรื่องที่ถามบ่อย',
      'เลือก menu',
    ]);
  });

  it.each([
    ['nothing', undefined, 'INPUT_INVALID'],
    ['a list', [], 'INPUT_INVALID'],
    ['no client id', { text: 'ก' }, 'INPUT_INVALID'],
    ['a long client id', { clientId: 'x'.repeat(65), text: 'ก' }, 'INPUT_INVALID'],
    ['only spaces', { clientId: 'a', text: ' \n ' }, 'INPUT_INVALID'],
    ['a number as text', { clientId: 'a', text: 7 }, 'INPUT_INVALID'],
    ['a long choice', { clientId: 'a', choice: 'x'.repeat(301) }, 'INPUT_INVALID'],
    ['too long a text', { clientId: 'a', text: 'ก'.repeat(5_001) }, 'BODY_TOO_LARGE'],
  ])('of %s is refused with a sentence, and the next one is heard', async (_, payload, code) => {
    await begin();
    const seat = await sit();
    const refused = await seat.ask(payload);
    expect(refused).toEqual({ ok: false, code, message: expect.stringMatching(/[ก-๙]/u) });
    expect(await seat.ask({ clientId: 'ok', text: 'ก'.repeat(5_000) })).toEqual({ ok: true, seq: 2 });
    expect(world.errors).toEqual([]);
  });

  it('too many at once are told how long to wait, and may come again under the same id', async () => {
    let now = 1_800_000_000_000;
    await begin({ clock: () => now, limits: { perSocket: { burst: 2, perSecond: 1 } } });
    const seat = await sit();
    await seat.ask({ clientId: 'a', text: 'หนึ่ง' });
    await seat.ask({ clientId: 'b', text: 'สอง' });
    expect(await seat.ask({ clientId: 'c', text: 'สาม' })).toMatchObject({
      ok: false,
      code: 'RATE_LIMITED',
      retryAfterMs: 1_000,
    });
    now += 1_000;
    expect(await seat.ask({ clientId: 'c', text: 'สาม' })).toMatchObject({ ok: true });
  });

  it('whose turn takes too long is BUSY, and coming again gives its number', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>(resolve => (release = resolve));
    await begin({
      limits: { settleWithinMs: 50 },
      decide: async turn => {
        if (turn.event.content.kind === 'text') await held;
        return decide(turn);
      },
    });
    const seat = await sit();
    expect(await seat.ask({ clientId: 'slow', text: 'ช้า' })).toMatchObject({ ok: false, code: 'BUSY' });
    release();
    await reaches(seat, 3);
    expect(await seat.ask({ clientId: 'slow', text: 'ช้า' })).toEqual({ ok: true, seq: 2 });
    expect(seqs(seat.lines)).toEqual([1, 2, 3]);
  });

  it('that could not be stored is not acknowledged, and the connection lives', async () => {
    let broken = false;
    await begin({
      beforeAccept: () => {
        if (broken) throw new Error('disk is full');
      },
    });
    const seat = await sit();
    await reaches(seat, 1);
    broken = true;
    expect(await seat.ask({ clientId: 'a', text: 'ก' })).toMatchObject({ ok: false, code: 'FAILED' });
    broken = false;
    expect(await seat.ask({ clientId: 'a', text: 'ก' })).toEqual({ ok: true, seq: 2 });
  });
});

describe('the transcript', () => {
  it('of another visitor is never sent', async () => {
    await begin();
    const one = await sit();
    const other = await sit();
    await one.ask({ clientId: 'a', text: 'ความลับ' });
    await reaches(one, 3);
    await other.ask({ clientId: 'a', text: 'ของอีกคน' });
    await reaches(other, 3);
    expect(JSON.stringify(other.lines)).not.toContain('ความลับ');
  });

  it('is replayed after the last number, over several pages, to every socket of the visitor', async () => {
    await begin();
    const writer = await sit();
    await writer.ask({ clientId: 'a', text: 'คำแรก' });
    await reaches(writer, 3);
    for (const number of upTo(250)) await world.officerSays(writer.welcome.conversation, `บรรทัด ${number}`);
    await reaches(writer, 253);
    const whole = await sit({ visitor: writer.welcome.visitor });
    const rest = await sit({ visitor: writer.welcome.visitor, lastSeq: 200 });
    await reaches(whole, 253);
    await reaches(rest, 253);
    expect(seqs(writer.lines)).toEqual(upTo(253));
    expect(seqs(whole.lines)).toEqual(upTo(253));
    expect(seqs(rest.lines)).toEqual(upTo(253).slice(200));
    expect(rest.lines[0]).toMatchObject({
      from: 'officer',
      name: 'สมชาย',
      reply: { kind: 'text', text: 'บรรทัด 198' },
    });
  });

  it('begins anew for a client that remembers more than there is', async () => {
    await begin();
    const first = await sit();
    await reaches(first, 1);
    const again = await sit({ visitor: first.welcome.visitor, lastSeq: 999 });
    await reaches(again, 1);
    expect(again.welcome.seq).toBe(1);
  });

  it('marks lines on matters that others should not see', async () => {
    await begin({ sensitive: topic => topic === 'service:hiv' });
    const seat = await sit();
    await seat.ask({ clientId: 'a', choice: 'pick:1' });
    await reaches(seat, 3);
    expect(seat.lines.map(line => line.sensitive)).toEqual([undefined, undefined, true]);
  });
});

describe('signals', () => {
  it('tell who answers, and that an officer types', async () => {
    await begin();
    const seat = await sit();
    await seat.ask({ clientId: 'a', choice: 'handover' });
    await eventually('the queue', () => seat.states.at(-1)?.owner === 'queue');
    expect(seat.states.at(-1)).toEqual({ owner: 'queue', urgent: true });
    world.changes.publish({
      kind: 'typing',
      conversationId: seat.welcome.conversation,
      from: 'officer',
      name: 'สมชาย',
    });
    await eventually('typing', () =>
      seat.typings.some(typing => typing.from === 'officer' && typing.name === 'สมชาย'),
    );
  });

  it('of the citizen reach the desk, and are bounded', async () => {
    await begin();
    const seat = await sit();
    const heard: string[] = [];
    world.changes.subscribe(change => {
      if ((change.kind === 'typing' || change.kind === 'read') && change.from === 'citizen')
        heard.push(change.kind);
    });
    seat.socket.emit('read', { seq: 1 });
    seat.socket.emit('read', { seq: 'x' });
    for (const _ of upTo(100)) seat.socket.emit('typing');
    await seat.ask({ clientId: 'a', text: 'จบ' });
    expect(heard[0]).toBe('read');
    expect(heard.length).toBeLessThan(20);
  });

  it('end closes the contact', async () => {
    await begin({ channel: 'kiosk' });
    const seat = await sit();
    await seat.ask({ clientId: 'a', text: 'ถาม' });
    expect(await seat.ask({ clientId: 'e' }, 'end')).toMatchObject({ ok: true });
    expect((await world.records.conversations.get(seat.welcome.conversation))?.episode).toBeUndefined();
  });
});

describe('the handshake', () => {
  it.each([
    ['a list', { visitor: [] }],
    ['a long visitor', { visitor: 'x'.repeat(201) }],
    ['a negative number', { lastSeq: -1 }],
    ['a fraction', { lastSeq: 1.5 }],
    ['an odd language', { language: '../th' }],
  ])('with %s is refused in words', async (_, auth) => {
    await begin();
    await expect(sit(auth)).rejects.toMatchObject({ data: { code: 'INPUT_INVALID' } });
  });

  it('of too many newcomers is refused, of known visitors it is not', async () => {
    let now = 1_800_000_000_000;
    await begin({ clock: () => now, limits: { newVisitors: { burst: 1, perSecond: 0.1 } } });
    const first = await sit();
    await expect(sit()).rejects.toMatchObject({ data: { code: 'RATE_LIMITED', retryAfterMs: 10_000 } });
    await sit({ visitor: first.welcome.visitor });
    now += 10_000;
    await sit();
  });
});
