import { createHash } from 'node:crypto';
import { type Agency, AppError, type Knowledge, type Localised, type Topic, type TopicRef } from '../core';
import type { AgencyRow, ComplaintRow, Entry, HotlineRow, PublicHotline, ServiceRow } from './schema';

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

/** The roadmap's document is of this day; see data/catalogue. */
const catalogueDate = '2021-01-27';
const catalogueSource = 'แผนแม่บทพอร์ทัลกลางเพื่อประชาชน (Citizen Portal Roadmap) ฉบับ 27 มกราคม 2564';

/** The roadmap prints another number for the mental-health hotline; the department's is 1323 today. */
const correctedNumbers: Readonly<Record<string, string>> = { 'h-07': '1323' };

/** Public numbers were gathered and compared on this day; see data/hotlines.json. */
const publicHotlineDate = '2026-11-24';
const publicHotlineSource = 'หมายเลขฉุกเฉินและสายด่วนของรัฐที่เผยแพร่ทั่วไป';

const none: Localised<readonly string[]> = { th: [] };
const both = (th: string, en: string): Localised => ({ th, en });

/** A roadmap name without what stands in brackets: short enough for a button. */
const shortName = (name: string): string => name.replace(/\s*\([^)]*\)/gu, '').trim() || name;

function agencyOf(row: AgencyRow): Agency {
  return {
    id: row.id,
    name: both(row.nameTh, row.nameEn),
    ministry: both(row.ministryTh, row.ministryEn),
    ...(row.abbrTh ? { abbreviation: row.abbrTh } : {}),
  };
}

/** What every topic of the register has, before somebody wrote an entry. */
function bare(
  kind: Topic['kind'],
  row: { id: string; nameTh: string; nameEn: string },
  agency: Agency,
): Topic {
  return {
    kind,
    id: row.id,
    officialName: both(row.nameTh, row.nameEn),
    name: both(shortName(row.nameTh), shortName(row.nameEn)),
    synonyms: none,
    agencyId: agency.id,
    agency: agency.name,
    ministry: agency.ministry,
    targetGroups: [],
    lifeStages: [],
    eligibility: none,
    documents: none,
    where: none,
    steps: none,
    phones: [],
    links: [],
    connection: 0,
    related: [],
    incompatible: [],
    standing: { state: 'unsure' },
    questions: [],
    source: catalogueSource,
    writtenAt: catalogueDate,
    status: 'draft',
  };
}

function withEntry(topic: Topic, entry: Entry): Topic {
  const { register: _register, phrases: _phrases, entitlement: _entitlement, ...content } = entry;
  const { hours, fee, duration, readAloud, sensitivity, standing, criteria, signVideo, forms, ...rest } =
    content;
  return {
    ...topic,
    ...rest,
    standing: standing.note ? { state: standing.state, note: standing.note } : { state: standing.state },
    ...(hours ? { hours } : {}),
    ...(fee ? { fee } : {}),
    ...(duration ? { duration } : {}),
    ...(readAloud ? { speak: readAloud } : {}),
    ...(sensitivity ? { sensitivity } : {}),
    ...(forms ? { forms } : {}),
    ...(criteria ? { criteria } : {}),
    ...(signVideo ? { signVideo } : {}),
  };
}

function serviceTopic(row: ServiceRow, agency: Agency, entry: Entry | undefined): Topic {
  const { category, kind: serviceKind, targetGroups, lifeStages } = row;
  const topic: Topic = { ...bare('service', row, agency), category, serviceKind, targetGroups, lifeStages };
  return entry ? withEntry(topic, entry) : topic;
}

function hotlineTopic(row: HotlineRow, agency: Agency): Topic {
  const number = correctedNumbers[row.id] ?? row.number;
  const topic = bare('hotline', row, agency);
  return number ? { ...topic, phones: [{ number, label: topic.name }] } : topic;
}

/** A public number as a topic. It belongs to no agency of the register; whose it is stands in words. */
function publicHotlineTopic(row: PublicHotline): Topic {
  const number = both(row.number, row.number);
  const blank = { id: row.id, name: row.agency, ministry: row.agency };
  return {
    ...bare('hotline', { id: row.id, nameTh: row.name.th, nameEn: row.name['en'] ?? row.name.th }, blank),
    synonyms: { th: [number.th] },
    phones: [{ number: row.number, label: row.name }],
    source: publicHotlineSource,
    writtenAt: publicHotlineDate,
  };
}

const hashOf = (register: Register): string =>
  createHash('sha256').update(JSON.stringify(register)).digest('hex').slice(0, 12);

/** One immutable version of the register, ready to be asked. Throws when rows point to nothing. */
export function publish(register: Register, version = hashOf(register)): Knowledge {
  const agencies = new Map(register.agencies.map(row => [row.id, agencyOf(row)]));
  const entries = new Map(register.entries.map(entry => [entry.id, entry]));
  const agency = (id: string, of: string): Agency => {
    const found = agencies.get(id);
    if (!found)
      throw new AppError('INPUT_INVALID', `${of} names the agency "${id}", which is not in the register.`);
    return found;
  };
  const outside = register.entries.flatMap(entry =>
    entry.register ? [{ id: entry.id, ...entry.register }] : [],
  );
  const roadmapHotlines = register.hotlines.map(row => hotlineTopic(row, agency(row.agencyId, row.id)));
  const listed = new Set(roadmapHotlines.flatMap(topic => topic.phones.map(phone => phone.number)));
  const topics: readonly Topic[] = [
    ...[...register.services, ...outside].map(row =>
      serviceTopic(row, agency(row.agencyId, row.id), entries.get(row.id)),
    ),
    ...register.complaints.map(row => ({
      ...bare('complaint', row, agency(row.agencyId, row.id)),
      synonyms: { th: row.topics },
    })),
    ...roadmapHotlines,
    ...register.publicHotlines.filter(row => !listed.has(row.number)).map(publicHotlineTopic),
  ];
  const keyOf = (ref: TopicRef): string => `${ref.kind}:${ref.id}`;
  const byKey = new Map(topics.map(topic => [keyOf(topic), topic]));
  const orphan = register.entries.find(entry => !byKey.has(`service:${entry.id}`));
  if (orphan)
    throw new AppError('INPUT_INVALID', `The entry "${orphan.id}" belongs to no service of the register.`);
  return {
    version,
    topic: ref => byKey.get(keyOf(ref)),
    topics: () => topics,
    agency: id => agencies.get(id),
    agencies: () => [...agencies.values()],
  };
}
