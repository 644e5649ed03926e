import { v7 } from 'uuid';
import { type AuditTrail, createAudit } from '../../audit';
import type { Address, Conversation, Engine, Episode, InboundEvent, Pending } from '../../core';
import { type Privacy, createPrivacy, noting } from '../../privacy';
import { privacyData } from '../../server/privacy';
import { projectRoot } from '../../server/root';
import { type Records, conversationIdOf, createRecords, createSeal } from '../../store';

export const dayMs = 24 * 60 * 60 * 1000;
export const officer = { id: 'o-1', name: 'ประเสริฐ' };

/** Real records, audit and privacy on one engine, with a clock of the test's own. */
export interface PrivacyWorld {
  readonly engine: Engine;
  readonly records: Records;
  readonly privacy: Privacy;
  readonly audit: AuditTrail;
  readonly erased: string[];
  now: number;
}

export async function privacyWorld(plain: Engine, startAt: number): Promise<PrivacyWorld> {
  const { engine, declared } = noting(plain);
  const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 1) }], Buffer.alloc(32, 2));
  const erased: string[] = [];
  const clock = (): number => world.now;
  const records = createRecords({ engine, seal, ids: v7, agencyId: 'operator' });
  const audit = createAudit({ engine, clock, mac: hash => seal.lookup('audit', hash) });
  const privacy = createPrivacy({
    ...{ engine, clock, ids: v7, audit, operator: 'เทศบาลทดสอบ' },
    ...privacyData(projectRoot(), startAt),
    addresses: records.addresses,
    chat: records.personal,
    declared,
    onErased: id => void erased.push(id),
  });
  const world: PrivacyWorld = { engine, records, privacy, audit, erased, now: startAt };
  await engine.open();
  return world;
}

/** A person who wrote on a channel: transcript, sending, contact, an event done and one that waits, and an order of a turn. */
export async function whoWrote(
  world: PrivacyWorld,
  channel: 'line' | 'webchat' | 'sms',
  externalId: string,
  secret: string,
  audience: 'person' | 'group' = 'person',
): Promise<Address> {
  const { addresses, conversations, inbox } = world.records;
  const at = world.now;
  const address = await addresses.ensure({ channel, account: 'main', externalId, audience }, at);
  const conversation = await conversations.ensure(address, 'th', at);
  const eventOf = (n: number): InboundEvent => ({
    id: `${channel}:main:${externalId.length}-${v7()}`,
    ...{ channel, account: 'main', providerEventId: String(n), audience, occurredAt: at },
    content: { kind: 'text', text: `${secret} ${n}` },
    addressId: address.id,
    conversationId: conversation.id,
  });
  const [done, waits] = [eventOf(1), eventOf(2)];
  await inbox.take([done, waits], at);
  const episode: Omit<Episode, 'version'> = {
    id: `${conversation.id}/e1`,
    ...{ addressId: address.id, personId: address.personId, conversationId: conversation.id },
    ...{ agencyId: 'operator', note: `สมหญิง: ${secret}`, startedAt: at, endedAt: at, revision: 1 },
    way: 'other',
    type: 'inquiry',
    status: 'closed',
  };
  const line = { conversationId: conversation.id, episodeId: episode.id, at };
  const next: Conversation = {
    ...conversation,
    seq: 2,
    lastText: secret,
    dialog: { dialog: 'complaint', state: { what: secret } },
    changedAt: at,
    pending: [
      {
        kind: 'message',
        record: {
          ...line,
          id: `${conversation.id}/1`,
          seq: 1,
          from: 'citizen',
          body: { kind: 'content', content: { kind: 'text', text: secret } },
        },
      },
      {
        kind: 'message',
        record: {
          ...line,
          id: `${conversation.id}/2`,
          seq: 2,
          from: 'officer',
          name: 'สมหญิง ใจดี',
          body: { kind: 'reply', reply: { kind: 'text', text: `${secret} โทรหาคุณป้าที่ 081-234-5678` } },
        },
      },
      {
        kind: 'outbox',
        record: {
          ...{ id: `${conversation.id}/o2`, conversationId: conversation.id, addressId: address.id },
          ...{ account: 'main', seq: 2, messageIds: [`${conversation.id}/2`], language: 'th' },
          ...{ attempts: 0, doubt: false, dueAt: at, createdAt: at, why: secret },
          channel,
          state: 'waiting',
        },
      },
      { kind: 'episode', record: episode },
      { kind: 'finished', eventId: done.id, seq: 1 },
      {
        kind: 'command',
        command: { id: `${done.id}/0`, kind: 'complaint', data: { addressId: address.id, what: secret } },
      },
    ] satisfies Pending[],
  };
  if (!(await conversations.commit(next))) throw new Error('nobody else writes here');
  await conversations.project(conversation.id);
  return address;
}

/** An erasure request that was identified. */
export async function identified(world: PrivacyWorld, personId: string, id = 'r-1'): Promise<string> {
  const { requests } = world.privacy;
  const request = { id, kind: 'erasure', personId, agencyId: 'operator', channel: 'desk' } as const;
  await requests.receive(request, world.now);
  await requests.step(id, ['received'], { state: 'identified' }, 'at the counter', officer);
  return id;
}

export { conversationIdOf };
