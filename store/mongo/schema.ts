import type { mongo } from 'mongoose';
import type { CollectionDefinition, Stored } from '../../core';
import type { Codec, Row } from '../codec';
import { checkFormat, dataFormat, type Layout, needsFill, writeLayout } from '../layout';
import {
  type FoundDocument,
  isDuplicate,
  keyField,
  type MetaDocument,
  type RowCollection,
  type RowDocument,
} from './documents';

type Meta = mongo.Collection<MetaDocument>;

/** The dot keeps it apart from declared collections, whose names have none. */
const metaCollection = 'thamrat.meta';

async function insertOnce(meta: Meta, document: MetaDocument): Promise<void> {
  try {
    await meta.insertOne(document);
  } catch (error) {
    // Another process was faster, with the same words.
    if (!isDuplicate(error)) throw error;
  }
}

/** Opens what the database remembers of itself, and refuses what a newer program wrote. */
export async function openMeta(db: mongo.Db): Promise<Meta> {
  const meta = db.collection<MetaDocument>(metaCollection);
  await insertOnce(meta, { _id: 'format', value: String(dataFormat) });
  const format = await meta.findOne({ _id: 'format' });
  checkFormat(Number(format?.value));
  return meta;
}

/** Unique and plain indexes differ in name, so that a change of kind is a new index. */
function indexesOf<T extends Stored>(definition: CollectionDefinition<T>): mongo.IndexDescription[] {
  const unique = definition.unique ?? [];
  const indexes = Object.keys(definition.indexes ?? {}).flatMap((name): mongo.IndexDescription[] => {
    const field = keyField(name);
    const ordered = { name: `ordered_${name}`, key: { [field]: 1, _id: 1 } };
    return unique.includes(name)
      ? [ordered, { name: `unique_${name}`, key: { [field]: 1 }, unique: true }]
      : [ordered];
  });
  return definition.search
    ? [...indexes, { name: 'search', key: { words: 1, order: -1, _id: -1 } }]
    : indexes;
}

async function dropIndexes(rows: RowCollection, kept: readonly string[]): Promise<void> {
  for (const { name } of await rows.listIndexes().toArray()) {
    const isOurs = typeof name === 'string' && /^(?:ordered_|unique_|search$)/.test(name);
    if (isOurs && !kept.includes(name)) await rows.dropIndex(name);
  }
}

export interface Declared<T extends Stored> {
  readonly definition: CollectionDefinition<T>;
  readonly layout: Layout;
  readonly rows: RowCollection;
  readonly codec: Codec<T>;
  readonly documentOf: (row: Row) => RowDocument;
}

/** Writes one record as today's declaration wants it; somebody else's change in between is read and written again. */
async function refillOne<T extends Stored>(parts: Declared<T>, _id: string): Promise<void> {
  const { rows, codec, documentOf } = parts;
  for (;;) {
    const found = await rows.findOne<FoundDocument>({ _id }, { projection: { text: 1, revision: 1 } });
    if (!found) return;
    const today = codec.same(codec.read(found.text, found.revision));
    if ((await rows.replaceOne({ _id, version: today.version }, documentOf(today))).matchedCount === 1)
      return;
  }
}

async function refill<T extends Stored>(parts: Declared<T>): Promise<void> {
  for await (const { _id } of parts.rows.find({}).project<{ _id: string }>({ _id: 1 }).sort({ _id: 1 })) {
    await refillOne(parts, _id);
  }
}

/**
 * Makes one collection fit its declaration. Every step can be repeated and the layout is noted last, so a process that
 * ends in the middle is finished by the next one.
 */
export async function prepareCollection<T extends Stored>(meta: Meta, parts: Declared<T>): Promise<void> {
  const { definition, layout, rows } = parts;
  const { name } = definition;
  const _id = `collection ${name}`;
  const stored = await meta.findOne({ _id });
  const wanted = indexesOf(definition);
  if (needsFill(stored?.value, layout, name)) {
    await dropIndexes(
      rows,
      wanted.flatMap(index => index.name ?? []),
    );
    await refill(parts);
  }
  if (wanted.length > 0) await rows.createIndexes(wanted);
  await meta.replaceOne({ _id }, { value: writeLayout(layout) }, { upsert: true });
}
