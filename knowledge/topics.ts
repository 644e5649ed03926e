import type { Agency, Localised, Topic, TopicSummary } from '../core';
import { type EntryHead, sitesOf } from './packed';
import type { AgencyRow, ComplaintRow, Entry, HotlineRow, PublicHotline, ServiceRow } from './schema';

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

export function agencyOf(row: AgencyRow): Agency {
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
    sites: sitesOf(entry.links),
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

export function serviceTopic(row: ServiceRow, agency: Agency, entry: Entry | undefined): Topic {
  const { category, kind: serviceKind, targetGroups, lifeStages } = row;
  const topic: Topic = { ...bare('service', row, agency), category, serviceKind, targetGroups, lifeStages };
  return entry ? withEntry(topic, entry) : topic;
}

/** How a packed entry stands in lists. */
export function packedSummary(
  row: ServiceRow,
  agency: Agency,
  entry: EntryHead & Pick<Entry, 'status'>,
): TopicSummary {
  const { nameTh, nameEn, category, kind: serviceKind, targetGroups, lifeStages } = row;
  const { id, name, synonyms, phones, sites, writtenAt, status } = entry;
  return {
    kind: 'service',
    id,
    officialName: both(nameTh, nameEn),
    name,
    synonyms,
    agencyId: agency.id,
    agency: agency.name,
    ministry: agency.ministry,
    category,
    serviceKind,
    targetGroups,
    lifeStages,
    phones,
    sites,
    writtenAt,
    status,
  };
}

export function hotlineTopic(row: HotlineRow, agency: Agency): Topic {
  const number = correctedNumbers[row.id] ?? row.number;
  const topic = bare('hotline', row, agency);
  return number ? { ...topic, phones: [{ number, label: topic.name }] } : topic;
}

/** A public number as a topic. It belongs to no agency of the register; whose it is stands in words. */
export function publicHotlineTopic(row: PublicHotline): Topic {
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

export const complaintTopic = (row: ComplaintRow, agency: Agency): Topic => ({
  ...bare('complaint', row, agency),
  synonyms: { th: row.topics },
});
