import {
  AppError,
  type Audit,
  type Clock,
  type Ids,
  type Localised,
  type Officer,
  officerActor,
} from '../../core';
import { type PackedEntry, pack } from '../packed';
import { shippedManifest } from './compose';
import type {
  AnnouncementRecord,
  Author,
  EditingCollections,
  LiveRecord,
  Manifest,
  OffSwitch,
} from './records';

const liveId = 'live';
/** Records read at once. */
const together = 100;
/** What is over is kept so long for those who ask what was announced, ms. */
const keptAfterMs = 30 * 24 * 60 * 60 * 1000;
const mostAnnouncements = 500;

export type Contents = ReadonlyMap<string, PackedEntry>;

/** What answers now, as the store has it. */
export interface LiveState {
  readonly record: LiveRecord;
  readonly number: number;
  readonly manifest: Manifest;
  readonly contents: Contents;
  /** Key of the model trained for it; absent: the one we ship. */
  readonly model?: string;
}

export const nothingPublished: LiveState = {
  record: { id: liveId, version: 0, publication: 0, off: [], announcements: [] },
  number: 0,
  manifest: shippedManifest,
  contents: new Map(),
};

/** The contents a manifest names. */
export type ReadContents = (manifest: Manifest) => Promise<Contents>;

/** Reads contents, packed as they come; those of the manifest asked before are not read again. */
export function contentReader({ revisions }: Pick<EditingCollections, 'revisions'>): ReadContents {
  let last: Pick<LiveState, 'manifest' | 'contents'> = nothingPublished;
  return async manifest => {
    const known = last;
    const wanted = Object.entries(manifest.entries);
    const contents = new Map<string, PackedEntry>();
    for (let at = 0; at < wanted.length; at += together) {
      const read = wanted.slice(at, at + together).map(async ([id, revision]) => {
        const same = known.manifest.entries[id] === revision ? known.contents.get(id) : undefined;
        if (same) return [id, same] as const;
        const stored = await revisions.get(`${id}/${revision}`);
        if (!stored) throw new AppError('STORE_UNAVAILABLE', `Revision ${revision} of "${id}" is missing.`);
        return [id, await pack(stored.content)] as const;
      });
      for (const [id, content] of await Promise.all(read)) contents.set(id, content);
    }
    last = { manifest, contents };
    return contents;
  };
}

/** Reads what answers now; resolves with `known` itself where nothing changed. */
export async function readLive(
  collections: Pick<EditingCollections, 'live' | 'publications'>,
  known: LiveState,
  contentsOf: ReadContents,
): Promise<LiveState> {
  const record = await collections.live.get(liveId);
  if (!record || record.version === known.record.version) return known;
  if (record.publication === known.number) return { ...known, record };
  const publication = await collections.publications.get(String(record.publication));
  const manifest = publication?.manifest ?? shippedManifest;
  return {
    record,
    number: record.publication,
    manifest,
    contents: await contentsOf(manifest),
    ...(publication?.model === undefined ? {} : { model: publication.model }),
  };
}

/** Writes what all processes follow; the change is asked again when somebody else was faster, and may decline. */
export async function changeLive(
  { live }: Pick<EditingCollections, 'live'>,
  change: (record: LiveRecord) => LiveRecord | undefined,
): Promise<LiveRecord | undefined> {
  for (;;) {
    const stored = await live.get(liveId);
    const next = change(stored ?? nothingPublished.record);
    if (!next) return undefined;
    const { version: _version, ...draft } = next;
    if (stored ? await live.replace({ ...next, version: stored.version }) : await live.insert(draft))
      return next;
  }
}

/** What changes at once, without a publication: answers switched off, and announcements. */
export interface Switches {
  off(): Promise<readonly OffSwitch[]>;
  /** `topic` is `all` or `kind:id`. */
  set(
    change: { readonly topic: string; readonly off: boolean; readonly why: string },
    by: Officer,
  ): Promise<void>;
  /** The product itself, such as for what expired. */
  expire(topic: string, why: string): Promise<boolean>;
  announcements(): Promise<readonly AnnouncementRecord[]>;
  announce(
    given: {
      readonly topic: string;
      readonly agencyId: string;
      readonly text: Localised;
      readonly from: number;
      readonly until: number;
    },
    by: Officer,
  ): Promise<AnnouncementRecord>;
  /** Those who booked were told of it. */
  told(id: string): Promise<void>;
  /** Takes it back. */
  withdraw(id: string): Promise<void>;
}

export function createSwitches(parts: {
  readonly collections: EditingCollections;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
  /** Called after every change, for those who follow. */
  readonly onChange: () => void;
}): Switches {
  const { collections, clock } = parts;
  const read = async (): Promise<LiveRecord> =>
    (await collections.live.get(liveId)) ?? nothingPublished.record;
  const put = async (change: (record: LiveRecord) => LiveRecord | undefined): Promise<boolean> => {
    const changed = await changeLive(collections, change);
    if (changed) parts.onChange();
    return changed !== undefined;
  };
  const turnedOff = (record: LiveRecord, entry: OffSwitch): LiveRecord | undefined =>
    record.off.some(each => each.topic === entry.topic)
      ? undefined
      : { ...record, off: [...record.off, entry] };

  return {
    off: async () => (await read()).off,
    async set({ topic, off, why }, officer) {
      const by: Author = { id: officer.id, name: officer.name, agencyId: officer.agencyId };
      // Recorded first: what nobody answers for is not switched.
      await parts.audit.record({
        action: off ? 'knowledge.answers-off' : 'knowledge.answers-on',
        actor: officerActor(officer),
        subject: { kind: 'knowledge', id: topic },
        detail: { why },
      });
      await put(record =>
        off
          ? turnedOff(record, { topic, why, by, at: clock() })
          : { ...record, off: record.off.filter(each => each.topic !== topic) },
      );
    },
    async expire(topic, why) {
      const by: Author = { id: 'system', name: 'system', agencyId: '' };
      const changed = await put(record => turnedOff(record, { topic, why, by, at: clock() }));
      if (changed)
        await parts.audit.record({
          action: 'knowledge.answers-off',
          actor: { kind: 'system', name: 'knowledge' },
          subject: { kind: 'knowledge', id: topic },
          detail: { why },
        });
      return changed;
    },
    announcements: async () => (await read()).announcements,
    async announce(given, { id, name, agencyId }) {
      const announcement: AnnouncementRecord = {
        ...given,
        id: parts.ids(),
        by: { id, name, agencyId },
        at: clock(),
        untold: true,
      };
      await put(record => {
        const kept = record.announcements.filter(({ until }) => until > clock() - keptAfterMs);
        if (kept.length >= mostAnnouncements)
          throw new AppError(
            'CONFLICT',
            `There are ${mostAnnouncements} announcements; take some back first.`,
          );
        return { ...record, announcements: [...kept, announcement] };
      });
      return announcement;
    },
    async told(id) {
      await changeLive(collections, record => {
        const found = record.announcements.find(each => each.id === id);
        if (!found?.untold) return undefined;
        const { untold: _untold, ...told } = found;
        return {
          ...record,
          announcements: record.announcements.map(each => (each === found ? told : each)),
        };
      });
    },
    async withdraw(id) {
      await put(record => ({
        ...record,
        announcements: record.announcements.filter(each => each.id !== id),
      }));
    },
  };
}
