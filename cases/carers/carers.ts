import {
  type Audit,
  type AuditAction,
  type CarerBook,
  type CaseRecord,
  type CaseView,
  type Clock,
  type Collection,
  type Engine,
  type Mandate,
  type Stored,
  type TopicRef,
  bangkokIsoDate,
  holds,
} from '../../core';
import type { CaseSeal } from '../seal';
import { onlyHow } from '../view';

/** A mandate at rest. */
export interface StoredMandate extends Stored {
  readonly personId: string;
  readonly carerId?: string;
  /** Where the person hears of what was done for them. */
  readonly conversationId?: string;
  /** `{ person, carer }` as JSON, sealed with the data keys. */
  readonly sealedNames: string;
  /** Keyed hash; works until `codeUntil` and for one person. */
  readonly code: string;
  readonly codeUntil: number;
  readonly since: number;
  readonly until: number;
  readonly endedAt?: number;
}

/** Who acts, as their chat has shown. */
export interface CarerHere {
  readonly mandate: string;
  readonly personId: string;
  readonly addressId: string;
}

/** Whether somebody may act for another at this moment. */
export type Acting =
  | { readonly outcome: 'holds'; readonly mandate: Mandate; readonly conversationId?: string }
  | { readonly outcome: 'ended'; readonly mandate: Mandate }
  /** The topic is one that nobody else may know of. */
  | { readonly outcome: 'sensitive'; readonly mandate: Mandate }
  | { readonly outcome: 'unknown' };

export interface Carers extends CarerBook {
  /** The code that makes one other person a carer, within a day. `undefined`: too many already, or the day is past or too far. */
  entrust(by: {
    readonly key: string;
    readonly personId: string;
    readonly personName: string;
    readonly carerName: string;
    readonly until: number;
    readonly conversationId?: string;
    readonly addressId: string;
  }): Promise<{ readonly code: string; readonly expiresAt: number } | undefined>;
  /** Whoever brings the code first; the same person again is the same. Guesses are counted by who asks, before. */
  accept(by: {
    readonly digits: string;
    readonly personId: string;
    readonly addressId: string;
  }): Promise<Mandate | undefined>;
  /** Takes it back: its person, or the carer who gives it up. */
  end(by: CarerHere): Promise<boolean>;
  /** Asked before everything that is done for another; a refusal is recorded. */
  acting(by: CarerHere, topic?: TopicRef): Promise<Acting>;
  /** What a carer did stands in the record with who did it and for whom. */
  record(action: AuditAction, by: CarerHere, caseId?: string): Promise<void>;
  byId(id: string): Promise<Mandate | undefined>;
}

const codeDigits = 8;
const dayMs = 24 * 60 * 60 * 1000;
const farthestMs = 2 * 366 * dayMs;
const mostCarers = 10;
const mostListed = 50;

/** Declares the collection, so before `engine.open()`. */
export const mandateCollection = (engine: Engine): Collection<StoredMandate> =>
  engine.collection<StoredMandate>({
    name: 'case-carers',
    revision: 1,
    keeps: {
      purpose: 'answer',
      basis: 'consent',
      retention: 'cases',
      personal: ['personId', 'carerId', 'sealedNames'],
      sealed: { fields: ['sealedNames'], index: 'until' },
    },
    indexes: {
      person: mandate => [mandate.personId, mandate.since],
      carer: mandate => (mandate.carerId ? [mandate.carerId, mandate.since] : undefined),
      code: mandate => [mandate.code],
      until: mandate => [mandate.until],
    },
    unique: ['code'],
  });

/** Who acts for whom, until when. Everything is looked at anew at each act, so an end counts at once. */
export function createCarers(parts: {
  readonly mandates: Collection<StoredMandate>;
  readonly cases: Collection<CaseRecord>;
  readonly seal: CaseSeal;
  readonly clock: Clock;
  readonly audit: Pick<Audit, 'record'>;
  readonly view: (record: CaseRecord) => CaseView;
  readonly isSensitive: (topic: TopicRef) => boolean;
}): Carers {
  const { mandates, seal, clock } = parts;
  const hashOf = (code: string): string => seal.lookup('carer-code', code);
  const codeOf = (key: string): string => {
    const bytes = Buffer.from(seal.lookup('carer-new-code', key), 'base64url');
    return String(bytes.readUIntBE(0, 6) % 10 ** codeDigits).padStart(codeDigits, '0');
  };

  function read(stored: StoredMandate): Mandate {
    const { id, personId, carerId, since, until, endedAt } = stored;
    const { person, carer } = JSON.parse(seal.open(stored.sealedNames)) as { person: string; carer: string };
    return {
      ...{ id, personId, personName: person, carerName: carer, since, until },
      ...(carerId ? { carerId } : {}),
      ...(endedAt === undefined ? {} : { endedAt }),
    };
  }

  async function list(index: 'person' | 'carer', personId: string): Promise<readonly Mandate[]> {
    const scan = { index, prefix: [personId], limit: mostListed, descending: true };
    return (await mandates.scan(scan)).records.map(read);
  }

  async function record(
    action: AuditAction,
    { mandate, addressId }: Omit<CarerHere, 'personId'>,
    detail: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const subject = { kind: 'mandate', id: mandate };
    await parts.audit.record({ action, actor: { kind: 'person', addressId }, subject, detail });
  }

  /** The mandate, where the one who asks is its carer. */
  async function ofCarer({ mandate, personId }: Pick<CarerHere, 'mandate' | 'personId'>) {
    const stored = await mandates.get(mandate);
    return stored?.carerId === personId ? stored : undefined;
  }

  return {
    carersOf: personId => list('person', personId),
    chargesOf: carerId => list('carer', carerId),
    async mattersOf(mandateId, carerId, limit) {
      const stored = await ofCarer({ mandate: mandateId, personId: carerId });
      if (!stored || !holds(read(stored), clock())) return undefined;
      const { records } = await parts.cases.scan({
        ...{ index: 'person', prefix: [stored.personId], limit, descending: true },
      });
      return records.filter(each => !each.sensitive).map(each => onlyHow(parts.view(each), 'visit'));
    },
    async entrust({ key, personId, personName, carerName, until, conversationId, addressId }) {
      const now = clock();
      const id = `mandate-${seal.lookup('carer-mandate', `${personId}/${key}`)}`;
      const code = codeOf(`${personId}/${key}`);
      const earlier = await mandates.get(id);
      if (earlier) return { code, expiresAt: earlier.codeUntil };
      const holding = (await list('person', personId)).filter(
        each => each.endedAt === undefined && now < each.until,
      );
      if (until <= now || until > now + farthestMs || holding.length >= mostCarers) return undefined;
      const names = JSON.stringify({ person: personName, carer: carerName });
      const codeUntil = Math.min(now + dayMs, until);
      const made = await mandates.insert({
        ...{ id, personId, sealedNames: seal.seal(names), code: hashOf(code), codeUntil, since: now, until },
        ...(conversationId ? { conversationId } : {}),
      });
      if (!made) return undefined;
      await record(
        'carer.entrusted',
        { mandate: id, addressId },
        { person: personId, until: bangkokIsoDate(until) },
      );
      return { code, expiresAt: codeUntil };
    },
    async accept({ digits, personId, addressId }) {
      for (;;) {
        const scan = { index: 'code', prefix: [hashOf(digits)], limit: 1 };
        const [stored] = (await mandates.scan(scan)).records;
        const now = clock();
        if (!stored || stored.personId === personId || stored.endedAt !== undefined) return undefined;
        if (stored.carerId !== undefined) return stored.carerId === personId ? read(stored) : undefined;
        if (now >= stored.codeUntil) return undefined;
        const next = { ...stored, carerId: personId };
        if (!(await mandates.replace(next))) continue;
        await record('carer.accepted', { mandate: stored.id, addressId }, { carer: personId });
        return read(next);
      }
    },
    async end({ mandate, personId, addressId }) {
      for (;;) {
        const stored = await mandates.get(mandate);
        if (!stored || (stored.personId !== personId && stored.carerId !== personId)) return false;
        if (stored.endedAt !== undefined) return true;
        if (!(await mandates.replace({ ...stored, endedAt: clock() }))) continue;
        await record('carer.ended', { mandate, addressId });
        return true;
      }
    },
    async acting(by, topic) {
      const stored = await ofCarer(by);
      if (!stored) return { outcome: 'unknown' };
      const mandate = read(stored);
      const { conversationId } = stored;
      const refused = !holds(mandate, clock()) ? 'ended' : topic && parts.isSensitive(topic) && 'sensitive';
      if (!refused) return { outcome: 'holds', mandate, ...(conversationId ? { conversationId } : {}) };
      await record('carer.refused', by, { why: refused, person: mandate.personId });
      return { outcome: refused, mandate };
    },
    record: (action, by, caseId) => record(action, by, caseId ? { case: caseId } : {}),
    async byId(id) {
      const stored = await mandates.get(id);
      return stored && read(stored);
    },
  };
}
