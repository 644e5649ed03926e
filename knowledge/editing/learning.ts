import { AppError, type Clock, type Officer } from '../../core';
import type { Entry } from '../schema';
import { type Begun, begin } from './begin';
import type { Entries } from './entries';
import { groupAlike } from './grouping';
import type { Feedback, OpenQuestion, QuestionBook } from './question-book';

export interface QuestionGroup {
  readonly count: number;
  readonly ids: readonly string[];
  readonly examples: readonly string[];
  readonly reasons: readonly OpenQuestion['reason'][];
  readonly topics: readonly string[];
  readonly channels: readonly string[];
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Learning {
  feedback(
    officer: Officer,
    wanted: { readonly topic?: string | undefined; readonly useful?: boolean | undefined },
    limit: number,
  ): Promise<readonly Feedback[]>;
  groups(officer: Officer): Promise<readonly QuestionGroup[]>;
  /** Adds the questions' texts to the ways people ask for an entry, as a new draft of it. */
  asPhrases(
    ids: readonly string[],
    entryId: string,
    officer: Officer,
  ): Promise<{ readonly revision: number; readonly phrases: readonly string[] }>;
  /** Begins an entry for them. */
  asDraft(
    ids: readonly string[],
    begun: Pick<Begun, 'id' | 'name' | 'answer' | 'agencyId' | 'category'>,
    officer: Officer,
  ): Promise<{ readonly revision: number }>;
  dismiss(ids: readonly string[], officer: Officer): Promise<void>;
}

const mostRead = 1_000;
const mostExamples = 5;
const mostPhrases = 500;

/** What editors make of what people told and asked. */
export function createLearning(parts: {
  readonly book: Pick<QuestionBook, 'ratings' | 'questions'>;
  readonly clock: Clock;
  readonly entries: Entries;
}): Learning {
  const { clock, entries } = parts;
  const { ratings, questions } = parts.book;

  async function chosen(ids: readonly string[], officer: Officer): Promise<readonly OpenQuestion[]> {
    const found = await Promise.all([...new Set(ids)].map(id => questions.get(id)));
    const mine = found.filter(each => each !== undefined && entries.mayEdit(officer, each.agencyId));
    if (mine.length === 0)
      throw new AppError('NOT_FOUND', 'There are no such questions that you may work on.');
    return mine as OpenQuestion[];
  }

  async function close(list: readonly OpenQuestion[], state: 'used' | 'dismissed'): Promise<void> {
    for (const each of list) await questions.replace({ ...each, state });
  }

  return {
    async feedback(officer, { topic, useful }, limit) {
      const scan = topic === undefined ? { index: 'at' } : { index: 'topic', prefix: [topic] };
      const { records } = await ratings.scan({ ...scan, limit: mostRead, descending: true });
      return records
        .filter(each => useful === undefined || each.useful === useful)
        .filter(each => entries.mayEdit(officer, each.agencyId))
        .slice(0, limit);
    },
    async groups(officer) {
      const { records } = await questions.scan({ index: 'open', limit: mostRead, descending: true });
      const mine = records.filter(each => entries.mayEdit(officer, each.agencyId));
      return groupAlike(mine, each => each.text).map(group => {
        const times = group.map(each => each.at);
        return {
          count: group.length,
          ids: group.map(each => each.id),
          examples: [...new Set(group.map(each => each.text))].slice(0, mostExamples),
          reasons: [...new Set(group.map(each => each.reason))],
          topics: [...new Set(group.flatMap(each => each.topic ?? []))],
          channels: [...new Set(group.map(each => each.channel))],
          firstAt: Math.min(...times),
          lastAt: Math.max(...times),
        };
      });
    },
    async asPhrases(ids, entryId, officer) {
      const list = await chosen(ids, officer);
      const content = await entries.content(entryId, officer);
      if (!content)
        throw new AppError('CONFLICT', `The entry "${entryId}" has no content yet; write it first.`);
      const known = new Set(content.phrases);
      const added = [...new Set(list.map(each => each.text.slice(0, 300)))].filter(text => !known.has(text));
      const { revision: base } = await entries.view(entryId, officer);
      const edited: Entry = { ...content, phrases: [...known, ...added].slice(0, mostPhrases) };
      const saved = await entries.save(entryId, { base, content: edited, why: 'phrases of people' }, officer);
      if ('problems' in saved)
        throw new AppError(
          'INPUT_INVALID',
          saved.problems.map(({ field, problem }) => `${field}: ${problem}`).join('; '),
        );
      await close(list, 'used');
      return { revision: saved.revision, phrases: added };
    },
    async asDraft(ids, begun, officer) {
      const list = await chosen(ids, officer);
      const content = {
        ...begin({ ...begun, kind: 'info', source: 'คำถามของประชาชนที่ยังไม่มีคำตอบ' }, clock()),
        phrases: [...new Set(list.map(each => each.text.slice(0, 300)))],
      };
      const saved = await entries.save(begun.id, { base: 0, content, why: 'questions of people' }, officer);
      if ('problems' in saved)
        throw new AppError(
          'INPUT_INVALID',
          saved.problems.map(({ field, problem }) => `${field}: ${problem}`).join('; '),
        );
      await close(list, 'used');
      return { revision: saved.revision };
    },
    async dismiss(ids, officer) {
      await close(await chosen(ids, officer), 'dismissed');
    },
  };
}
