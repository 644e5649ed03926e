import { AppError, type Clock, type Draft, type Officer, bangkokIsoDate } from '../../core';
import type { Entries } from './entries';
import { type Contents, type LiveState, type ReadContents, changeLive, readLive } from './live';
import type { Author, EditingCollections, Effect, Manifest, Publication } from './records';
import { shippedManifest } from './compose';

/** A publication to prepare: what it says, and what it was said on. */
export interface Prepared {
  /** Key of the model it needs; absent: the one we ship. */
  readonly model?: string;
  readonly effect?: { readonly before: Effect; readonly after: Effect };
}

/** Makes everything a publication needs; what it makes may be made again. */
export type Prepare = (candidate: {
  readonly manifest: Manifest;
  readonly contents: Contents;
  /** Measures what it would change, even where no model has to be trained. */
  readonly trial: boolean;
}) => Promise<Prepared>;

export interface Publications {
  list(limit: number): Promise<readonly Publication[]>;
  get(number: number): Promise<Publication>;
  /** Begins a publication of approved entries, or a trial of whatever is saved. */
  begin(
    given: { readonly entries: readonly string[]; readonly why: string; readonly trial: boolean },
    officer: Officer,
  ): Promise<Publication>;
  /** What was planned for now, in the name of those who approved it. */
  beginPlanned(): Promise<Publication | undefined>;
  /** Back to what answered before the last publication. */
  undo(why: string, officer: Officer): Promise<Publication>;
  /** Does the work of a publication that was begun; may be called again and by anybody. */
  run(number: number): Promise<void>;
  /** Publications that wait for somebody to prepare them. */
  waiting(): Promise<readonly number[]>;
}

export interface PublicationParts {
  readonly collections: EditingCollections;
  readonly entries: Entries;
  readonly clock: Clock;
  readonly live: () => LiveState;
  readonly contents: ReadContents;
  readonly prepare: Prepare;
  /** Called with its number when there is work, and without when something went live. */
  readonly onBegun: (number: number) => void;
  readonly onLive: () => void;
}

/** Training takes half a minute on a slow machine; whoever does not come back by then was cut off. */
const leaseMs = 3 * 60 * 1000;
const mostAttempts = 3;
const mostEntries = 50_000;

const numberOf = ({ number }: { readonly number: number }): number => number;

/** Versions of the register: prepared aside, then switched to by one compare-and-set that everybody follows. */
export function createPublications(parts: PublicationParts): Publications {
  const { collections, entries, clock } = parts;
  const { publications } = collections;

  async function newest(limit: number): Promise<readonly Publication[]> {
    return (await publications.scan({ index: 'number', limit, descending: true })).records;
  }

  async function insert(
    given: Pick<Publication, 'base' | 'manifest' | 'changes' | 'trial' | 'by' | 'why'>,
  ): Promise<Publication> {
    const now = clock();
    for (;;) {
      const last = await newest(1);
      const number = (last[0]?.number ?? 0) + 1;
      const draft: Draft<Publication> = {
        ...given,
        ...{ id: String(number), number, state: 'preparing', at: now, leaseUntil: now, attempts: 0 },
      };
      if (await publications.insert(draft)) {
        parts.onBegun(number);
        return { ...draft, version: 1 };
      }
    }
  }

  /** The register as it answers now with these entries as they were approved (or, for a trial, saved). */
  async function withChanges(ids: readonly string[], base: Manifest, trial: boolean): Promise<Manifest> {
    const changed = new Map(Object.entries(base.entries));
    const reviewed = new Map(Object.entries(base.reviewed));
    const archived = new Set(base.archived);
    for (const id of ids) {
      const record = await collections.entries.get(id);
      if (!record || record.state === 'shipped' || (!trial && record.state !== 'approved'))
        throw new AppError('CONFLICT', `The entry "${id}" is not approved by a second person yet.`);
      reviewed.delete(id);
      if (record.archive) {
        changed.delete(id);
        archived.add(id);
        continue;
      }
      archived.delete(id);
      changed.set(id, record.revision);
      if (record.approval?.own === true) reviewed.set(id, bangkokIsoDate(record.approval.at));
    }
    return {
      entries: Object.fromEntries(changed),
      reviewed: Object.fromEntries(reviewed),
      archived: [...archived].sort(),
    };
  }

  async function refuseSecond(): Promise<void> {
    const busy = (await newest(20)).find(each => each.state === 'preparing' && !each.trial);
    if (busy)
      throw new AppError(
        'CONFLICT',
        `Publication ${busy.number} is being prepared; publish when it is done.`,
      );
  }

  async function beginAs(
    ids: readonly string[],
    given: { readonly why: string; readonly trial: boolean; readonly by: Author },
  ): Promise<Publication> {
    if (!given.trial) await refuseSecond();
    const now = await readLive(collections, parts.live(), parts.contents);
    const manifest = await withChanges(ids, now.manifest, given.trial);
    return insert({ ...given, base: now.number, manifest, changes: ids });
  }

  async function mayAll(ids: readonly string[], officer: Officer): Promise<void> {
    for (const id of ids) {
      const agencyId = await entries.agencyOf(id);
      if (agencyId === undefined || !entries.mayEdit(officer, agencyId))
        throw new AppError('NOT_FOUND', `There is no entry "${id}" that you may publish.`);
    }
  }

  async function found(number: number): Promise<Publication> {
    const publication = await publications.get(String(number));
    if (!publication) throw new AppError('NOT_FOUND', `There is no publication ${number}.`);
    return publication;
  }

  /** Ends the preparation; somebody else who ended it first is right too. */
  async function end(leased: Publication, change: Partial<Publication>): Promise<void> {
    await publications.replace({ ...leased, ...change, readyAt: clock() });
  }

  async function switchTo(leased: Publication, prepared: Prepared): Promise<void> {
    // The model is named before the switch: whoever follows the switch must find it.
    const ready = { ...leased, ...prepared };
    if (!(await publications.replace(ready))) return;
    const stored = { ...ready, version: ready.version + 1 };
    let overtaken = 0;
    await changeLive(collections, record => {
      if (record.publication === stored.number) return undefined;
      overtaken = record.publication === stored.base ? 0 : record.publication;
      return overtaken > 0 || record.publication !== stored.base
        ? undefined
        : { ...record, publication: stored.number };
    });
    const live = await collections.live.get('live');
    if (live?.publication === stored.number) {
      await end(stored, { state: 'live' });
      parts.onLive();
    } else {
      await end(stored, { state: 'failed', failure: `publication ${overtaken} came first; publish again` });
    }
  }

  return {
    list: newest,
    get: found,
    async begin({ entries: ids, why, trial }, officer) {
      const wanted = [...new Set(ids)];
      if (wanted.length === 0 || wanted.length > mostEntries)
        throw new AppError('INPUT_INVALID', 'Name the entries to publish.');
      await mayAll(wanted, officer);
      const { id, name, agencyId } = officer;
      return beginAs(wanted, { why, trial, by: { id, name, agencyId } });
    },
    async beginPlanned() {
      const due = await collections.entries.scan({ index: 'planned', to: clock() + 1, limit: 500 });
      const { manifest } = await readLive(collections, parts.live(), parts.contents);
      const ready = due.records.filter(each =>
        each.archive ? !manifest.archived.includes(each.id) : manifest.entries[each.id] !== each.revision,
      );
      const by = ready[0]?.approval?.by;
      if (!by || (await newest(20)).some(each => each.state === 'preparing' && !each.trial)) return undefined;
      return beginAs(
        ready.map(each => each.id),
        { by, why: 'planned', trial: false },
      );
    },
    async undo(why, officer) {
      await refuseSecond();
      const now = await readLive(collections, parts.live(), parts.contents);
      if (now.number === 0) throw new AppError('CONFLICT', 'Nothing was published that could be taken back.');
      const last = await found(now.number);
      await mayAll(last.changes, officer);
      const before = last.base === 0 ? shippedManifest : (await found(last.base)).manifest;
      const { id, name, agencyId } = officer;
      const by = { id, name, agencyId };
      return insert({ base: now.number, manifest: before, changes: last.changes, trial: false, by, why });
    },
    async run(number) {
      const waiting = await publications.get(String(number));
      const now = clock();
      if (waiting?.state !== 'preparing' || waiting.leaseUntil > now) return;
      const leased = { ...waiting, leaseUntil: now + leaseMs, attempts: waiting.attempts + 1 };
      if (!(await publications.replace(leased))) return;
      const mine = { ...leased, version: leased.version + 1 };
      if (mine.attempts > mostAttempts) {
        await end(mine, { state: 'failed', failure: 'it did not end in three attempts' });
        return;
      }
      let prepared: Prepared;
      try {
        const contents = await parts.contents(mine.manifest);
        prepared = await parts.prepare({ manifest: mine.manifest, contents, trial: mine.trial });
      } catch (error) {
        await end(mine, { state: 'failed', failure: error instanceof Error ? error.message : String(error) });
        return;
      }
      if (mine.trial) await end(mine, { ...prepared, state: 'tried' });
      else await switchTo(mine, prepared);
    },
    async waiting() {
      const due = await publications.scan({ index: 'preparing', to: clock() + 1, limit: 20 });
      return due.records.map(numberOf);
    },
  };
}
