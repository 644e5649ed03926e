import type { mongo } from 'mongoose';
import type { Collection, Page, Scan, Stored } from '../../core';
import { type Codec, type Row, wordsOf } from '../codec';
import { cursorOf, encodeText, positionIn, rangeOf } from '../keys';
import {
  type FoundDocument,
  isDuplicate,
  keyField,
  type RowCollection,
  type RowDocument,
  unavailable,
} from './documents';
import { createGroupInsert } from './group-insert';

interface CollectionParts<T extends Stored> {
  readonly codec: Codec<T>;
  readonly documentOf: (row: Row) => RowDocument;
  /** The collection of the open connection; throws when there is none. */
  readonly rows: () => RowCollection;
}

async function asking<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    throw unavailable(error);
  }
}

/** What a scan asks for: its range, and behind the last record of the page before. */
function filterOf(scan: Scan, field: `k_${string}`): mongo.Filter<RowDocument> {
  const range = rangeOf(scan);
  const position = positionIn(range, scan.after);
  if (!position) return { [field]: { $gte: range.from, $lt: range.to } };
  const [key, id] = position;
  return scan.descending
    ? {
        [field]: { $gte: range.from, $lte: key },
        $or: [{ [field]: { $lt: key } }, { [field]: key, _id: { $lt: id } }],
      }
    : {
        [field]: { $gte: key, $lt: range.to },
        $or: [{ [field]: { $gt: key } }, { [field]: key, _id: { $gt: id } }],
      };
}

export function createCollection<T extends Stored>({
  codec,
  documentOf,
  rows,
}: CollectionParts<T>): Collection<T> {
  const insert = createGroupInsert(rows);
  const read = (found: FoundDocument): T => codec.read(found.text, found.revision);

  function find(
    filter: mongo.Filter<RowDocument>,
    sort: Record<string, 1 | -1>,
    limit: number,
    field?: string,
  ): Promise<FoundDocument[]> {
    const projection = { text: 1, revision: 1, ...(field ? { [field]: 1 } : {}) };
    return asking(() =>
      rows().find(filter).project<FoundDocument>(projection).sort(sort).limit(limit).toArray(),
    );
  }

  async function replace(record: T): Promise<boolean> {
    const document = documentOf(codec.next(record));
    try {
      const result = await rows().replaceOne({ _id: document._id, version: record.version }, document);
      return result.matchedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw unavailable(error);
    }
  }

  async function scan(wanted: Scan): Promise<Page<T>> {
    if (!codec.indexNames.includes(wanted.index))
      throw new TypeError(`"${codec.name}" has no index "${wanted.index}"`);
    const field = keyField(wanted.index);
    const direction = wanted.descending ? -1 : 1;
    const found = await find(
      filterOf(wanted, field),
      { [field]: direction, _id: direction },
      wanted.limit,
      field,
    );
    const last = found.at(-1);
    const records = found.map(read);
    return last && found.length === wanted.limit
      ? { records, cursor: cursorOf([last[field] ?? '', last._id]) }
      : { records };
  }

  return {
    insert: async draft => insert(documentOf(codec.first(draft))),
    async get(id) {
      const _id = encodeText(id);
      const found = await asking(() =>
        rows().findOne<FoundDocument>({ _id }, { projection: { text: 1, revision: 1 } }),
      );
      return found ? read(found) : undefined;
    },
    replace,
    async delete(id, version) {
      const _id = encodeText(id);
      const result = await asking(() => rows().deleteOne(version === undefined ? { _id } : { _id, version }));
      return result.deletedCount === 1;
    },
    scan,
    async search(terms, { limit, before }) {
      if (!codec.isSearched) throw new TypeError(`"${codec.name}" has no search`);
      const words = wordsOf(terms);
      if (words.length === 0) return [];
      const filter = { words: { $all: words }, ...(before === undefined ? {} : { order: { $lt: before } }) };
      return (await find(filter, { order: -1, _id: -1 }, limit)).map(read);
    },
  };
}
