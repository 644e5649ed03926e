import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Address, Conversation, Engine, InboundEvent, Message, OutboxItem, Pending } from '../../core';
import { conversationIdOf, createRecords, createSeal, type Records } from '../../store';
import { describeStores, type TestData } from '../support/stores';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const now = 1_800_000_000_000;

function eventOf(address: Address, n: number): InboundEvent {
  return {
    id: `line:main:event${n}`,
    channel: 'line',
    account: 'main',
    providerEventId: `event${n}`,
    audience: 'person',
    occurredAt: now + n,
    content: { kind: 'text', text: `ข้อความที่ ${n}` },
    addressId: address.id,
    conversationId: conversationIdOf(address.id),
  };
}

function messageOf(conversation: Conversation, seq: number, text: string): Omit<Message, 'version'> {
  return {
    id: `${conversation.id}-${seq}`,
    conversationId: conversation.id,
    seq,
    episodeId: 'e-1',
    from: 'citizen',
    at: now + seq,
    body: { kind: 'content', content: { kind: 'text', text } },
    providerMessageId: `provider${seq}`,
  };
}

function outboxOf(conversation: Conversation, seq: number): Omit<OutboxItem, 'version'> {
  return {
    id: `out-${conversation.id}-${seq}`,
    conversationId: conversation.id,
    addressId: conversation.addressId,
    channel: 'line',
    account: 'main',
    seq,
    messageIds: [`${conversation.id}-${seq}`],
    language: 'th',
    state: 'waiting',
    attempts: 0,
    doubt: false,
    dueAt: now,
    createdAt: now,
  };
}

/** What a turn commits: the person's message, an answer to send, and the event at its end. */
function afterTurn(conversation: Conversation, event: InboundEvent): Conversation {
  const asked = conversation.seq + 1;
  const answered = conversation.seq + 2;
  const pending: Pending[] = [
    { kind: 'message', record: messageOf(conversation, asked, event.id) },
    { kind: 'message', record: messageOf(conversation, answered, `คำตอบของ ${event.id}`) },
    { kind: 'outbox', record: outboxOf(conversation, answered) },
    { kind: 'finished', eventId: event.id, seq: asked },
    { kind: 'command', command: { id: `${event.id}/0`, kind: 'complaint', data: { text: '$set' } } },
  ];
  return { ...conversation, seq: answered, changedAt: now, pending: [...conversation.pending, ...pending] };
}

describeStores('records', newData => {
  let data: TestData;
  let engine: Engine;
  let records: Records;
  let address: Address;
  let conversation: Conversation;
  const seal = createSeal([{ id: 'k1', key: randomBytes(32) }], randomBytes(32));

  async function open(): Promise<Records> {
    engine = data.engine();
    const opened = createRecords({ engine, seal, ids: v7, agencyId: 'central' });
    await engine.open();
    return opened;
  }

  beforeEach(async () => {
    data = newData();
    records = await open();
    const draft = { channel: 'line', account: 'main', externalId: 'U0123', audience: 'person' } as const;
    address = await records.addresses.ensure(draft, now);
    conversation = await records.conversations.ensure(address, 'th', now);
  });

  afterEach(() => data.remove());

  const current = async (): Promise<Conversation> => {
    const read = await records.conversations.get(conversation.id);
    if (!read) throw new Error('the conversation is gone');
    return read;
  };

  const seqsAfter = async (seq: number, limit = 100): Promise<number[]> =>
    (await records.conversations.after(conversation.id, seq, limit)).map(message => message.seq);

  describe('inbox', () => {
    it('takes each event once, also among many copies at once', async () => {
      const copies = await Promise.all(
        range(20).map(() =>
          records.inbox.take(
            range(10).map(n => eventOf(address, n)),
            now,
          ),
        ),
      );
      for (const n of range(10)) expect(copies.filter(copy => copy[n])).toHaveLength(1);
      expect(await records.inbox.take([eventOf(address, 3)], now + 1)).toEqual([false]);
    });

    it('gives the events of one conversation back in the order of acceptance', async () => {
      await records.inbox.take([eventOf(address, 5), eventOf(address, 1)], now);
      // A clock set back does not change the order.
      await records.inbox.take([eventOf(address, 9)], now - 60_000);
      expect((await records.inbox.next(conversation.id))?.id).toBe('line:main:event5');
      expect(await records.inbox.waiting(now + 1, 10)).toEqual([conversation.id]);
      expect(await records.inbox.waiting(now - 60_000, 10)).toEqual([]);
      expect(await records.inbox.oldestWaiting()).toBe(now - 60_000);
      expect(await records.inbox.next('c-other')).toBeUndefined();
    });

    it('counts attempts and notes what was ignored', async () => {
      await records.inbox.take([eventOf(address, 1)], now);
      const first = await records.inbox.next(conversation.id);
      if (!first) throw new Error('nothing waits');
      const counted = await records.inbox.countAttempt(first, 'it failed');
      expect(counted).toMatchObject({ attempts: 1, why: 'it failed' });
      // Counting with what was read before the other's write returns what is stored.
      expect(await records.inbox.countAttempt(first)).toEqual(counted);
      expect(await records.inbox.ignore('line:main:odd', 'unknown type', now)).toBe(true);
      expect(await records.inbox.ignore('line:main:odd', 'unknown type', now)).toBe(false);
    });
  });

  describe('addresses', () => {
    it('makes one address and one person of many first contacts at once, sealed', async () => {
      const draft = {
        channel: 'sms',
        account: 'main',
        externalId: '+66812345678',
        audience: 'person',
      } as const;
      const made = await Promise.all(range(20).map(() => records.addresses.ensure(draft, now)));
      expect(new Set(made.map(each => `${each.id} ${each.personId}`)).size).toBe(1);
      const [first] = made;
      if (!first) throw new Error('none was made');
      expect(JSON.stringify(first)).not.toContain('812345678');
      expect(records.addresses.externalId(first)).toBe('+66812345678');
      expect(await records.addresses.ofPerson(first.personId)).toHaveLength(1);
    });

    it('moves an address to another person', async () => {
      const person = await records.people.create({ name: 'สมศรี ใจดี', phone: '+66898765432' }, 'central', now);
      await records.addresses.move(address.id, person.id);
      expect((await records.addresses.ofPerson(person.id)).map(each => each.id)).toEqual([address.id]);
      expect((await records.people.byPhone('+66898765432')).map(each => each.id)).toEqual([person.id]);
      expect((await records.people.byName(['ใจดี', 'สมศรี'], 5)).map(each => each.id)).toEqual([person.id]);
      expect(records.people.phone(person)).toBe('+66898765432');
    });
  });

  describe('the commit of a turn', () => {
    it('shows its messages before and after they are copied, and ends its event', async () => {
      const event = eventOf(address, 1);
      await records.inbox.take([event], now);
      expect(await records.conversations.commit(afterTurn(conversation, event))).toBe(true);
      const before = await records.conversations.after(conversation.id, 0, 10);
      expect(before.map(message => [message.seq, message.version])).toEqual([
        [1, 0],
        [2, 0],
      ]);
      expect(await records.conversations.unprojected(now + 1, 10)).toEqual([conversation.id]);

      await records.conversations.project(conversation.id);
      const after = await records.conversations.after(conversation.id, 0, 10);
      expect(after).toEqual(before.map(message => ({ ...message, version: 1 })));
      expect((await records.conversations.latest(conversation.id, 1)).map(message => message.seq)).toEqual([
        2,
      ]);
      expect((await current()).pending).toEqual([]);
      expect(await records.conversations.unprojected(now + 1, 10)).toEqual([]);
      const done = await records.inbox.get(event.id);
      expect([done?.state, done?.seq, done?.event]).toEqual(['done', 1, undefined]);
      expect(await records.inbox.next(conversation.id)).toBeUndefined();
      expect(await records.outbox.next(conversation.id)).toMatchObject({
        seq: 2,
        state: 'waiting',
        version: 1,
      });
      expect(await records.commands.waiting(10)).toEqual([
        { id: `${event.id}/0`, version: 1, kind: 'complaint', data: { text: '$set' } },
      ]);
      await records.commands.done(`${event.id}/0`);
      expect(await records.commands.waiting(10)).toEqual([]);
    });

    it('belongs to one of many who decided on the same state', async () => {
      const outcomes = await Promise.all(
        range(30).map(n => records.conversations.commit(afterTurn(conversation, eventOf(address, n)))),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      await records.conversations.project(conversation.id);
      expect(await seqsAfter(0)).toEqual([1, 2]);
    });

    it('loses and doubles nothing while many copy and somebody commits', async () => {
      const events = range(25).map(n => eventOf(address, n));
      await records.inbox.take(events, now);
      for (const event of events) {
        for (;;) {
          const copying = range(3).map(() => records.conversations.project(conversation.id));
          const isCommitted = await records.conversations.commit(afterTurn(await current(), event));
          await Promise.all(copying);
          if (isCommitted) break;
        }
        const seqs = await seqsAfter(0);
        expect(seqs).toEqual(range(seqs.length).map(n => n + 1));
      }
      await records.conversations.project(conversation.id);
      expect(await seqsAfter(0)).toEqual(range(50).map(n => n + 1));
      expect(await seqsAfter(10, 3)).toEqual([11, 12, 13]);
      const latest = await records.conversations.latest(conversation.id, 3, 40);
      expect(latest.map(message => message.seq)).toEqual([37, 38, 39]);
      expect(await records.inbox.next(conversation.id)).toBeUndefined();
      expect(await records.outbox.openCount(100)).toBe(25);
    });

    it('is finished by whoever starts next, when the process ended before the copies', async () => {
      const event = eventOf(address, 1);
      await records.inbox.take([event], now);
      await records.conversations.commit(afterTurn(conversation, event));
      await engine.close();
      records = await open();
      expect(await seqsAfter(0)).toEqual([1, 2]);
      for (const id of await records.conversations.unprojected(now + 1, 10))
        await records.conversations.project(id);
      expect((await records.inbox.get(event.id))?.state).toBe('done');
      expect(await records.outbox.due(now + 1, 10)).toEqual([conversation.id]);
    });

    it('empties a message that the person took back, even one of the same commit', async () => {
      const turn = afterTurn(conversation, eventOf(address, 1));
      const pending: Pending[] = [...turn.pending, { kind: 'unsent', providerMessageId: 'provider1' }];
      await records.conversations.commit({ ...turn, pending });
      await records.conversations.project(conversation.id);
      const [first] = await records.conversations.after(conversation.id, 0, 1);
      expect(first?.unsent).toBe(true);
      expect(JSON.stringify(first)).not.toContain('event1');
    });

    it('carries an episode forward and never back', async () => {
      const episode = {
        id: 'e-1',
        addressId: address.id,
        personId: address.personId,
        conversationId: conversation.id,
        agencyId: 'central',
        way: 'line',
        type: 'inquiry',
        status: 'open',
        startedAt: now,
        revision: 1,
      } as const;
      const closed = {
        ...episode,
        status: 'closed',
        result: 'resolved',
        endedAt: now + 5,
        revision: 3,
      } as const;
      await records.conversations.commit({ ...conversation, pending: [{ kind: 'episode', record: closed }] });
      await records.conversations.project(conversation.id);
      await records.conversations.commit({
        ...(await current()),
        pending: [{ kind: 'episode', record: episode }],
      });
      await records.conversations.project(conversation.id);
      expect(await records.episodes.get('e-1')).toEqual({ ...closed, version: 1 });
      await records.episodes.insert({ ...episode, id: 'e-2', startedAt: now + 10 });
      const ids = (await records.episodes.ofAddress(address.id, 10)).map(each => each.id);
      expect(ids).toEqual(['e-2', 'e-1']);
      expect((await records.episodes.recent('central', 10, now + 10)).map(each => each.id)).toEqual(['e-1']);
      expect((await current()).pending).toEqual([]);
    });
  });

  describe('the queue', () => {
    const officer = (n: number): { id: string; name: string } => ({
      id: `officer${n}`,
      name: `เจ้าหน้าที่ ${n}`,
    });

    it('gives a waiting conversation to exactly one of thirty officers', async () => {
      const waiting = { kind: 'queue', since: now, urgent: false } as const;
      await records.conversations.commit({ ...conversation, owner: waiting });
      const claim = async (n: number): Promise<boolean> => {
        const [first] = await records.conversations.queue(1);
        if (!first) return false;
        return records.conversations.commit({
          ...first,
          owner: { kind: 'officer', officer: officer(n), since: now },
        });
      };
      const outcomes = await Promise.all(range(30).map(claim));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const winner = officer(outcomes.indexOf(true));
      expect(await records.conversations.queue(10)).toEqual([]);
      expect((await records.conversations.ofOfficer(winner.id, 10)).map(each => each.id)).toEqual([
        conversation.id,
      ]);
      expect(await records.conversations.withOfficers(10)).toHaveLength(1);
    });

    it('puts the urgent first, then those who wait longest', async () => {
      const waits = [
        ['U-late', 30, false],
        ['U-early', 10, false],
        ['U-urgent', 20, true],
      ] as const;
      const ids = new Map<string, string>();
      for (const [externalId, since, urgent] of waits) {
        const theirs = await records.addresses.ensure(
          { channel: 'line', account: 'main', externalId, audience: 'person' },
          now,
        );
        const thread = await records.conversations.ensure(theirs, 'th', now);
        ids.set(thread.id, externalId);
        await records.conversations.commit({ ...thread, owner: { kind: 'queue', since, urgent } });
      }
      const queue = (await records.conversations.queue(10)).map(each => ids.get(each.id));
      expect(queue).toEqual(['U-urgent', 'U-early', 'U-late']);
    });
  });

  describe('outbox', () => {
    async function sending(): Promise<OutboxItem> {
      await records.conversations.commit(afterTurn(conversation, eventOf(address, 1)));
      await records.conversations.project(conversation.id);
      const item = await records.outbox.next(conversation.id);
      if (!item) throw new Error('nothing is to be sent');
      return item;
    }

    it('leases an item to one of many senders and takes it off the lane at its end', async () => {
      const item = await sending();
      const leases = await Promise.all(
        range(20).map(() =>
          records.outbox.replace({ ...item, state: 'sending', attempts: 1, dueAt: now + 8_000 }),
        ),
      );
      expect(leases.filter(Boolean)).toHaveLength(1);
      expect(await records.outbox.due(now + 1, 10)).toEqual([]);
      expect(await records.outbox.releaseAll(now)).toBe(1);
      expect(await records.outbox.due(now + 1, 10)).toEqual([conversation.id]);
      const leased = await records.outbox.get(item.id);
      if (!leased) throw new Error('the item is gone');
      expect(await records.outbox.replace({ ...leased, state: 'sent', reference: 'SM1' })).toBe(true);
      expect(await records.outbox.next(conversation.id)).toBeUndefined();
      expect((await records.outbox.byReference('line', 'main', 'SM1'))?.id).toBe(item.id);
      expect(await records.outbox.byReference('sms', 'main', 'SM1')).toBeUndefined();
    });

    it('shows what is in doubt or refused', async () => {
      const item = await sending();
      await records.outbox.replace({ ...item, state: 'unknown', why: 'no answer' });
      expect((await records.outbox.troubled(10)).map(each => each.id)).toEqual([item.id]);
      expect((await records.outbox.ofMessages(conversation.id, 2, 10)).map(each => each.id)).toEqual([
        item.id,
      ]);
    });
  });
});
