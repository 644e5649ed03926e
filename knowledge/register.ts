import { createHash } from 'node:crypto';
import {
  type Agency,
  AppError,
  type Knowledge,
  type Steps,
  type Topic,
  type TopicRef,
  type TopicSummary,
  atOnce,
  inSteps,
} from '../core';
import type { PackedEntry } from './packed';
import type { AgencyRow, ComplaintRow, Entry, HotlineRow, PublicHotline, ServiceRow } from './schema';
import {
  agencyOf,
  complaintTopic,
  hotlineTopic,
  packedSummary,
  publicHotlineTopic,
  serviceTopic,
} from './topics';

/** The register as its files hold it, validated row by row. */
export interface Register {
  readonly services: readonly ServiceRow[];
  readonly complaints: readonly ComplaintRow[];
  readonly hotlines: readonly HotlineRow[];
  /** Numbers everybody should know, beside the roadmap's ten. */
  readonly publicHotlines: readonly PublicHotline[];
  readonly agencies: readonly AgencyRow[];
  readonly entries: readonly Entry[];
}

/** What editors published in place of what we ship. */
export interface Overlay {
  readonly contents: ReadonlyMap<string, PackedEntry>;
  /** Entries of these that the owning agency reviewed, with the day of it. */
  readonly reviewed: Readonly<Record<string, string>>;
  readonly archived: readonly string[];
}

const nothing: Overlay = { contents: new Map(), reviewed: {}, archived: [] };

/** A version that holds all its topics as they are. */
export interface WholeKnowledge extends Knowledge {
  topics(): readonly Topic[];
}

/** One topic: as it stands in lists, and all of it. */
interface Shelved {
  readonly summary: TopicSummary;
  readonly whole: () => Topic;
}

const shelved = (topic: Topic): Shelved => ({ summary: topic, whole: () => topic });
const keyOf = (ref: TopicRef): string => `${ref.kind}:${ref.id}`;
const hashOf = (register: Register): string =>
  createHash('sha256').update(JSON.stringify(register)).digest('hex').slice(0, 12);

/** Services that are made in one step: some milliseconds. */
const stepServices = 250;

/** Topics unpacked last are asked again soon: for the next field, or the next message of the same talk. */
const keptWhole = 200;

function keepingLast(unpack: (key: string) => Topic | undefined): (key: string) => Topic | undefined {
  const kept = new Map<string, Topic>();
  return key => {
    const topic = kept.get(key) ?? unpack(key);
    kept.delete(key);
    if (!topic) return undefined;
    kept.set(key, topic);
    const [oldest] = kept.keys();
    if (kept.size > keptWhole && oldest !== undefined) kept.delete(oldest);
    return topic;
  };
}

type Owner = (row: { readonly id: string; readonly agencyId: string }) => Agency;

function* services(register: Register, overlay: Overlay, owner: Owner): Steps<Shelved[]> {
  const { contents, reviewed, archived } = overlay;
  const gone = new Set(archived);
  const shipped = new Map(register.entries.map(entry => [entry.id, entry]));
  const rows: readonly ServiceRow[] = [
    ...register.services,
    ...[...shipped.values()].filter(({ id }) => !contents.has(id)).flatMap(outside),
    ...[...contents.values()].flatMap(({ head }) => outside(head)),
  ];
  const list: Shelved[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % stepServices === stepServices - 1) yield;
    if (gone.has(row.id)) continue;
    const packed = contents.get(row.id);
    list.push(
      packed
        ? fromPacked(row, owner(row), packed, reviewed[row.id])
        : shelved(serviceTopic(row, owner(row), shipped.get(row.id))),
    );
  }
  return list;
}

/** The row that an entry brings along where the roadmap has none. */
const outside = ({ id, register }: Pick<Entry, 'id' | 'register'>): ServiceRow[] =>
  register ? [{ id, ...register }] : [];

function fromPacked(
  row: ServiceRow,
  agency: Agency,
  packed: PackedEntry,
  reviewedOn: string | undefined,
): Shelved {
  const standing =
    reviewedOn === undefined
      ? ({ status: 'draft', writtenAt: packed.head.writtenAt } as const)
      : ({ status: 'reviewed', writtenAt: reviewedOn } as const);
  return {
    summary: packedSummary(row, agency, { ...packed.head, ...standing }),
    whole: () => serviceTopic(row, agency, { ...packed.content(), ...standing }),
  };
}

function* publishing(
  register: Register,
  version: string,
  overlay: Overlay,
): Steps<{ readonly knowledge: Knowledge; readonly all: readonly Shelved[] }> {
  const agencies = new Map(register.agencies.map(row => [row.id, agencyOf(row)]));
  const owner: Owner = ({ id, agencyId }) => {
    const found = agencies.get(agencyId);
    if (!found)
      throw new AppError(
        'INPUT_INVALID',
        `${id} names the agency "${agencyId}", which is not in the register.`,
      );
    return found;
  };
  const roadmapHotlines = register.hotlines.map(row => hotlineTopic(row, owner(row)));
  const listed = new Set(roadmapHotlines.flatMap(topic => topic.phones.map(phone => phone.number)));
  const all = [
    ...(yield* services(register, overlay, owner)),
    ...register.complaints.map(row => shelved(complaintTopic(row, owner(row)))),
    ...roadmapHotlines.map(shelved),
    ...register.publicHotlines
      .filter(row => !listed.has(row.number))
      .map(row => shelved(publicHotlineTopic(row))),
  ];
  yield;
  const byKey = new Map(all.map(each => [keyOf(each.summary), each]));
  const entries = [...register.entries.map(({ id }) => id), ...overlay.contents.keys()];
  const gone = new Set(overlay.archived);
  const orphan = entries.find(id => !gone.has(id) && !byKey.has(`service:${id}`));
  if (orphan !== undefined)
    throw new AppError('INPUT_INVALID', `The entry "${orphan}" belongs to no service of the register.`);
  yield;
  const summaries = all.map(({ summary }) => summary);
  const everyAgency = [...agencies.values()];
  const whole = keepingLast(key => byKey.get(key)?.whole());
  const knowledge: Knowledge = {
    version,
    topic: ref => whole(keyOf(ref)),
    topics: () => summaries,
    agency: id => agencies.get(id),
    agencies: () => everyAgency,
  };
  return { knowledge, all };
}

/** One immutable version of the register, ready to be asked. Throws when rows point to nothing. */
export function publish(register: Register, version = hashOf(register)): WholeKnowledge {
  const { knowledge, all } = atOnce(publishing(register, version, nothing));
  const topics = all.map(({ whole }) => whole());
  return { ...knowledge, topics: () => topics };
}

/** The same with what editors published, which stays packed; lets others go first at every `pause`. */
export async function publishOver(
  register: Register,
  overlay: Overlay,
  version: string,
  pause: () => Promise<unknown>,
): Promise<Knowledge> {
  return (await inSteps(publishing(register, version, overlay), pause)).knowledge;
}
