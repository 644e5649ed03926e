import { v7 as uuid } from 'uuid';
import type { Decision, Engine, InboundDraft, Turn } from '../../core';
import { embeddedJobs, queues } from '../../jobs';
import { createChanges } from '../../server/changes';
import { type Chat, wireChat } from '../../server/chat';
import { type Records, conversationIdOf, createRecords, createSeal } from '../../store';
import { eventually } from '../support/product';
import { seeded } from '../support/random';
import { describeStores } from '../support/stores';

const people = 40;
const turnsEach = 20;
const poison = 'poison';

interface World {
  readonly chat: Chat;
  readonly records: Records;
  readonly failures: { eventId: string; setAside: boolean }[];
  readonly order: Map<string, string[]>;
  closeIdle(): Promise<void>;
  stop(): Promise<void>;
}

/** The chat core on real jobs and a real store; only what is decided is the test's own. */
async function world(
  engine: Engine,
  decide: (turn: Turn) => Promise<Decision>,
  clock: () => number = Date.now,
): Promise<World> {
  const key = (fill: number): Buffer => Buffer.alloc(32, fill);
  const records = createRecords({
    engine,
    seal: createSeal([{ id: 'k1', key: key(1) }], key(2)),
    ids: uuid,
    agencyId: 'operator',
  });
  await engine.open();
  const failures: World['failures'] = [];
  const order: World['order'] = new Map();
  const onError = (error: unknown): void => {
    if (!(error instanceof Error && error.message === poison)) throw error;
  };
  const jobs = embeddedJobs({ clock, onError });
  const chat = wireChat({
    records,
    jobs,
    changes: createChanges(onError),
    clock,
    bot: {
      decide: async turn => {
        const { content } = turn.event;
        const decision = await decide(turn);
        const said = order.get(turn.conversation.id) ?? [];
        said.push(content.kind === 'text' ? content.text : content.kind);
        order.set(turn.conversation.id, said);
        return decision;
      },
    },
    knowledgeVersion: () => 'test',
    channel: () => undefined,
    desk: () => Promise.resolve({ open: true, officersOnline: 0, waiting: 0 }),
    giveUp: turn => ({
      replies: [{ kind: 'text', text: 'ขออภัย' }],
      owner: { kind: 'queue', since: turn.now, urgent: false },
    }),
    commands: {},
    onTurn: () => undefined,
    onFailure: ({ eventId, setAside }) => failures.push({ eventId, setAside }),
    onSent: () => undefined,
    onError,
  });
  await jobs.start();
  return {
    chat,
    records,
    failures,
    order,
    closeIdle: () => jobs.wake(queues.idle, ''),
    async stop() {
      await jobs.stop(2_000);
    },
  };
}

const draft = (person: string, text: string, id: string): InboundDraft => ({
  channel: 'webchat',
  account: 'main',
  providerEventId: id,
  externalId: person,
  audience: 'person',
  occurredAt: Date.now(),
  content: { kind: 'text', text },
});

const echo = async (turn: Turn): Promise<Decision> => ({
  replies: turn.event.content.kind === 'text' ? [{ kind: 'text', text: turn.event.content.text }] : [],
});

describeStores('lanes', newData => {
  it('keep the order of acceptance in each conversation, and none waits for a slow one', async () => {
    const data = newData();
    const random = seeded(7);
    let release: (() => void) | undefined;
    const held = new Promise<void>(resolve => (release = resolve));
    const run = await world(data.engine(), async turn => {
      if (turn.event.content.kind === 'text' && turn.event.content.text === 'slow') await held;
      return echo(turn);
    });
    try {
      await run.chat.intake.accept([draft('slow person', 'slow', 'slow')]);
      const sent = new Map<string, string[]>();
      for (let turn = 0; turn < turnsEach; turn += 1) {
        const drafts = Array.from({ length: people }, (_, person) =>
          draft(`p${person}`, `${turn}`, `p${person}-${turn}`),
        );
        drafts.sort(() => random.next() - 0.5);
        await run.chat.intake.accept(drafts);
        for (const each of drafts)
          sent.set(each.externalId, [...(sent.get(each.externalId) ?? []), `${turn}`]);
      }
      const conversation = (person: string): string =>
        conversationIdOf(run.records.addresses.idOf('webchat', 'main', person));
      await eventually('all turns but the slow one', () =>
        [...sent].every(([person, texts]) => run.order.get(conversation(person))?.length === texts.length),
      );
      expect(run.order.get(conversation('slow person'))).toBeUndefined();
      for (const [person, texts] of sent) expect(run.order.get(conversation(person))).toEqual(texts);
      release?.();
      await eventually('the slow turn', () => run.order.get(conversation('slow person'))?.length === 1);
    } finally {
      release?.();
      await run.stop();
      await data.remove();
    }
  });

  it('take one event once, however often and however parallel it comes', async () => {
    const data = newData();
    const run = await world(data.engine(), echo);
    try {
      const copies = Array.from({ length: 20 }, () =>
        run.chat.intake.accept([draft('someone', 'once', 'the-event')]),
      );
      const outcomes = (await Promise.all(copies)).flat().map(accepted => accepted.outcome);
      expect(outcomes.filter(outcome => outcome === 'accepted')).toHaveLength(1);
      const conversation = conversationIdOf(run.records.addresses.idOf('webchat', 'main', 'someone'));
      await eventually(
        'the turn',
        async () => (await run.records.conversations.get(conversation))?.seq === 2,
      );
      await run.chat.intake.accept([draft('someone', 'once', 'the-event')]);
      await run.chat.intake.accept([draft('someone', 'twice', 'another')]);
      await eventually(
        'the next turn',
        async () => (await run.records.conversations.get(conversation))?.seq === 4,
      );
      const texts = (await run.records.conversations.after(conversation, 0, 100)).map(message =>
        message.body.kind === 'content' && message.body.content.kind === 'text'
          ? message.body.content.text
          : message.from,
      );
      expect(texts).toEqual(['once', 'bot', 'twice', 'bot']);
    } finally {
      await run.stop();
      await data.remove();
    }
  });

  it('end a contact that nobody continued, and begin another with the next message', async () => {
    const data = newData();
    const hour = 60 * 60 * 1000;
    let now = Date.now() - 10 * hour;
    const run = await world(data.engine(), echo, () => now);
    const conversation = conversationIdOf(run.records.addresses.idOf('webchat', 'main', 'someone'));
    const address = run.records.addresses.idOf('webchat', 'main', 'someone');
    try {
      await run.chat.intake.accept([draft('someone', 'first', 'one')]);
      await eventually(
        'the turn',
        async () => (await run.records.conversations.get(conversation))?.seq === 2,
      );
      now += 7 * hour;
      await run.closeIdle();
      const closed = await eventually('the end of the contact', async () => {
        const [episode] = await run.records.episodes.ofAddress(address, 10);
        return episode?.status === 'closed' && episode;
      });
      expect(closed).toMatchObject({ status: 'closed', endedAt: now });
      expect((await run.records.conversations.get(conversation))?.episode).toBeUndefined();
      await run.chat.intake.accept([draft('someone', 'second', 'two')]);
      await eventually(
        'the next turn',
        async () => (await run.records.conversations.get(conversation))?.seq === 4,
      );
      expect(await run.records.episodes.ofAddress(address, 10)).toHaveLength(2);
    } finally {
      await run.stop();
      await data.remove();
    }
  });

  it('set an event aside that always fails, tell an officer, and go on with the next', async () => {
    const data = newData();
    const run = await world(data.engine(), async turn => {
      if (turn.event.content.kind === 'text' && turn.event.content.text === poison) throw new Error(poison);
      return echo(turn);
    });
    try {
      await run.chat.intake.accept([draft('someone', poison, 'bad'), draft('someone', 'after it', 'good')]);
      const conversation = conversationIdOf(run.records.addresses.idOf('webchat', 'main', 'someone'));
      await eventually('the next event', () => run.order.get(conversation)?.includes('after it'), 40_000);
      const [aside] = await eventually('the record', async () => {
        const list = await run.records.inbox.setAside(10);
        return list.length > 0 && list;
      });
      expect(aside).toMatchObject({ id: 'webchat:main:bad', state: 'set-aside', why: poison });
      expect(run.failures.filter(failure => failure.setAside)).toEqual([
        { eventId: 'webchat:main:bad', setAside: true },
      ]);
      expect((await run.records.conversations.get(conversation))?.owner.kind).toBe('queue');
    } finally {
      await run.stop();
      await data.remove();
    }
  }, 60_000);
});
