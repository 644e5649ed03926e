import { mongo } from 'mongoose';
import { duplicateKey, isDuplicate, type RowCollection, type RowDocument, unavailable } from './documents';

/** Documents of one message to the server at most. */
const documentsPerInsert = 500;

/** Texts above this many UTF-16 units travel alone: what the server refuses for its size must not take others along. */
const lonelyUnits = 1_000_000;

interface Waiting {
  readonly document: RowDocument;
  readonly resolve: (inserted: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Inserts that arrive in one round of the event loop travel in one message, unordered, and each gets its own answer.
 * Replacements are not grouped: the server only says how many of a group matched, not which.
 */
export function createGroupInsert(
  collection: () => RowCollection,
): (document: RowDocument) => Promise<boolean> {
  let waiting: Waiting[] = [];

  async function alone({ document, resolve, reject }: Waiting): Promise<void> {
    try {
      await collection().insertOne(document);
      resolve(true);
    } catch (error) {
      if (isDuplicate(error)) resolve(false);
      else reject(unavailable(error));
    }
  }

  function answerEach(group: readonly Waiting[], error: mongo.MongoBulkWriteError): void {
    const byIndex = new Map([error.writeErrors].flat().map(each => [each.index, each]));
    // Without a majority behind it, no insert of the group is safe yet.
    const isUnsure = error.result.getWriteConcernError() !== undefined;
    group.forEach((each, index) => {
      const failure = byIndex.get(index);
      if (failure?.code === duplicateKey) each.resolve(false);
      else if (failure || isUnsure) each.reject(unavailable(error));
      else each.resolve(true);
    });
  }

  async function together(group: readonly Waiting[]): Promise<void> {
    try {
      await collection().insertMany(
        group.map(each => each.document),
        { ordered: false },
      );
      group.forEach(each => each.resolve(true));
    } catch (error) {
      if (error instanceof mongo.MongoBulkWriteError) answerEach(group, error);
      else group.forEach(each => each.reject(unavailable(error)));
    }
  }

  function send(): void {
    const all = waiting;
    waiting = [];
    const group = all.filter(each => each.document.text.length <= lonelyUnits);
    for (const each of all) if (each.document.text.length > lonelyUnits) void alone(each);
    for (let at = 0; at < group.length; at += documentsPerInsert) {
      const part = group.slice(at, at + documentsPerInsert);
      const [only] = part;
      void (only && part.length === 1 ? alone(only) : together(part));
    }
  }

  return document =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(send);
      waiting.push({ document, resolve, reject });
    });
}
