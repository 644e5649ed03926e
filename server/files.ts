import { z } from 'zod';
import { asResource, type DeskService, may, rolesFor } from '../agent-desk';
import { type Cases, conversationNotices } from '../cases';
import { createBuckets, createVisitors } from '../channels/transcript-socket';
import {
  AppError,
  type Clock,
  type Engine,
  type Intake,
  type Jobs,
  type PersonalRecords,
  type Route,
  type SentChannel,
  route,
} from '../core';
import {
  type Files,
  createFiles,
  createLinks,
  createVault,
  filePersonalRecords,
  fileRoutes,
  kinds,
  mostBytes,
} from '../files';
import type { CommandHandler } from '../jobs';
import { type Records, type Seal, conversationIdOf } from '../store';
import type { Config } from './config';

const queue = 'files';
/** How often each process looks for what waits to be fetched. */
const lookEveryMs = 5_000;
const lookAtMost = 200;
const settleWithinMs = 10_000;

export interface WiredFiles {
  readonly files: Files;
  readonly personal: PersonalRecords;
  readonly commands: Readonly<Record<string, CommandHandler>>;
  /** The commands that file a case and add to one; they keep its files as long as the case, too. */
  filing(commands: Readonly<Record<string, CommandHandler>>): Readonly<Record<string, CommandHandler>>;
  /** Gives it the ways in and out, which are made after it. */
  connect(to: {
    readonly intake: Intake;
    readonly channel: (name: string, account: string) => SentChannel | undefined;
  }): void;
  routes(desk: DeskService, cases: Cases): Route[];
}

const attached = z.array(z.looseObject({ fileId: z.string() })).default([]);
const filedWith = z.looseObject({
  conversationId: z.string().optional(),
  details: z.looseObject({ attachments: attached }),
});
const addedWith = z.looseObject({ conversationId: z.string().optional(), attachments: attached });
/** Cases name a file by its channel and the channel's name for it. */
const referenceOf = (fileId: string): string => fileId.slice(fileId.indexOf('/') + 1);

/** Photographs and documents: store, fetching, erasure and routes. Before `engine.open()` and `jobs.start()`. */
export function wireFiles(parts: {
  readonly config: Config;
  readonly engine: Engine;
  readonly seal: Seal;
  readonly sessionSecret: string;
  readonly records: Records;
  readonly jobs: Jobs;
  readonly clock: Clock;
}): WiredFiles {
  const { config, records, jobs, clock, seal } = parts;
  let ways: Parameters<WiredFiles['connect']>[0] | undefined;
  function connected(): NonNullable<typeof ways> {
    if (!ways) throw new TypeError('files have no way into conversations yet');
    return ways;
  }
  const notify = conversationNotices(records.conversations, {
    notify: news => connected().intake.notify(news),
  });
  const vault = createVault(config.filesDir);
  const files = createFiles({
    ...{ engine: parts.engine, vault, seal, clock },
    conversation: id => records.conversations.get(id),
    fetch: (name, account) => ways?.channel(name, account)?.fetchFile,
    tell: (conversationId, key, notice) => notify(conversationId, key, notice),
    wake: (id, at) => jobs.wake(queue, id, at),
  });
  jobs.handle(queue, { concurrency: 4 }, async key => {
    if (key !== '') return files.fetch(key);
    for (const id of await files.due(lookAtMost)) await jobs.wake(queue, id);
  });
  jobs.every(queue, lookEveryMs);

  async function keep(
    conversationId: string | undefined,
    attachments: z.infer<typeof attached> = [],
  ): Promise<void> {
    const references = attachments.map(({ fileId }) => referenceOf(fileId));
    if (conversationId && references.length > 0) await files.keepForCase(conversationId, references);
  }

  return {
    files,
    personal: filePersonalRecords(files, vault, {
      clock,
      personOf: async addressId => (await records.addresses.get(addressId))?.personId,
    }),
    commands: files.commands,
    filing: ({ 'case.file': file, 'case.add': add }) => ({
      'case.file': async command => {
        if (!file) throw new TypeError('nobody files cases');
        await file(command);
        const filed = filedWith.safeParse(command.data).data;
        await keep(filed?.conversationId, filed?.details.attachments);
      },
      'case.add': async command => {
        if (!add) throw new TypeError('nobody adds to cases');
        await add(command);
        const added = addedWith.safeParse(command.data).data;
        await keep(added?.conversationId, added?.attachments);
      },
    }),
    connect(to) {
      ways = to;
    },
    routes: (desk, cases) => [
      webchatUpload({ ...parts, files, intake: () => connected().intake }),
      ...fileRoutes({
        files,
        links: createLinks(parts.sessionSecret),
        clock,
        publicUrl: config.publicUrl,
        conversation: (id, officer) => desk.open(id, officer),
        ownConversation: (id, officer) => desk.owned(id, officer),
        async caseFiles(caseId, officer) {
          const record = await cases.desk.open(caseId, officer);
          const details = cases.desk.details(record);
          const attachments = [
            ...(details.kind === 'matter' ? details.attachments : []),
            ...record.history.flatMap(event => event.attachments ?? []),
          ];
          return {
            ...(record.conversationId ? { conversationId: record.conversationId } : {}),
            references: attachments.map(({ fileId }) => referenceOf(fileId)),
          };
        },
        async mayReach(file, officer, what) {
          const conversation = await records.conversations.get(file.conversationId);
          return conversation !== undefined && may(officer, `file.${what}`, asResource(conversation));
        },
        async send(conversationId, officer, clientId, { text, url }) {
          const conversation = await desk.owned(conversationId, officer);
          const { channel, account } = conversation;
          if (connected().channel(channel, account) && !config.publicUrl)
            throw new AppError('CONFLICT', 'Set PUBLIC_URL: this channel fetches pictures from there.');
          return desk.say(conversationId, officer, clientId, text, url);
        },
        roles: {
          read: rolesFor('file.read'),
          remove: rolesFor('file.remove'),
          speak: rolesFor('conversation.speak'),
          case: rolesFor('case.read'),
        },
      }),
    ],
  };
}

/** One visitor's files: some at once, then one every ten seconds. */
const uploadRate = { burst: 10, perSecond: 0.1 };
/** Many people may share one address, and one person may call themselves many visitors. */
const addressRate = { burst: 120, perSecond: 0.5 };

/** A file handed in by the web chat's own client, under the visitor it shows; it becomes a message of theirs. */
function webchatUpload(parts: {
  readonly files: Files;
  readonly intake: () => Intake;
  readonly records: Records;
  readonly sessionSecret: string;
  readonly clock: Clock;
}): Route {
  const { records, clock, files } = parts;
  const visitors = createVisitors(parts.sessionSecret, 'webchat');
  const buckets = createBuckets(uploadRate, clock);
  const addresses = createBuckets(addressRate, clock);
  const visitorIn = (authorization: string): { id: string } => {
    const visitor = visitors.read(authorization.replace(/^Visitor /u, ''));
    if (!visitor)
      throw new AppError('CHANNEL_SIGNATURE_INVALID', 'Show the visitor that the chat gave: "Visitor …".');
    return visitor;
  };

  return route({
    method: 'post',
    path: '/api/v1/webchat/files',
    summary: 'Hand in a photograph or a PDF in the web chat; the body is the file',
    access: 'public',
    proof: 'visitor',
    query: z.strictObject({
      clientId: z.string().regex(/^[\w.-]{1,64}$/u),
      /** The place that a photograph carries is kept only when its sender says so. */
      keepPlace: z.enum(['true', 'false']).default('false'),
      language: z
        .string()
        .max(35)
        .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/u)
        .default('th'),
    }),
    upload: {
      maxBytes: mostBytes,
      admit({ authorization, remoteAddress }) {
        const { id } = visitorIn(authorization);
        if (buckets.take(id) > 0 || addresses.take(remoteAddress) > 0)
          throw new AppError('RATE_LIMITED', 'Too many files; wait a little.');
      },
    },
    returns: z.union([
      z.object({ seq: z.number() }),
      z.object({ error: z.object({ code: z.literal('FILE_REFUSED'), message: z.string() }) }),
    ]),
    async handle({ query: { clientId, keepPlace, language }, authorization, upload }) {
      const { id: visitor } = visitorIn(authorization);
      const addressId = records.addresses.idOf('webchat', 'main', visitor);
      const sent = {
        channel: 'webchat',
        account: 'main',
        externalId: visitor,
        audience: 'person',
        language,
        occurredAt: clock(),
      } as const;
      const conversationId = conversationIdOf(addressId);
      if (!(await records.conversations.get(conversationId))) {
        const first = {
          ...sent,
          providerEventId: `${addressId}/opened`,
          content: { kind: 'opened' },
        } as const;
        const [opened] = await parts.intake().accept([first]);
        if (opened) await parts.intake().settled(opened, settleWithinMs);
      }
      const conversation = await records.conversations.get(conversationId);
      if (!conversation) throw new AppError('BUSY', 'The chat is not open yet; try again soon.');
      const reference = `u-${clientId}`;
      const taken = await files.take({
        ...{ conversation, reference, from: 'citizen', keepPlace: keepPlace === 'true' },
        bytes: upload?.bytes ?? Buffer.alloc(0),
        ...(upload?.name ? { name: upload.name } : {}),
      });
      if ('refused' in taken)
        return { status: 422, body: { error: { code: 'FILE_REFUSED', message: taken.refused } } };
      const { name, kind } = taken.file;
      const [accepted] = await parts.intake().accept([
        {
          ...sent,
          providerEventId: `${addressId}/${clientId}`,
          content: {
            kind: 'media',
            media: kind && kinds[kind].picture ? 'image' : 'file',
            reference,
            description: name,
          },
          clientId,
        },
      ]);
      const settled = accepted && (await parts.intake().settled(accepted, settleWithinMs));
      if (!settled) throw new AppError('BUSY', 'The file is here; its message is on its way.');
      return { status: 201, body: { seq: settled.seq } };
    },
  });
}
