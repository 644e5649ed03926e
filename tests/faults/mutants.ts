import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root';

/** A deliberate breakage of the built product. Each must turn the fault suite red, or the suite has no teeth. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replaceBy: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'no unique key on events',
    file: 'store/records/inbox.js',
    find: 'records.insert({\n                id: event.id,',
    replaceBy:
      '((row) => records.insert(row).then(async (fresh) => fresh || ((await records.delete(row.id)) && records.insert(row))))({\n                id: event.id,',
  },
  {
    name: 'acknowledged before the commit',
    file: 'server/webhooks.js',
    find: 'await within(store(parts, channel, webhook.parse(raw)), storeWithinMs);',
    replaceBy: 'setTimeout(() => store(parts, channel, webhook.parse(raw)), 40);',
  },
  {
    name: 'marked before it is sent',
    file: 'jobs/workers/delivery.js',
    find: "state: 'sending',",
    replaceBy: "state: 'sent',",
  },
  {
    name: 'no lane: newest waiting event first',
    file: 'store/records/inbox.js',
    find: "index: 'lane', prefix: [conversationId], limit: 1 }",
    replaceBy: "index: 'lane', prefix: [conversationId], limit: 1, descending: true }",
  },
  {
    name: 'sent again after a time-out under a new key',
    file: 'channels/line/send.js',
    find: '(0, uuid_1.v5)(outgoing.id, retryKeySpace)',
    replaceBy: '(0, uuid_1.v5)(outgoing.id + outgoing.attempt, retryKeySpace)',
  },
  {
    name: 'doubt forgotten: an answer in doubt goes out as a push',
    file: 'channels/line/send.js',
    find: 'return outgoing.doubt\n            ?',
    replaceBy: 'return false\n            ?',
  },
];

/** A copy of the product with one breakage, in `folder`. */
export function brokenProduct(mutant: Mutant, folder: string): string {
  const source = projectRoot();
  mkdirSync(folder, { recursive: true });
  cpSync(join(source, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const shared of ['node_modules', 'knowledge', 'locales', 'package.json'])
    symlinkSync(join(source, shared), join(folder, shared));
  const file = join(folder, 'dist', mutant.file);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(mutant.find))
    throw new Error(`The mutant "${mutant.name}" no longer fits ${mutant.file}; bring it up to date.`);
  writeFileSync(file, text.replace(mutant.find, mutant.replaceBy));
  return folder;
}
