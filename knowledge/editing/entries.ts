import { AppError, type Clock, type Draft, type Officer } from '../../core';
import type { Register } from '../register';
import type { AgencyRow, Entry } from '../schema';
import { type Problem, type Surroundings, checkEntry } from './checks';
import { type FieldChange, entryDiff } from './diff';
import type { Contents } from './live';
import type { Author, EditingCollections, EntryRecord, Manifest, Revision } from './records';

/** Where an entry stands, as its editors see it. */
export type EntryState = EntryRecord['state'] | 'published' | 'archived';

export interface EntryView {
  readonly id: string;
  readonly agencyId: string;
  readonly name: string;
  readonly state: EntryState;
  /** 0: nobody touched what we ship. */
  readonly revision: number;
  readonly publishedRevision: number;
  readonly reviewed: boolean;
  readonly archive: boolean;
  readonly author?: Author;
  readonly approval?: EntryRecord['approval'];
  readonly refusal?: EntryRecord['refusal'];
  readonly publishAt?: number;
  readonly expiresAt?: number;
  readonly reviewAt?: number;
  readonly changedAt?: number;
}

/** When things are to happen to an entry; `null` takes a moment back. */
export interface Plan {
  readonly publishAt?: number | null | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly reviewAt?: number | null | undefined;
}

export interface Entries {
  /** Everything the officer may edit, by id. */
  list(officer: Officer): Promise<readonly EntryView[]>;
  view(id: string, officer: Officer): Promise<EntryView>;
  /** The agencies whose entries the officer may write, by name. */
  agencies(officer: Officer): readonly Pick<AgencyRow, 'id' | 'nameTh' | 'nameEn'>[];
  /** What is being worked on, else what answers now; `undefined` where only the catalogue's row is known. */
  content(id: string, officer: Officer, revision?: number): Promise<Entry | undefined>;
  revisions(id: string, officer: Officer): Promise<readonly Revision[]>;
  diff(id: string, officer: Officer, from: number, to: number): Promise<readonly FieldChange[]>;
  /** `problems` names what stands in the way; then nothing is saved. `base` is the revision that was edited. */
  save(
    id: string,
    edit: { readonly base: number; readonly content: unknown; readonly why: string },
    officer: Officer,
  ): Promise<{ readonly revision: number } | { readonly problems: readonly Problem[] }>;
  submit(id: string, officer: Officer): Promise<EntryView>;
  /** Somebody other than the author. */
  review(
    id: string,
    verdict: { readonly approve: boolean; readonly why: string },
    officer: Officer,
  ): Promise<EntryView>;
  /** Asks that the entry leave the register; a second person approves that too. */
  archive(id: string, why: string, officer: Officer): Promise<EntryView>;
  restore(id: string, revision: number, why: string, officer: Officer): Promise<EntryView>;
  plan(id: string, plan: Plan, officer: Officer): Promise<EntryView>;
  /** The agency of an entry, if there is such a service; whoever may edit it is asked of `mayEdit`. */
  agencyOf(id: string): Promise<string | undefined>;
  mayEdit(officer: Pick<Officer, 'role' | 'agencyId'>, agencyId: string): boolean;
  surroundings(extra?: ReadonlyMap<string, Entry>): Surroundings;
}

export interface EntryParts {
  readonly collections: EditingCollections;
  readonly shipped: Register;
  /** Its editors help out where an agency has none of its own; that alone makes no answer reviewed. */
  readonly operatorAgencyId: string;
  readonly clock: Clock;
  /** What answers now. */
  readonly manifest: () => Manifest;
  readonly published: () => Contents;
  /** What rules of entitlement may look at. */
  readonly facts: Surroundings['facts'];
}

type Head = Pick<Entry, 'register' | 'name'>;

const pageSize = 500;
const mostRevisions = 200;

const authorOf = ({ id, name, agencyId }: Officer): Author => ({ id, name, agencyId });
const notThere = (id: string): AppError =>
  new AppError('NOT_FOUND', `There is no entry "${id}" that you may edit.`);
const tooLate = (): AppError =>
  new AppError('CONFLICT', 'Somebody changed this entry meanwhile; look at it again and repeat your change.');

/** The record with these dates; what the plan does not name stays. */
function planned({ publishAt, expiresAt, reviewAt, ...rest }: EntryRecord, plan: Plan): EntryRecord {
  if (rest.state === 'shipped' && typeof plan.publishAt === 'number')
    throw new AppError('CONFLICT', 'Nothing was changed at this entry that could be published.');
  const publish = plan.publishAt === undefined ? publishAt : plan.publishAt;
  const expire = plan.expiresAt === undefined ? expiresAt : plan.expiresAt;
  const review = plan.reviewAt === undefined ? reviewAt : plan.reviewAt;
  return {
    ...rest,
    ...(typeof publish === 'number' ? { publishAt: publish } : {}),
    ...(typeof expire === 'number' ? { expiresAt: expire } : {}),
    ...(typeof review === 'number' ? { reviewAt: review } : {}),
  };
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Entries from draft to approved: every step is one compare-and-set, and no one approves what they wrote. */
export function createEntries(parts: EntryParts): Entries {
  const { collections, shipped, clock } = parts;
  const rows = new Map(shipped.services.map(row => [row.id, row]));
  const shippedEntries = new Map(shipped.entries.map(entry => [entry.id, entry]));
  /** An entry may point to a hotline or a complaint channel as well. */
  const others = new Set(
    [...shipped.complaints, ...shipped.hotlines, ...shipped.publicHotlines].map(row => row.id),
  );
  const agencies = new Set(shipped.agencies.map(agency => agency.id));

  const headOf = (id: string): Head | undefined => parts.published().get(id)?.head ?? shippedEntries.get(id);
  const answering = (id: string): Entry | undefined =>
    parts.published().get(id)?.content() ?? shippedEntries.get(id);
  const rowAgency = (id: string, content: Pick<Entry, 'register'> | undefined): string | undefined =>
    rows.get(id)?.agencyId ?? content?.register?.agencyId;
  const mayEdit: Entries['mayEdit'] = (officer, agencyId) =>
    officer.role === 'admin' || [agencyId, parts.operatorAgencyId].includes(officer.agencyId);

  async function agencyOf(id: string): Promise<string | undefined> {
    return rowAgency(id, headOf(id)) ?? (await collections.entries.get(id))?.agencyId;
  }

  function viewOf(id: string, agencyId: string, record: EntryRecord | undefined): EntryView {
    const manifest = parts.manifest();
    const publishedRevision = manifest.entries[id] ?? 0;
    const head = headOf(id);
    const gone = manifest.archived.includes(id);
    const base = {
      ...{ id, agencyId, publishedRevision },
      reviewed: manifest.reviewed[id] !== undefined,
    };
    if (!record)
      return {
        ...base,
        name: head?.name.th ?? rows.get(id)?.nameTh ?? id,
        state: gone ? 'archived' : 'shipped',
        revision: 0,
        archive: false,
      };
    const { version: _version, state, ...rest } = record;
    const isPublished = state === 'approved' && publishedRevision === record.revision;
    const isGone = state === 'approved' && gone && record.archive;
    return { ...rest, ...base, state: isGone ? 'archived' : isPublished ? 'published' : state };
  }

  async function own(
    id: string,
    officer: Officer,
  ): Promise<{ agencyId: string; record: EntryRecord | undefined }> {
    const record = await collections.entries.get(id);
    const agencyId = record?.agencyId ?? rowAgency(id, headOf(id));
    if (agencyId === undefined || !mayEdit(officer, agencyId)) throw notThere(id);
    return { agencyId, record };
  }

  async function view(id: string, officer: Officer): Promise<EntryView> {
    const { agencyId, record } = await own(id, officer);
    return viewOf(id, agencyId, record);
  }

  const contentAt = async (id: string, revision: number): Promise<Entry | undefined> =>
    revision === 0 ? shippedEntries.get(id) : (await collections.revisions.get(`${id}/${revision}`))?.content;

  const surroundings: Entries['surroundings'] = extra => ({
    hasAgency: id => agencies.has(id),
    hasService: id => rows.has(id) || others.has(id) || headOf(id) !== undefined || (extra?.has(id) ?? false),
    facts: parts.facts,
    successorOf: id => (extra?.get(id) ?? answering(id))?.standing.successor,
  });

  /** A further revision of the entry; the record points to it, or somebody was faster and it is taken back. */
  async function write(
    record: EntryRecord | undefined,
    next: Pick<EntryRecord, 'agencyId' | 'archive'> & { readonly content: Entry; readonly why: string },
    officer: Officer,
  ): Promise<number> {
    const { content, why, agencyId, archive } = next;
    const [author, now] = [authorOf(officer), clock()];
    let revision = (record?.revision ?? 0) + 1;
    const saved = { entryId: content.id, content, author, at: now, why };
    while (!(await collections.revisions.insert({ id: `${content.id}/${revision}`, revision, ...saved }))) {
      if (!record || (await collections.entries.get(content.id))?.version !== record.version) throw tooLate();
      revision += 1;
    }
    const plan = record && {
      ...(record.expiresAt === undefined ? {} : { expiresAt: record.expiresAt }),
      ...(record.reviewAt === undefined ? {} : { reviewAt: record.reviewAt }),
    };
    const draft: Draft<EntryRecord> = {
      ...plan,
      ...{ id: content.id, agencyId, name: content.name.th, state: 'draft', revision, author, archive },
      changedAt: now,
    };
    const written = record
      ? await collections.entries.replace({ ...draft, version: record.version })
      : await collections.entries.insert(draft);
    if (written) return revision;
    await collections.revisions.delete(`${content.id}/${revision}`);
    throw tooLate();
  }

  /** One step of a record that is there. */
  async function step(
    id: string,
    officer: Officer,
    change: (record: EntryRecord) => EntryRecord,
  ): Promise<EntryView> {
    const { agencyId, record } = await own(id, officer);
    if (!record) throw new AppError('CONFLICT', 'Nothing was changed at this entry yet; edit it first.');
    const next = { ...change(record), changedAt: clock() };
    if (!(await collections.entries.replace(next))) throw tooLate();
    return viewOf(id, agencyId, next);
  }

  return {
    mayEdit,
    agencies: officer => shipped.agencies.filter(({ id }) => mayEdit(officer, id)),
    agencyOf,
    surroundings,
    view,
    async list(officer) {
      const found = new Map<string, EntryRecord>();
      let after: string | undefined;
      do {
        const page = await collections.entries.scan({
          index: 'id',
          limit: pageSize,
          ...(after ? { after } : {}),
        });
        for (const record of page.records) found.set(record.id, record);
        after = page.cursor;
      } while (after !== undefined);
      const ids = new Set([
        ...rows.keys(),
        ...shippedEntries.keys(),
        ...parts.published().keys(),
        ...found.keys(),
      ]);
      return [...ids].sort().flatMap(id => {
        const record = found.get(id);
        const agencyId = record?.agencyId ?? rowAgency(id, headOf(id));
        return agencyId !== undefined && mayEdit(officer, agencyId) ? [viewOf(id, agencyId, record)] : [];
      });
    },
    async content(id, officer, revision) {
      const { record } = await own(id, officer);
      if (revision !== undefined) return contentAt(id, revision);
      return record ? contentAt(id, record.revision) : answering(id);
    },
    async revisions(id, officer) {
      await own(id, officer);
      const scan = { index: 'entry', prefix: [id], limit: mostRevisions, descending: true };
      return (await collections.revisions.scan(scan)).records;
    },
    async diff(id, officer, from, to) {
      await own(id, officer);
      const [before, after] = await Promise.all([contentAt(id, from), contentAt(id, to)]);
      if (!after) throw new AppError('NOT_FOUND', `The entry "${id}" has no revision ${to}.`);
      return entryDiff(before, after);
    },
    async save(id, { base, content, why }, officer) {
      const checked = checkEntry(content, surroundings());
      if (!('entry' in checked)) return { problems: checked.problems };
      const entry: Entry = { ...checked.entry, status: 'draft', writtenAt: day(clock()) };
      if (entry.id !== id) return { problems: [{ field: 'id', problem: `must be "${id}"` }] };
      const record = await collections.entries.get(id);
      const agencyId = record?.agencyId ?? rowAgency(id, headOf(id)) ?? rowAgency(id, entry);
      if (agencyId === undefined)
        return {
          problems: [
            { field: 'register', problem: 'ไม่มีบริการรหัสนี้ในทะเบียน ต้องบอกชื่อและหน่วยงาน (register is needed)' },
          ],
        };
      if (!mayEdit(officer, agencyId)) throw notThere(id);
      if (
        entry.register &&
        entry.register.agencyId !== agencyId &&
        !mayEdit(officer, entry.register.agencyId)
      )
        return { problems: [{ field: 'register.agencyId', problem: 'อยู่นอกหน่วยงานของคุณ (another agency)' }] };
      if ((record?.revision ?? 0) !== base) throw tooLate();
      return { revision: await write(record, { agencyId, content: entry, why, archive: false }, officer) };
    },
    submit: (id, officer) =>
      step(id, officer, record => {
        if (record.state !== 'draft')
          throw new AppError('CONFLICT', 'Only a draft can be handed in for review.');
        const { refusal: _refusal, ...rest } = record;
        return { ...rest, state: 'in-review' };
      }),
    review: (id, { approve, why }, officer) =>
      step(id, officer, record => {
        if (record.state !== 'in-review')
          throw new AppError('CONFLICT', 'This entry does not wait for review.');
        if (record.author.id === officer.id)
          throw new AppError('FORBIDDEN', 'Who wrote it cannot review it; ask a colleague.');
        const by = authorOf(officer);
        return approve
          ? {
              ...record,
              state: 'approved',
              approval: { by, at: clock(), own: officer.agencyId === record.agencyId },
            }
          : { ...record, state: 'draft', refusal: { by, at: clock(), why } };
      }),
    async archive(id, why, officer) {
      const { agencyId, record } = await own(id, officer);
      const content = record ? await contentAt(id, record.revision) : answering(id);
      if (!content)
        throw new AppError('CONFLICT', 'This service has no written entry that could be archived.');
      await write(record, { agencyId, content, why, archive: true }, officer);
      return step(id, officer, current => ({ ...current, state: 'in-review' }));
    },
    async restore(id, revision, why, officer) {
      const { agencyId, record } = await own(id, officer);
      const content = await contentAt(id, revision);
      if (!content) throw new AppError('NOT_FOUND', `The entry "${id}" has no revision ${revision}.`);
      await write(
        record,
        { agencyId, content: { ...content, status: 'draft' }, why, archive: false },
        officer,
      );
      return view(id, officer);
    },
    async plan(id, plan, officer) {
      const { agencyId, record } = await own(id, officer);
      if (!record && !headOf(id)) throw new AppError('CONFLICT', 'This service has no written entry yet.');
      if (!record)
        await collections.entries.insert({
          ...{ id, agencyId, name: headOf(id)?.name.th ?? id, state: 'shipped', revision: 0 },
          ...{ author: authorOf(officer), archive: false, changedAt: clock() },
        });
      return step(id, officer, current => planned(current, plan));
    },
  };
}
