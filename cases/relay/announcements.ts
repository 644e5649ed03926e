import {
  AppError,
  type Addresses,
  type Clock,
  type Collection,
  type Engine,
  type Ids,
  type Notice,
  type Officer,
  type Stored,
} from '../../core';
import { announcement, type Announcement as Loudspeaker } from './loudspeaker';
import type { Leader } from './relay';

/** What an officer sends to leaders of an area. */
export interface Announcement extends Stored {
  readonly agencyId: string;
  /** What the desk's form called it, so that sending twice is one. */
  readonly key: string;
  readonly text: string;
  readonly province?: string;
  readonly district?: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: number;
  /** Leaders it goes to, and whether all of them were told already. */
  readonly leaders: number;
  readonly told: boolean;
}

/** What became of it with one leader. */
export interface Receipt extends Stored {
  readonly announcementId: string;
  readonly personId: string;
  readonly village: string;
  readonly sentAt: number;
  /** Nowhere to reach them. */
  readonly unreached?: boolean;
  readonly seenAt?: number;
  readonly passedOnAt?: number;
}

export interface Announcements {
  readonly collections: RelayCollections;
  send(by: {
    readonly key: string;
    readonly text: string;
    readonly province?: string;
    readonly district?: string;
    readonly officer: Officer;
  }): Promise<Announcement>;
  list(officer: Officer, limit: number): Promise<readonly Announcement[]>;
  /** One of the officer's agency with what became of it, leader by leader. */
  open(
    id: string,
    officer: Officer,
  ): Promise<{ readonly announcement: Announcement; readonly receipts: readonly Receipt[] }>;
  /** As it is read over the loudspeaker. */
  spoken(id: string, officer: Officer): Promise<Loudspeaker>;
  /** A leader has seen it, or read it to the village. */
  receipt(by: {
    readonly id: string;
    readonly personId: string;
    readonly state: 'seen' | 'passed-on';
    readonly at: number;
  }): Promise<boolean>;
  /** Tells leaders of announcements that an earlier process began and did not finish. */
  run(): Promise<void>;
}

export interface RelayCollections {
  readonly leaders: Collection<Leader>;
  readonly announcements: Collection<Announcement>;
  readonly receipts: Collection<Receipt>;
}

const mostLeaders = 2_000;
const batchSize = 50;

export const announcementsCollection = (engine: Engine): Collection<Announcement> =>
  engine.collection<Announcement>({
    name: 'relay-announcements',
    revision: 1,
    keeps: { purpose: 'work', basis: 'public-task', retention: 'cases', personal: ['by'] },
    indexes: {
      agency: each => [each.agencyId, each.at],
      sent: each => [each.at],
      key: each => [each.key],
      untold: each => (each.told ? undefined : [each.at]),
    },
    unique: ['key'],
  });

export const receiptsCollection = (engine: Engine): Collection<Receipt> =>
  engine.collection<Receipt>({
    name: 'relay-receipts',
    revision: 1,
    keeps: { purpose: 'work', basis: 'public-task', retention: 'cases', personal: ['personId', 'village'] },
    indexes: {
      announcement: each => [each.announcementId, each.sentAt],
      person: each => [each.personId, each.sentAt],
      sent: each => [each.sentAt],
    },
  });

const inArea = (
  leader: Leader,
  { province, district }: Pick<Announcement, 'province' | 'district'>,
): boolean =>
  (province === undefined || leader.province === province) &&
  (district === undefined || leader.district === district);

/** Announcements to leaders by area; who has seen them and who has passed them on. Declares collections, so before `engine.open()`. */
export function createAnnouncements(parts: {
  readonly engine: Engine;
  readonly leaders: Collection<Leader>;
  readonly addresses: Pick<Addresses, 'ofPerson'>;
  /** The conversation of an address. */
  readonly conversationIdOf: (addressId: string) => string;
  readonly tell: (conversationId: string, key: string, notice: Notice) => Promise<void>;
  /** A matter that nothing is said about over a loudspeaker. */
  readonly isPrivate: (text: string, now: number) => boolean;
  readonly clock: Clock;
  readonly ids: Ids;
}): Announcements {
  const { clock } = parts;
  const announcements = announcementsCollection(parts.engine);
  const receipts = receiptsCollection(parts.engine);

  async function leadersOf(
    area: Pick<Announcement, 'agencyId' | 'province' | 'district'>,
  ): Promise<Leader[]> {
    const { records } = await parts.leaders.scan({
      index: 'agency',
      prefix: [area.agencyId],
      limit: mostLeaders,
    });
    return records.filter(leader => inArea(leader, area));
  }

  /** The chat in which a leader reads: the newest one that is theirs alone. */
  async function conversationOf(personId: string): Promise<string | undefined> {
    const own = (await parts.addresses.ofPerson(personId)).filter(
      ({ audience, channel }) => audience === 'person' && channel !== 'desk' && channel !== 'kiosk',
    );
    const [newest] = [...own].sort((a, b) => b.createdAt - a.createdAt);
    return newest && parts.conversationIdOf(newest.id);
  }

  async function tellLeader(sent: Announcement, leader: Leader): Promise<void> {
    const id = `${sent.id}/${leader.id}`;
    const conversationId = await conversationOf(leader.id);
    if (conversationId)
      await parts.tell(conversationId, `announcement/${id}`, {
        key: 'relay-news.text',
        values: { text: sent.text, by: sent.by.name },
        choices: [
          { id: `relay-news:seen:${sent.id}`, key: 'relay-news.seen' },
          { id: `relay-news:passed-on:${sent.id}`, key: 'relay-news.passed-on' },
        ],
      });
    await receipts.insert({
      id,
      announcementId: sent.id,
      personId: leader.id,
      village: leader.village,
      sentAt: clock(),
      ...(conversationId ? {} : { unreached: true }),
    });
  }

  async function tellAll(sent: Announcement): Promise<void> {
    for (const leader of await leadersOf(sent)) await tellLeader(sent, leader);
    const stored = await announcements.get(sent.id);
    if (stored && !stored.told) await announcements.replace({ ...stored, told: true });
  }

  async function open(id: string, officer: Officer): Promise<Announcement> {
    const sent = await announcements.get(id);
    if (!sent || (sent.agencyId !== officer.agencyId && officer.role !== 'admin'))
      throw new AppError('NOT_FOUND', 'There is no such announcement, or another agency sent it.');
    return sent;
  }

  return {
    collections: { leaders: parts.leaders, announcements, receipts },
    async send({ key, text, province, district, officer }) {
      if (parts.isPrivate(text, clock()))
        throw new AppError('CONFLICT', 'This touches a sensitive matter; it is not said to a whole village.');
      const unique = `${officer.id}/${key}`;
      const area = {
        agencyId: officer.agencyId,
        ...(province ? { province } : {}),
        ...(district ? { district } : {}),
      };
      const draft = {
        ...area,
        id: `news-${parts.ids()}`,
        key: unique,
        text,
        by: { id: officer.id, name: officer.name },
        at: clock(),
        leaders: (await leadersOf(area)).length,
        told: false,
      };
      const fresh = await announcements.insert(draft);
      const [stored] = fresh
        ? [await announcements.get(draft.id)]
        : (await announcements.scan({ index: 'key', prefix: [unique], limit: 1 })).records;
      const sent = stored ?? { ...draft, version: 1 };
      await tellAll(sent);
      return sent;
    },
    async list({ agencyId }, limit) {
      const query = { index: 'agency', prefix: [agencyId], limit, descending: true } as const;
      return (await announcements.scan(query)).records;
    },
    async open(id, officer) {
      const sent = await open(id, officer);
      const { records } = await receipts.scan({ index: 'announcement', prefix: [id], limit: mostLeaders });
      return { announcement: sent, receipts: records };
    },
    async spoken(id, officer) {
      const { text } = await open(id, officer);
      return announcement('', [{ question: '', answer: text }]);
    },
    async receipt({ id, personId, state, at }) {
      for (;;) {
        const stored = await receipts.get(`${id}/${personId}`);
        if (!stored) return false;
        const next = {
          ...stored,
          seenAt: stored.seenAt ?? at,
          ...(state === 'passed-on' ? { passedOnAt: stored.passedOnAt ?? at } : {}),
        };
        if (next.seenAt === stored.seenAt && next.passedOnAt === stored.passedOnAt) return true;
        if (await receipts.replace(next)) return true;
      }
    },
    async run() {
      const { records } = await announcements.scan({ index: 'untold', to: clock() + 1, limit: batchSize });
      for (const sent of records) await tellAll(sent);
    },
  };
}
