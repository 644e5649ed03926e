import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  AppError,
  type ChannelName,
  type Clock,
  type Collection,
  type Command,
  type Conversation,
  type Engine,
  type FetchedFile,
  type MediaKind,
  type Notice,
  maskPersonalData,
} from '../core';
import { inspect, mostBytes, shownName } from './inspect';
import { type FileKind, type Refusal, kinds } from './kinds';
import { type FileRecord, fileCollection, fileIdOf } from './records';
import { type Vault, newFileKey } from './vault';

/** What files need of the seal. */
export interface FileSeal {
  seal(plain: string): string;
  open(sealed: string): string;
  lookup(purpose: string, plain: string): string;
}

export interface FilesParts {
  readonly engine: Engine;
  readonly vault: Vault;
  readonly seal: FileSeal;
  readonly clock: Clock;
  readonly conversation: (id: string) => Promise<Conversation | undefined>;
  /** Gets a file from the channel it came by; `undefined` where the channel keeps nothing to be got. */
  readonly fetch: (
    channel: ChannelName,
    account: string,
  ) => ((reference: string, mostBytes: number) => Promise<FetchedFile>) | undefined;
  /** Tells the person. The same key again tells nothing. */
  readonly tell: (conversationId: string, key: string, notice: Notice) => Promise<void>;
  /** Wakes the fetching of a file. */
  readonly wake: (fileId: string, at?: number) => Promise<void>;
}

/** What there is to know of a file without opening it. */
export interface FileView {
  readonly id: string;
  readonly reference: string;
  readonly state: FileRecord['state'];
  readonly from: FileRecord['from'];
  readonly at: number;
  readonly name: string;
  readonly why?: Refusal;
  readonly kind?: FileKind;
  readonly bytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly place?: { readonly latitude: number; readonly longitude: number };
}

export interface OpenedFile {
  readonly bytes: Buffer;
  readonly kind: FileKind;
  readonly name: string;
}

/** A file handed in, by a person's own client or by an officer. */
export interface Upload {
  readonly conversation: Conversation;
  readonly reference: string;
  readonly from: FileRecord['from'];
  readonly bytes: Buffer;
  readonly name?: string;
  /** The sender wants it known where the picture was taken. */
  readonly keepPlace?: boolean;
  /** Only these kinds, where not all will do. */
  readonly only?: readonly FileKind[];
}

export interface Files {
  readonly collection: Collection<FileRecord>;
  /** `file.came`: an event brought one. `file.removed`: its sender took it back. */
  readonly commands: Readonly<Record<'file.came' | 'file.removed', (command: Command) => Promise<void>>>;
  /** Fetches one that waits and is due. */
  fetch(fileId: string): Promise<void>;
  /** Files that wait and are due, oldest first. */
  due(limit: number): Promise<readonly string[]>;
  /** Checks and keeps a file; the same reference again is the same file. */
  take(upload: Upload): Promise<{ readonly file: FileView } | { readonly refused: Refusal }>;
  get(fileId: string): Promise<FileRecord | undefined>;
  view(file: FileRecord): FileView;
  ofConversation(conversationId: string): Promise<readonly FileView[]>;
  /** `undefined` when nothing is kept under the id. */
  open(fileId: string): Promise<OpenedFile | undefined>;
  /** Takes the file away for good; that there was one stays known. */
  remove(fileId: string): Promise<void>;
  /** Gives it an address that nobody can guess, from which anybody who has it may fetch it. */
  publish(fileId: string): Promise<string>;
  openPublished(token: string): Promise<OpenedFile | undefined>;
  /** Ends every link to the file, the public one included. */
  revoke(fileId: string): Promise<void>;
  /** Notes that a case rests on these files of a conversation, so that they are kept as long as it is. */
  keepForCase(conversationId: string, references: readonly string[]): Promise<void>;
}

/** How long one attempt to fetch may hold a file, ms. */
const leaseMs = 60_000;
const mostAttempts = 12;
const mostInConversation = 1_000;

const came = z.object({
  conversationId: z.string(),
  reference: z.string().min(1).max(300),
  media: z.enum(['image', 'video', 'audio', 'file']),
  name: z.string().max(2_000).optional(),
});
const removed = z.object({ conversationId: z.string(), reference: z.string() });

const fallbackName = (media: MediaKind, at: number): string =>
  `${media}-${new Date(at).toISOString().slice(0, 10)}`;

/** At first what the channel says; then minutes, and hours at the end: LINE keeps what was sent for some days. */
const backoff = (attempts: number): number =>
  attempts < 4 ? 0 : Math.min(6 * 60, 2 ** Math.min(attempts - 3, 9)) * 60_000;

export function createFiles(parts: FilesParts): Files {
  const { vault, seal, clock } = parts;
  const records = fileCollection(parts.engine);

  const nameOf = (file: FileRecord): string => {
    const given = file.sealedName === undefined ? undefined : seal.open(file.sealedName);
    return file.kind ? shownName(given, file.kind, fallbackName(file.media, file.at)) : (given ?? file.media);
  };

  function view(file: FileRecord): FileView {
    const { id, reference, state, from, at, why, kind, bytes, width, height } = file;
    const place = file.sealedPlace?.length ? seal.open(file.sealedPlace).split(',').map(Number) : undefined;
    return {
      ...{ id, reference, state, from, at, name: nameOf(file) },
      ...(why ? { why } : {}),
      ...(kind ? { kind } : {}),
      ...(bytes === undefined ? {} : { bytes }),
      ...(width === undefined || height === undefined ? {} : { width, height }),
      ...(place ? { place: { latitude: place[0] ?? 0, longitude: place[1] ?? 0 } } : {}),
    };
  }

  function draftOf(
    conversation: Conversation,
    given: { reference: string; media: MediaKind; name?: string | undefined; from: FileRecord['from'] },
  ): Omit<FileRecord, 'version'> {
    const { id: conversationId, addressId, agencyId, channel, account } = conversation;
    const { reference, media, from, name } = given;
    const at = clock();
    return {
      ...{ id: fileIdOf(conversationId, reference), conversationId, addressId, agencyId, channel, account },
      ...{ reference, media, from, at, state: 'waiting', dueAt: at, attempts: 0, linkEpoch: 0 },
      ...(name ? { sealedName: seal.seal(maskPersonalData(name)) } : {}),
      // From the beginning, so that whoever fetches it first and whoever second write the same.
      sealedKey: seal.seal(newFileKey()),
    };
  }

  /** Changes a record as it is now; `undefined` from `change` leaves it. */
  async function update(
    id: string,
    change: (file: FileRecord) => FileRecord | undefined,
  ): Promise<FileRecord | undefined> {
    for (;;) {
      const file = await records.get(id);
      const next = file && change(file);
      if (!next) return undefined;
      if (await records.replace(next)) return { ...next, version: next.version + 1 };
    }
  }

  const settled = (file: FileRecord, to: Partial<FileRecord>): FileRecord => {
    const { dueAt: _due, why: _why, ...rest } = file;
    return { ...rest, ...to };
  };

  /** Keeps the bytes of a record that waits, cleaned; what is refused is not kept. */
  async function settle(file: FileRecord, bytes: Buffer, upload: Partial<Upload> = {}): Promise<FileRecord> {
    const inspected = inspect(bytes);
    const why: Refusal | undefined =
      inspected.outcome === 'refused'
        ? inspected.why
        : upload.only && !upload.only.includes(inspected.file.kind)
          ? 'kind'
          : undefined;
    if (inspected.outcome === 'refused' || why) {
      const { sealedKey: _key, ...rest } = settled(file, { state: 'refused' });
      const refused = await update(file.id, now =>
        now.state === 'waiting' ? { ...rest, version: now.version, why: why ?? 'kind' } : undefined,
      );
      return refused ?? { ...rest, why: why ?? 'kind' };
    }
    const { kind, bytes: clean, width, height, place } = inspected.file;
    await vault.write(file.id, seal.open(file.sealedKey ?? ''), clean);
    const kept = await update(file.id, now =>
      now.state === 'waiting'
        ? settled(now, {
            ...{ state: 'kept', kind, bytes: clean.length },
            ...(width === undefined || height === undefined ? {} : { width, height }),
            ...(place && upload.keepPlace
              ? { sealedPlace: seal.seal(`${place.latitude.toFixed(6)},${place.longitude.toFixed(6)}`) }
              : {}),
          })
        : undefined,
    );
    if (kept) return kept;
    // Erased or taken back meanwhile: what was just written goes too.
    const now = await records.get(file.id);
    if (now?.state !== 'kept') await vault.remove(file.id);
    return now ?? settled(file, { state: 'removed' });
  }

  async function ensure(draft: Omit<FileRecord, 'version'>): Promise<FileRecord> {
    await records.insert(draft);
    const file = await records.get(draft.id);
    if (!file) throw new AppError('CONFLICT', 'The conversation of this file was erased.');
    return file;
  }

  async function remove(id: string): Promise<void> {
    await update(id, file => {
      if (file.state === 'removed') return undefined;
      const { sealedKey: _k, sealedName: _n, sealedPlace: _p, publicKey: _u, ...rest } = settled(file, {});
      return { ...rest, state: 'removed', linkEpoch: file.linkEpoch + 1 };
    });
    await vault.remove(id);
  }

  async function open(file: FileRecord | undefined): Promise<OpenedFile | undefined> {
    if (file?.state !== 'kept' || !file.sealedKey || !file.kind) return undefined;
    const bytes = await vault.read(file.id, seal.open(file.sealedKey));
    return bytes && { bytes, kind: file.kind, name: nameOf(file) };
  }

  const publicKeyOf = (token: string): string => seal.lookup('public-file', token);

  return {
    collection: records,
    view,
    get: id => records.get(id),
    commands: {
      async 'file.came'({ data }) {
        const { conversationId, reference, media, name } = came.parse(data);
        const conversation = await parts.conversation(conversationId);
        if (!conversation || !parts.fetch(conversation.channel, conversation.account)) return;
        const draft = draftOf(conversation, { reference, media, name, from: 'citizen' });
        if (await records.insert(draft)) await parts.wake(draft.id);
      },
      async 'file.removed'({ data }) {
        const { conversationId, reference } = removed.parse(data);
        await remove(fileIdOf(conversationId, reference));
      },
    },
    async fetch(id) {
      const file = await records.get(id);
      const now = clock();
      if (file?.state !== 'waiting' || (file.dueAt ?? 0) > now) return;
      const fetch = parts.fetch(file.channel, file.account);
      if (!fetch) return;
      const mine = { ...file, attempts: file.attempts + 1, dueAt: now + leaseMs };
      if (!(await records.replace(mine))) return;
      const got = await fetch(file.reference, mostBytes);
      if (got.outcome === 'fetched') {
        const after = await settle({ ...mine, version: mine.version + 1 }, got.bytes);
        if (after.state === 'refused') await tellRefused(after);
        return;
      }
      const given = got.outcome === 'retry' && mine.attempts < mostAttempts ? got.afterMs : undefined;
      const after = await update(id, current =>
        current.state !== 'waiting'
          ? undefined
          : given !== undefined
            ? { ...current, dueAt: clock() + Math.max(given, backoff(mine.attempts)) }
            : got.outcome === 'too-large'
              ? settled(current, { state: 'refused', why: 'too-large' })
              : settled(current, { state: 'lost' }),
      );
      if (after?.state === 'refused') await tellRefused(after);
      if (after?.state === 'waiting') await parts.wake(id, after.dueAt);
    },
    async due(limit) {
      const { records: found } = await records.scan({ index: 'due', to: clock() + 1, limit });
      return found.map(file => file.id);
    },
    async take(upload) {
      const { conversation, reference, bytes, name, from } = upload;
      const media: MediaKind = 'image';
      const draft = draftOf(conversation, { reference, media, name, from });
      const before = await records.get(draft.id);
      if (before && before.state !== 'waiting')
        return before.state === 'refused' ? { refused: before.why ?? 'kind' } : { file: view(before) };
      const found = inspect(bytes);
      if (found.outcome === 'refused') return { refused: found.why };
      if (upload.only && !upload.only.includes(found.file.kind)) return { refused: 'kind' };
      const kindOf = kinds[found.file.kind].picture ? 'image' : 'file';
      // Nobody fetches it: without its bytes a crash leaves nothing behind but this line, and the client hands it in again.
      const waiting = before ?? (await ensure({ ...draft, media: kindOf, dueAt: Number.MAX_SAFE_INTEGER }));
      const after = await settle(waiting, bytes, upload);
      return after.state === 'refused' ? { refused: after.why ?? 'kind' } : { file: view(after) };
    },
    async ofConversation(conversationId) {
      const { records: found } = await records.scan({
        index: 'conversation',
        prefix: [conversationId],
        limit: mostInConversation,
        descending: true,
      });
      return found.map(view).reverse();
    },
    open: async id => open(await records.get(id)),
    remove,
    async publish(id) {
      const token = randomBytes(32).toString('base64url');
      const published = await update(id, file =>
        file.state === 'kept' && file.kind && kinds[file.kind].picture
          ? { ...file, publicKey: publicKeyOf(token) }
          : undefined,
      );
      if (!published) throw new AppError('CONFLICT', 'Only a picture that is kept can be shown to others.');
      return token;
    },
    async openPublished(token) {
      const { records: found } = await records.scan({
        index: 'public',
        prefix: [publicKeyOf(token)],
        limit: 1,
      });
      return open(found[0]);
    },
    async revoke(id) {
      await update(id, ({ publicKey: _public, ...file }) => ({ ...file, linkEpoch: file.linkEpoch + 1 }));
    },
    async keepForCase(conversationId, references) {
      const conversation = await parts.conversation(conversationId);
      if (!conversation) return;
      for (const reference of references) {
        const fetched = parts.fetch(conversation.channel, conversation.account) !== undefined;
        const draft = draftOf(conversation, { reference, media: 'image', from: 'citizen' });
        if (fetched && (await records.insert({ ...draft, ofCase: true }))) await parts.wake(draft.id);
        else await update(draft.id, file => (file.ofCase ? undefined : { ...file, ofCase: true }));
      }
    },
  };

  async function tellRefused(file: FileRecord): Promise<void> {
    await parts.tell(file.conversationId, `file/${file.id}`, { key: `file.refused-${file.why ?? 'kind'}` });
  }
}
