import { z } from 'zod';
import {
  AppError,
  type Addresses,
  type Audit,
  type AuditActor,
  type Clock,
  type Command,
  type DataSubject,
  type Engine,
  type Ids,
  type OfficerRef,
  type PersonalRecords,
  channelNames,
} from '../core';
import { type Breaches, createBreaches } from './breaches';
import type { Bundle } from './bundle-page';
import { type Consents, createConsents } from './consents';
import { type ErasureEntry, type Erasures, createErasures } from './erasures';
import { type Holds, createHolds } from './holds';
import type { PrivacyNotice, PurposeId } from './notice';
import type { Declared } from './processing';
import { type DataRequest, type DataRequests, createRequests, requestKinds } from './requests';
import { type Retention, type RetentionReport, expireAll } from './retention';

/** The chat core's records, which know what stands for a person. */
export interface PersonRecords extends PersonalRecords {
  subjectOf(personId: string): Promise<DataSubject>;
}

export interface PrivacyParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
  readonly notice: PrivacyNotice;
  readonly retention: Retention;
  readonly operator: string;
  readonly addresses: Pick<Addresses, 'get' | 'refuseNotices' | 'allowNotices'>;
  readonly chat: PersonRecords;
  /** Other modules that keep something about people. */
  readonly sources?: readonly PersonalRecords[];
  /** Every collection of the product, for what goes with time. */
  readonly declared?: () => readonly Pick<Declared, 'collection' | 'expire'>[];
  /** Told after a consent was withdrawn, to let go of what stood on it. May be told twice. */
  readonly onWithdrawn?: (addressId: string, purpose: PurposeId) => Promise<void>;
  /** Told of each erased address, so that every process forgets it. */
  readonly onErased: (addressId: string) => void;
  /** Told of each erasure, in ids alone, for a record outside the database. */
  readonly onErasure?: (erasure: ErasureEntry) => void;
}

export interface Privacy {
  readonly consents: Consents;
  readonly requests: DataRequests;
  readonly holds: Holds;
  readonly breaches: Breaches;
  readonly erasures: Erasures;
  /** What turns order, by kind. */
  readonly commands: Readonly<Record<string, (command: Command) => Promise<void>>>;
  /** Everything kept about a person, over all their addresses and merged records. */
  bundle(personId: string): Promise<Bundle>;
  /** Carries out an erasure whose person was identified. */
  erase(requestId: string, officer: OfficerRef, actor: AuditActor): Promise<DataRequest>;
  /** Carries an erasure out again, on data of a time before it; what was made since it is left alone. */
  eraseAgain(erasure: ErasureEntry): Promise<Readonly<Record<string, number>>>;
  expire(dryRun: boolean): Promise<RetentionReport>;
  /** Goes on with what a crash cut off, and lets go of what is past its time. */
  sweep(): Promise<RetentionReport>;
}

const by = z.object({
  addressId: z.string(),
  channel: z.enum(channelNames).optional(),
  at: z.number().optional(),
  words: z.string().max(400).optional(),
});
const requested = by.extend({ kind: z.enum(requestKinds) });

/** Personal data protection as work: consents, requests, holds, breaches, erasure and retention. Before `engine.open()`. */
export function createPrivacy(parts: PrivacyParts): Privacy {
  const { clock, addresses, notice } = parts;
  const consents = createConsents(parts.engine);
  const requests = createRequests(parts.engine, clock);
  const holds = createHolds(parts.engine, clock);
  const breaches = createBreaches(parts.engine, clock, parts.ids);
  const erasures = createErasures(parts.engine, clock);
  const sources: readonly PersonalRecords[] = [parts.chat, consents, ...(parts.sources ?? [])];

  const running = new Map<boolean, Promise<RetentionReport>>();
  /** Looks through everything there is: whoever asks meanwhile is told what the one that runs finds. */
  function expire(dryRun: boolean): Promise<RetentionReport> {
    const found =
      running.get(dryRun) ??
      expireAll({ ...parts, sources, holds, declared: parts.declared?.() ?? [], dryRun }).finally(() =>
        running.delete(dryRun),
      );
    running.set(dryRun, found);
    return found;
  }

  async function decided(
    command: Command,
    decision: 'given' | 'withdrawn' | 'told',
    purpose: PurposeId = 'notices',
    id: string = command.id,
  ): Promise<boolean> {
    const { addressId, channel, at, words } = by.parse(command.data);
    const address = await addresses.get(addressId);
    if (!address) return false;
    return consents.record({
      id,
      addressId,
      purpose,
      decision,
      at: at ?? clock(),
      channel: channel ?? address.channel,
      notice: notice.version,
      ...(words === undefined ? {} : { words }),
    });
  }

  const commands: Privacy['commands'] = {
    async 'consent.withdrawn'(command) {
      const { addressId, at } = by.parse(command.data);
      await decided(command, 'withdrawn');
      const address = await addresses.get(addressId);
      if (address && address.noticesRefusedAt === undefined)
        await addresses.refuseNotices(addressId, at ?? clock());
    },
    async 'notices.allowed'(command) {
      await decided(command, 'given');
      await addresses.allowNotices(by.parse(command.data).addressId);
    },
    async 'suggestions.allowed'(command) {
      await decided(command, 'given', 'suggestions');
    },
    async 'suggestions.refused'(command) {
      await decided(command, 'withdrawn', 'suggestions');
      await parts.onWithdrawn?.(by.parse(command.data).addressId, 'suggestions');
    },
    async 'privacy.told'(command) {
      const { addressId } = by.parse(command.data);
      await decided(command, 'told', 'answer', `${addressId}/told/${notice.version}`);
    },
    async 'privacy.requested'({ id, data }) {
      const { addressId, kind, at, channel } = requested.parse(data);
      const address = await addresses.get(addressId);
      if (!address) return;
      const { personId, agencyId } = address;
      const request = { id, kind, personId, agencyId, addressId, channel: channel ?? address.channel };
      await requests.receive(request, at ?? clock());
    },
  };

  /** Twice: what a turn or a projection under way left behind the first time is found the second time. */
  async function eraseSubject(subject: DataSubject): Promise<Record<string, number>> {
    const removed: Record<string, number> = {};
    for (const _pass of ['first', 'second'])
      for (const source of sources)
        for (const [name, count] of Object.entries(await source.erase(subject)))
          removed[name] = (removed[name] ?? 0) + count;
    subject.addressIds.forEach(parts.onErased);
    await parts.engine.scrub();
    return removed;
  }

  /** Who wrote again after their erasure began anew: the same address, and nothing of the old. */
  async function before({ at, ...subject }: ErasureEntry): Promise<DataSubject> {
    const found = await Promise.all(subject.addressIds.map(id => addresses.get(id)));
    const newer = found.flatMap(address => (address && address.createdAt > at ? [address] : []));
    const newIds = new Set(newer.map(address => address.id));
    const newPersons = new Set(newer.map(address => address.personId));
    return {
      personIds: subject.personIds.filter(id => !newPersons.has(id)),
      addressIds: subject.addressIds.filter(id => !newIds.has(id)),
      // A conversation stands at the same place of its list as its address.
      conversationIds: subject.conversationIds.filter(
        (_, index) => !newIds.has(subject.addressIds[index] ?? ''),
      ),
    };
  }

  async function finish(request: DataRequest, subject: DataSubject, actor: AuditActor): Promise<DataRequest> {
    const removed = await eraseSubject(subject);
    await parts.audit.record({
      action: 'person.erased',
      actor,
      subject: { kind: 'people', id: request.personId },
      detail: { request: request.id, ...removed },
    });
    const noted = await erasures.note(request.id, subject);
    parts.onErasure?.(noted);
    const change = { state: 'done', removed, again: null } as const;
    return requests.step(request.id, ['running'], change, 'erased');
  }

  return {
    consents,
    requests,
    holds,
    breaches,
    erasures,
    commands,
    async bundle(personId) {
      const subject = await parts.chat.subjectOf(personId);
      const collected = await Promise.all(sources.map(source => source.collect(subject)));
      return {
        operator: parts.operator,
        notice: notice.version,
        madeAt: new Date(clock()).toISOString(),
        parts: collected.flat(),
      };
    },
    async erase(requestId, officer, actor) {
      const request = await requests.get(requestId);
      if (request.kind !== 'erasure')
        throw new AppError('CONFLICT', 'This request does not ask for an erasure.');
      const subject = await parts.chat.subjectOf(request.personId);
      const hold = await holds.of(subject.personIds);
      if (hold)
        throw new AppError(
          'CONFLICT',
          `A legal hold keeps these records: ${hold.reason}. End it first, or refuse.`,
        );
      const running = await requests.step(
        requestId,
        ['identified'],
        { state: 'running', again: subject },
        'erasure begun',
        officer,
      );
      return finish(running, subject, actor);
    },
    async eraseAgain(erasure) {
      const subject = await before(erasure);
      const removed = await eraseSubject(subject);
      await erasures.note(erasure.id, erasure, erasure.at);
      await parts.audit.record({
        action: 'person.erased-again',
        actor: { kind: 'system', name: 'restore' },
        detail: { request: erasure.id, ...removed },
      });
      return removed;
    },
    expire,
    async sweep() {
      for (const request of await requests.unfinished())
        if (request.again && request.state === 'running')
          await finish(request, request.again, { kind: 'system', name: 'erasure' });
      return expireAll({ ...parts, sources, holds, declared: parts.declared?.() ?? [], dryRun: false });
    },
  };
}
