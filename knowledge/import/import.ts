import type { Officer } from '../../core';
import { type Entries, type Surroundings, checkEntry, entryDiff } from '../editing';
import { type Entry, entrySchema } from '../schema';
import { type Candidate, type FileProblem, readEntries } from './read';

export interface ImportReport {
  readonly dryRun: boolean;
  readonly rows: number;
  /** Ids of entries that get (in a dry run: would get) a new draft. */
  readonly changed: readonly string[];
  readonly unchanged: number;
  readonly problems: readonly FileProblem[];
}

/** More than these nobody mends in one go. */
const mostProblems = 1_000;

interface Change {
  readonly entry: Entry;
  readonly base: number;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What the save itself sets is no difference. */
const settled = (entry: Entry): Entry => ({ ...entry, status: 'draft', writtenAt: '2000-01-01' });

/** Every problem of a file at once; with any of them nothing is changed, in a dry run never. */
export function createEntryImport(
  entries: Entries,
): (file: Buffer, officer: Officer, dryRun: boolean, why: string) => Promise<ImportReport> {
  async function changeOf(entry: Entry, officer: Officer): Promise<Change | undefined> {
    const known = (await entries.agencyOf(entry.id)) !== undefined;
    const [view, before] = known
      ? await Promise.all([entries.view(entry.id, officer), entries.content(entry.id, officer)])
      : [undefined, undefined];
    const same = before !== undefined && entryDiff(settled(before), settled(entry)).length === 0;
    return same ? undefined : { entry, base: view?.revision ?? 0 };
  }

  /** An entry of the officer's agency, sound in itself and beside the others of its file. */
  async function checked(
    candidate: Candidate,
    around: Surroundings,
    officer: Officer,
    problem: (field: string, what: string) => void,
  ): Promise<Entry | undefined> {
    const agencyId = await entries.agencyOf(candidate.id);
    const mine = agencyId !== undefined && entries.mayEdit(officer, agencyId);
    const before = mine ? await entries.content(candidate.id, officer) : undefined;
    const content =
      before && isObject(candidate.content)
        ? {
            // Sheets have no column for rules; what a file does not name stays.
            ...(before.entitlement === undefined ? {} : { entitlement: before.entitlement }),
            ...candidate.content,
            ...(candidate.keepsQuestions ? { questions: before.questions } : {}),
          }
        : candidate.content;
    const read = checkEntry(content, around);
    if (!('entry' in read)) {
      for (const each of read.problems) problem(each.field, each.problem);
      return undefined;
    }
    const owner = agencyId ?? read.entry.register?.agencyId;
    if (owner === undefined)
      problem('register.nameTh', 'ไม่มีบริการรหัสนี้ในทะเบียน ต้องบอกชื่อและหน่วยงาน (not in the register)');
    else if (!entries.mayEdit(officer, owner)) problem('id', 'อยู่นอกหน่วยงานของคุณ (belongs to another agency)');
    return read.entry;
  }

  return async (file, officer, dryRun, why) => {
    const { candidates, problems: unreadable } = await readEntries(file);
    const problems: FileProblem[] = [...unreadable];
    // Rows of the file may point to one another.
    const ids = new Set(candidates.map(({ id }) => id));
    const readable = candidates.flatMap(({ id, content }) => {
      const parsed = entrySchema.safeParse(content);
      return parsed.success ? [[id, parsed.data] as const] : [];
    });
    const beside = entries.surroundings(new Map(readable));
    const around = { ...beside, hasService: (id: string) => ids.has(id) || beside.hasService(id) };
    const seen = new Set<string>();
    const sound: { readonly entry: Entry; readonly candidate: Candidate }[] = [];
    for (const candidate of unreadable.length > 0 ? [] : candidates) {
      const problem = (field: string, what: string): void =>
        void problems.push({ ...candidate.place(field), problem: what });
      if (seen.has(candidate.id)) problem('id', 'รหัสนี้มีมากกว่าหนึ่งแถว (twice in the file)');
      seen.add(candidate.id);
      const entry = await checked(candidate, around, officer, problem);
      if (entry) sound.push({ entry, candidate });
    }
    const changes: Change[] = [];
    if (problems.length === 0)
      for (const { entry } of sound) {
        const change = await changeOf(entry, officer);
        if (change) changes.push(change);
      }
    const report = {
      dryRun,
      rows: candidates.length,
      changed: changes.map(({ entry }) => entry.id),
      unchanged: problems.length > 0 ? candidates.length : candidates.length - changes.length,
      problems: problems.slice(0, mostProblems),
    };
    if (!dryRun)
      for (const { entry, base } of changes)
        await entries.save(entry.id, { base, content: entry, why }, officer);
    return report;
  };
}
