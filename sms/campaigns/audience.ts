import {
  type Addresses,
  type Clock,
  type Collection,
  type PersonalRecords,
  type ReminderPurpose,
  type Stored,
  bangkokTimeOf,
} from '../../core';
import type { MemberDraft } from '../import';
import type { ReminderSeal } from '../reminders/records';
import type { AudienceFilter, CampaignCollections, Member } from './records';

const pageSize = 500;
const mostNames = 200;

export interface AudienceSummary {
  readonly people: number;
  readonly consenting: number;
  readonly areas: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, number>>;
}

/** What has an index `age` and is let go when its time is over. */
type Aged = Pick<Collection<Stored>, 'scan' | 'delete'>;

export interface Audience extends PersonalRecords {
  add(agencyId: string, member: MemberDraft, source: string): Promise<void>;
  takeBack(agencyId: string, member: MemberDraft, source: string): Promise<void>;
  /** What can be asked for, and how many there are of each. */
  summary(agencyId: string): Promise<AudienceSummary>;
  page(
    agencyId: string,
    after?: string,
  ): Promise<{ readonly members: readonly Member[]; readonly cursor?: string }>;
  get(id: string): Promise<Member | undefined>;
  /** The id that a number has, or would have, in the list of an agency. */
  idOf(agencyId: string, phone: string): string;
  phone(member: Member): string;
}

/** Whether a member is asked for. Pure. */
export function matches(
  member: Member,
  filter: AudienceFilter,
  purpose: ReminderPurpose,
  now: number,
): boolean {
  const any = (wanted: readonly string[], had: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some(each => had.includes(each));
  const { ageFrom, ageTo } = filter;
  const age = member.birthYear === undefined ? undefined : bangkokTimeOf(now).year - member.birthYear;
  const old =
    (age === undefined && (ageFrom ?? ageTo) === undefined) ||
    (age !== undefined && age >= (ageFrom ?? 0) && age <= (ageTo ?? 200));
  return (
    old &&
    (member.consent || !(filter.consent || purpose === 'promotion')) &&
    any(filter.areas, member.area === undefined ? [] : [member.area]) &&
    any(filter.groups, member.groups) &&
    any(filter.services, member.services)
  );
}

export function createAudience(
  parts: Pick<CampaignCollections, 'members' | 'people'> & {
    readonly seal: ReminderSeal;
    readonly clock: Clock;
    readonly addresses: Pick<Addresses, 'idOf'>;
    /** Collections of campaigns and imports, by name. */
    readonly aged: Readonly<Record<string, Aged>>;
  },
): Audience {
  const { members, people, seal, clock } = parts;
  const idOf = (agencyId: string, phone: string): string =>
    `m-${seal.lookup('audience', `${agencyId}/${phone}`)}`;
  const joined = (one: readonly string[], more: readonly string[]): string[] => [
    ...new Set([...one, ...more]),
  ];

  async function* all(agencyId: string): AsyncGenerator<Member> {
    let after: string | undefined;
    do {
      const page = await members.scan({
        ...{ index: 'agency', prefix: [agencyId], limit: pageSize },
        ...(after === undefined ? {} : { after }),
      });
      yield* page.records;
      after = page.cursor;
    } while (after !== undefined);
  }

  async function ofAddresses(addressIds: readonly string[]): Promise<Member[]> {
    const found: Member[] = [];
    for (const addressId of addressIds)
      found.push(...(await members.scan({ index: 'address', prefix: [addressId], limit: 100 })).records);
    return found;
  }

  /** Takes somebody out of all campaigns, by the id of the member or of the person. */
  async function removeFromCampaigns(id: string): Promise<number> {
    for (let removed = 0; ;) {
      const page = await people.scan({ index: 'member', prefix: [id], limit: pageSize });
      for (const each of page.records) if (await people.delete(each.id)) removed += 1;
      if (page.records.length < pageSize) return removed;
    }
  }

  return {
    name: 'campaigns',
    async add(agencyId, { phone, ...draft }, source) {
      const id = idOf(agencyId, phone);
      for (;;) {
        const known = await members.get(id);
        const now = clock();
        if (known?.sources.includes(source)) return;
        if (known) {
          const next = {
            ...{ ...known, ...draft, changedAt: now },
            groups: joined(known.groups, draft.groups),
            services: joined(known.services, draft.services),
            sources: [...known.sources, source].slice(-20),
          };
          if (await members.replace(next)) return;
          continue;
        }
        const sealedPhone = seal.seal(phone);
        const addressId = parts.addresses.idOf('sms', 'main', phone);
        const record = { ...draft, id, agencyId, addressId, sealedPhone, sources: [source] };
        if (await members.insert({ ...record, createdAt: now, changedAt: now })) return;
      }
    },
    async takeBack(agencyId, { phone }, source) {
      for (;;) {
        const known = await members.get(idOf(agencyId, phone));
        if (!known?.sources.includes(source)) return;
        const sources = known.sources.filter(each => each !== source);
        const isDone =
          sources.length === 0
            ? await members.delete(known.id, known.version)
            : await members.replace({ ...known, sources, changedAt: clock() });
        if (isDone) return;
      }
    },
    async summary(agencyId) {
      const counts = {
        areas: new Map<string, number>(),
        groups: new Map<string, number>(),
        services: new Map<string, number>(),
      };
      const count = (map: Map<string, number>, name: string): void => {
        if (map.has(name) || map.size < mostNames) map.set(name, (map.get(name) ?? 0) + 1);
      };
      let [total, consenting] = [0, 0];
      for await (const member of all(agencyId)) {
        total += 1;
        if (member.consent) consenting += 1;
        if (member.area !== undefined) count(counts.areas, member.area);
        for (const each of member.groups) count(counts.groups, each);
        for (const each of member.services) count(counts.services, each);
      }
      return {
        people: total,
        consenting,
        areas: Object.fromEntries(counts.areas),
        groups: Object.fromEntries(counts.groups),
        services: Object.fromEntries(counts.services),
      };
    },
    async page(agencyId, after) {
      const page = await members.scan({
        ...{ index: 'agency', prefix: [agencyId], limit: pageSize },
        ...(after === undefined ? {} : { after }),
      });
      return { members: page.records, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
    },
    get: id => members.get(id),
    idOf,
    phone: member => seal.open(member.sealedPhone),
    async collect({ addressIds }) {
      const records = (await ofAddresses(addressIds)).map(
        ({ area, groups, birthYear, services, consent, createdAt }) => ({
          ...{ area, groups, birthYear, services, consent, createdAt },
        }),
      );
      return records.length > 0 ? [{ name: 'campaign-audience', records }] : [];
    },
    async erase({ addressIds, personIds }) {
      const removed = { 'campaign-audience': 0, 'campaign-people': 0 };
      for (const personId of personIds) removed['campaign-people'] += await removeFromCampaigns(personId);
      for (const member of await ofAddresses(addressIds)) {
        removed['campaign-people'] += await removeFromCampaigns(member.id);
        if (await members.delete(member.id)) removed['campaign-audience'] += 1;
      }
      return removed;
    },
    async expire({ before, dryRun }) {
      const cutoff = before('reminders');
      if (cutoff === undefined) return {};
      const gone: Record<string, number> = {};
      for (const [name, collection] of Object.entries(parts.aged))
        gone[name] = await expired(collection, cutoff, dryRun);
      return gone;
    },
  };
}

/** Lets go of what is older than `cutoff`, by the index `age`; returns how many. */
async function expired(collection: Aged, cutoff: number, dryRun: boolean): Promise<number> {
  let count = 0;
  for (let after: string | undefined; ;) {
    const page = await collection.scan({
      ...{ index: 'age', to: cutoff, limit: pageSize },
      ...(after === undefined ? {} : { after }),
    });
    for (const { id } of page.records) if (dryRun || (await collection.delete(id))) count += 1;
    if (page.cursor === undefined) return count;
    after = page.cursor;
  }
}
