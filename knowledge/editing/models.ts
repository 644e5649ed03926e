import type { Clock } from '../../core';
import type { EditingCollections } from './records';

const partBytes = 1024 * 1024;
/** A bad publication is undone to its model at once; older ones are trained again when they are wanted. */
const keptModels = 4;

/** Trained models in the store, so that every process has the same one and nobody trains twice. */
export interface Models {
  has(key: string): Promise<boolean>;
  read(key: string): Promise<Uint8Array | undefined>;
  save(key: string, bytes: Uint8Array): Promise<void>;
}

export function createModels({ models }: Pick<EditingCollections, 'models'>, clock: Clock): Models {
  /** All but the newest few go; which answer now is always among them. */
  async function tidy(): Promise<void> {
    const parts = await models.scan({ index: 'at', limit: 5_000, descending: true });
    const kept = new Set([...new Set(parts.records.map(({ key }) => key))].slice(0, keptModels));
    for (const part of parts.records) if (!kept.has(part.key)) await models.delete(part.id);
  }

  async function read(key: string): Promise<Uint8Array | undefined> {
    const first = await models.get(`${key}/0`);
    if (!first) return undefined;
    const bytes: Buffer[] = [Buffer.from(first.base64, 'base64')];
    for (let part = 1; part < first.parts; part += 1) {
      const next = await models.get(`${key}/${part}`);
      if (!next) return undefined;
      bytes.push(Buffer.from(next.base64, 'base64'));
    }
    return Buffer.concat(bytes);
  }

  return {
    // The first part is written last: where it is, all are.
    has: async key => (await models.get(`${key}/0`)) !== undefined,
    read,
    async save(key, bytes) {
      const parts = Math.max(1, Math.ceil(bytes.length / partBytes));
      const at = clock();
      for (let part = parts - 1; part >= 0; part -= 1) {
        const slice = bytes.subarray(part * partBytes, (part + 1) * partBytes);
        const base64 = Buffer.from(slice).toString('base64');
        await models.insert({ id: `${key}/${part}`, key, part, parts, base64, at });
      }
      await tidy();
    },
  };
}
