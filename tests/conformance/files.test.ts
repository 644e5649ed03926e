import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Conversation, Cutoffs, FetchedFile } from '../../core';
import { type Files, createFiles, createVault, fileIdOf, filePersonalRecords } from '../../files';
import { noting } from '../../privacy';
import { type DataKey, createRecords, createSeal } from '../../store';
import { removeFolder, temporaryFolder } from '../support/product';
import { jpeg, png } from '../support/sample-files';
import { type TestData, describeStores } from '../support/stores';

const dayMs = 24 * 60 * 60 * 1000;
const first: DataKey = { id: 'k1', key: randomBytes(32) };
const second: DataKey = { id: 'k2', key: randomBytes(32) };
const lookup = randomBytes(32);

describeStores('the file store', newData => {
  let data: TestData;
  let folder: string;
  let now = 1_800_000_000_000;
  let answers: Record<string, FetchedFile | (() => Promise<FetchedFile>)>;
  let told: string[];
  let woken: { id: string; at: number | undefined }[];

  beforeEach(() => {
    data = newData();
    folder = temporaryFolder();
    now = 1_800_000_000_000;
    [answers, told, woken] = [{}, [], []];
  });
  afterEach(async () => {
    await data.remove();
    removeFolder(folder);
  });

  async function open(keys: readonly DataKey[] = [first]) {
    const { engine, declared } = noting(data.engine());
    const seal = createSeal(keys, lookup);
    const records = createRecords({ engine, seal, ids: v7, agencyId: 'operator' });
    const vault = createVault(folder);
    const files = createFiles({
      ...{ engine, vault, seal, clock: () => now },
      conversation: id => records.conversations.get(id),
      fetch: channel =>
        channel === 'line'
          ? reference => {
              const answer = answers[reference] ?? { outcome: 'gone' };
              return typeof answer === 'function' ? answer() : Promise.resolve(answer);
            }
          : undefined,
      tell: (_conversation, _key, notice) => Promise.resolve(void told.push(notice.key)),
      wake: (id, at) => Promise.resolve(void woken.push({ id, at })),
    });
    await engine.open();
    const address = await records.addresses.ensure(
      { channel: 'line', account: 'main', externalId: 'U-1', audience: 'person' },
      now,
    );
    const conversation = await records.conversations.ensure(address, 'th', now);
    const personal = filePersonalRecords(files, vault, {
      clock: () => now,
      personOf: async id => (await records.addresses.get(id))?.personId,
    });
    const close = (): Promise<void> => engine.close();
    return { files, conversation, seal, declared, personal, close, personId: address.personId };
  }

  const onDisk = (): readonly string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap(entry =>
      entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
    );
  async function came(files: Files, conversation: Conversation, reference: string): Promise<string> {
    const data = { conversationId: conversation.id, reference, media: 'image', name: 'รูป.jpg' };
    await files.commands['file.came']({ id: `e/${reference}`, kind: 'file.came', data });
    return fileIdOf(conversation.id, reference);
  }
  const cutoffs = (days: Readonly<Record<string, number>>, more: Partial<Cutoffs> = {}): Cutoffs => ({
    before: type => (days[type] === undefined ? undefined : now - days[type] * dayMs),
    isHeld: () => false,
    dryRun: false,
    ...more,
  });

  it('fetches once what an event brought, however often the event is told, and by how many processes', async () => {
    const { files, conversation } = await open();
    let asked = 0;
    answers['7'] = () => {
      asked += 1;
      return Promise.resolve({ outcome: 'fetched', bytes: jpeg() });
    };
    const id = await came(files, conversation, '7');
    await came(files, conversation, '7');
    expect(woken).toHaveLength(1);
    await Promise.all([files.fetch(id), files.fetch(id), files.fetch(id)]);
    expect(asked).toBe(1);
    expect((await files.open(id))?.kind).toBe('image/jpeg');
    expect(await files.due(10)).toEqual([]);
  });

  it('asks later, then seldom, and at last notes the file as lost', async () => {
    const { files, conversation } = await open();
    answers['7'] = { outcome: 'retry', afterMs: 1_000 };
    const id = await came(files, conversation, '7');
    const waits: number[] = [];
    for (let tries = 0; tries < 40 && (await files.get(id))?.state === 'waiting'; tries += 1) {
      await files.fetch(id);
      const due = (await files.get(id))?.dueAt ?? now;
      waits.push(due - now);
      await files.fetch(id);
      now = due;
    }
    expect((await files.get(id))?.state).toBe('lost');
    expect(waits[0]).toBe(1_000);
    expect(Math.max(...waits)).toBeGreaterThan(60 * 60 * 1000);
    expect(waits.length).toBeLessThan(20);
  });

  it('goes on with a file whose fetching ended with its process', async () => {
    const { files, conversation } = await open();
    answers['7'] = () => Promise.reject(new Error('the process ended here'));
    const id = await came(files, conversation, '7');
    await expect(files.fetch(id)).rejects.toThrow('ended here');
    answers['7'] = { outcome: 'fetched', bytes: png() };
    await files.fetch(id);
    expect((await files.get(id))?.state).toBe('waiting');
    now += 61_000;
    expect(await files.due(10)).toEqual([id]);
    await files.fetch(id);
    expect((await files.get(id))?.state).toBe('kept');
  });

  it('leaves nothing of a file that was taken back, or erased, while it was being fetched', async () => {
    const { files, conversation, personal } = await open();
    const subject = { personIds: [], addressIds: [], conversationIds: [conversation.id] };
    for (const [reference, take] of [
      ['7', (id: string) => files.remove(id)],
      ['8', () => personal.erase(subject)],
    ] as const) {
      const id = await came(files, conversation, reference);
      answers[reference] = async () => {
        await take(id);
        return { outcome: 'fetched', bytes: jpeg() };
      };
      await files.fetch(id);
      expect(onDisk()).toEqual([]);
      expect(await files.open(id)).toBeUndefined();
    }
  });

  it('tells the person what is not kept, and keeps nothing of it', async () => {
    const { files, conversation } = await open();
    answers['7'] = { outcome: 'fetched', bytes: Buffer.from('<html>') };
    answers['8'] = { outcome: 'too-large' };
    for (const reference of ['7', '8']) await files.fetch(await came(files, conversation, reference));
    expect(told).toEqual(['file.refused-kind', 'file.refused-too-large']);
    expect(onDisk()).toEqual([]);
  });

  it('keeps bytes that only the record can open, and notices when they were changed or moved', async () => {
    const { files, conversation } = await open();
    for (const reference of ['7', '8']) {
      answers[reference] = { outcome: 'fetched', bytes: jpeg() };
      await files.fetch(await came(files, conversation, reference));
    }
    const [one = '', other = ''] = onDisk();
    const before = readFileSync(one);
    expect(before.toString('latin1')).not.toMatch(/JFIF|Exif/u);
    const idOf = (path: string): string => path.split('/').at(-1) ?? '';
    writeFileSync(one, readFileSync(other));
    await expect(files.open(idOf(one))).rejects.toThrow();
    before[before.length - 1] = (before.at(-1) ?? 0) ^ 1;
    writeFileSync(one, before);
    await expect(files.open(idOf(one))).rejects.toThrow();
  });

  it('can be read after the data keys were changed, without touching the bytes', async () => {
    const before = await open();
    answers['7'] = { outcome: 'fetched', bytes: jpeg() };
    const id = await came(before.files, before.conversation, '7');
    await before.files.fetch(id);
    const bytes = readFileSync(onDisk()[0] ?? '');
    await before.close();
    const during = await open([second, first]);
    for (const each of during.declared()) await each.reseal(during.seal, () => undefined);
    await during.close();
    const after = await open([second]);
    expect((await after.files.open(id))?.name).toBe('รูป.jpg');
    expect(readFileSync(onDisk()[0] ?? '').equals(bytes)).toBe(true);
  });

  it('keeps what a case rests on as long as the case, and what is on hold as long as that', async () => {
    const { files, conversation, personal, personId } = await open();
    for (const reference of ['7', '8']) {
      answers[reference] = { outcome: 'fetched', bytes: png() };
      await files.fetch(await came(files, conversation, reference));
    }
    await files.keepForCase(conversation.id, ['8', 'never-came']);
    now += 800 * dayMs;
    const terms = { files: 730, cases: 3_650 };
    const held = cutoffs(terms, { isHeld: id => id === personId });
    expect(await personal.expire(held)).toMatchObject({ files: 0 });
    expect(await personal.expire(cutoffs(terms, { dryRun: true }))).toMatchObject({ files: 1 });
    expect(onDisk()).toHaveLength(2);
    expect(await personal.expire(cutoffs(terms))).toMatchObject({ files: 1 });
    const left = await files.ofConversation(conversation.id);
    expect(left.map(file => file.reference).sort()).toEqual(['8', 'never-came']);
    expect(onDisk()).toHaveLength(1);
    now += 3_000 * dayMs;
    await personal.expire(cutoffs(terms));
    expect(onDisk()).toEqual([]);
  });

  it('clears away bytes that a crash left without a record, but not what is being written', async () => {
    const { files, conversation, personal } = await open();
    answers['7'] = { outcome: 'fetched', bytes: png() };
    await files.fetch(await came(files, conversation, '7'));
    const [kept = ''] = onDisk();
    const alone = kept.replace(/[0-9a-f]{30}$/u, '0'.repeat(30));
    const half = `${kept}.0123456789ab`;
    for (const path of [alone, half]) writeFileSync(path, 'left behind');
    const writtenAt = (at: Date): void => onDisk().forEach(path => utimesSync(path, at, at));
    writtenAt(new Date(now));
    expect(await personal.expire(cutoffs({}))).toMatchObject({ 'files without a record': 0 });
    writtenAt(new Date(now - 2 * dayMs));
    expect(await personal.expire(cutoffs({}))).toMatchObject({ 'files without a record': 2 });
    expect(onDisk()).toEqual([kept]);
  });
});
