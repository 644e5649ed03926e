import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { createVisitors, serveTranscript, type TranscriptLimits } from '../../channels/transcript-socket';
import { commitOf } from '../../bot';
import type { Changes, Decision, Desk, Turn } from '../../core';
import { createGreeting, createIntake, createLane, embeddedJobs, queues } from '../../jobs';
import { type Records, conversationIdOf, createRecords, createSeal, sqliteEngine } from '../../store';
import { createChanges } from '../../server/changes';
import { loadLocales } from '../../server/locales';

export interface World {
  /** Address of the namespace. */
  readonly url: string;
  readonly records: Records;
  readonly changes: Changes;
  readonly errors: readonly unknown[];
  /** Cuts every connection, without a word. */
  cut(): void;
  /** Commits an act of an officer, as the desk does. */
  officerSays(conversationId: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldParts {
  readonly decide: (turn: Turn) => Promise<Decision>;
  readonly channel?: 'webchat' | 'kiosk';
  readonly limits?: Partial<TranscriptLimits>;
  readonly sensitive?: (topic: string) => boolean;
  readonly clock?: () => number;
  /** Called before each event is accepted: throws to make the store fail. */
  readonly beforeAccept?: () => void;
}

const desk: Desk = { open: true, officersOnline: 1, waiting: 0 };
const key = Buffer.alloc(32, 7);

/** The transcript side of the product on a real store, real lanes and a real socket; only the bot's words are the test's. */
export async function startWorld(parts: WorldParts): Promise<World> {
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const clock = parts.clock ?? Date.now;
  const channel = parts.channel ?? 'webchat';
  const engine = sqliteEngine({ file: ':memory:' });
  const changes = createChanges(onError);
  let ids = 0;
  const records = createRecords({
    engine,
    seal: createSeal([{ id: 'k1', key }], key),
    ids: () => `id-${(ids += 1)}`,
    agencyId: 'operator',
  });
  const jobs = embeddedJobs({ clock: Date.now, onError });
  await engine.open();
  const { inbox, addresses, conversations } = records;
  const commit = (personId: string) => ({ batch: () => undefined, personId, knowledgeVersion: '1' });
  const turns: Parameters<typeof createGreeting>[0] = {
    ...{ addresses, clock, conversationIdOf, decide: parts.decide, defaultLanguage: 'th' },
    desk: () => Promise.resolve(desk),
    commitOf: (conversation, act, at, address) =>
      commitOf(conversation, { ...act, speaker: { from: 'bot' } }, at, commit(address.personId)),
  };
  const lane = createLane({
    ...turns,
    inbox,
    addresses,
    conversations,
    jobs,
    changes,
    giveUp: () => ({ replies: [] }),
    onFailure: ({ error }) => onError(error),
    onTurn: () => undefined,
    startedAt: clock(),
  });
  jobs.handle(queues.lane, { concurrency: 16 }, lane);
  const intake = createIntake({ inbox, addresses, conversationIdOf, jobs, changes, clock, onError });
  const http = createServer();
  const io = new Server(http, { serveClient: false });
  const served = serveTranscript({
    namespace: io.of(`/${channel}`),
    channel,
    intake: {
      ...intake,
      accept: async drafts => {
        parts.beforeAccept?.();
        return intake.accept(drafts);
      },
    },
    greeting: createGreeting(turns),
    conversations,
    addresses,
    conversationIdOf,
    changes,
    visitors: createVisitors('a secret of the test', channel),
    sentences: loadLocales(['locales'], channel),
    clock,
    onError,
    ...(parts.limits ? { limits: parts.limits } : {}),
    ...(parts.sensitive ? { sensitive: parts.sensitive } : {}),
  });
  await jobs.start();
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${channel}`,
    records,
    changes,
    errors,
    cut: () => io.of(`/${channel}`).sockets.forEach(socket => socket.conn.close(true)),
    async officerSays(conversationId, text) {
      for (;;) {
        const conversation = await conversations.get(conversationId);
        const address = conversation && (await addresses.get(conversation.addressId));
        if (!conversation || !address) throw new Error(`no conversation ${conversationId}`);
        const act = {
          decision: { replies: [{ kind: 'text', text }] },
          speaker: { from: 'officer', name: 'สมชาย' },
        } as const;
        const next = commitOf(conversation, act, clock(), commit(address.personId));
        if (!(await conversations.commit(next))) continue;
        changes.publish({ kind: 'conversation', conversationId, seq: next.seq });
        await conversations.project(conversationId);
        return;
      }
    },
    async stop() {
      served.close();
      await io.close();
      await jobs.stop(1_000);
      await engine.close();
    },
  };
}
