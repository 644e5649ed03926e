import { createAdapter } from '@socket.io/redis-adapter';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { createClient } from 'redis';
import type { Server } from 'socket.io';
import { z } from 'zod';
import type { Change, Clock, Engine, Jobs } from '../core';
import { bullJobs, embeddedJobs } from '../jobs';
import { mongoEngine, sqliteEngine } from '../store';
import type { createChanges } from './changes';
import type { Config } from './config';

/** The database: SQLite in a file by default, MongoDB where it is configured. */
export async function chooseEngine(config: Config): Promise<Engine> {
  if (config.mongodbUrl) return mongoEngine({ url: config.mongodbUrl });
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  return sqliteEngine({ file: join(config.dataDir, 'thamrat.db') });
}

const databaseIn = /^[^/]*\/\/[^/]+\/([^?]+)/u;

/** Begin of every key and channel in Redis: installations that share a Redis differ by the name of their database. */
export function namespaceOf({ mongodbUrl = '' }: Pick<Config, 'mongodbUrl'>): string {
  const database = databaseIn.exec(mongodbUrl)?.[1];
  return database === undefined ? 'thamrat' : `thamrat-${database}`;
}

/** Jobs in this process by default, on Redis where several processes share the work. */
export async function chooseJobs(
  config: Config,
  clock: Clock,
  onError: (error: unknown) => void,
): Promise<Jobs> {
  return config.redisUrl
    ? bullJobs({ url: config.redisUrl, prefix: namespaceOf(config), clock, onError })
    : embeddedJobs({ clock, onError });
}

const conversationId = z.string().max(200);
const seq = z.number();
const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('conversation'), conversationId, seq }),
  z.object({ kind: z.literal('settled'), eventId: z.string().max(1_000), seq }),
  z.object({
    kind: z.literal('typing'),
    conversationId,
    from: z.enum(['citizen', 'officer']),
    name: z.string().max(200).exactOptional(),
  }),
  z.object({ kind: z.literal('presence') }),
  z.object({ kind: z.literal('erased'), addressId: z.string().max(200) }),
  z.object({ kind: z.literal('access'), officerId: z.string().max(200) }),
  z.object({ kind: z.literal('knowledge') }),
]);

/** Lets several processes reach each other's sockets and wake each other's screens. Returns the way to leave. */
export async function joinProcesses(
  config: Config,
  io: Server,
  changes: ReturnType<typeof createChanges>,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  if (!config.redisUrl) return () => Promise.resolve();
  const publisher = createClient({ url: config.redisUrl });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) client.on('error', onError);
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber, { key: namespaceOf(config) }));
  io.on('change', (change: unknown) => {
    const parsed = changeSchema.safeParse(change);
    if (parsed.success) changes.receive(parsed.data);
  });
  changes.relayTo((change: Change) => io.serverSideEmit('change', change));
  return async () => {
    await Promise.allSettled([publisher.close(), subscriber.close()]);
  };
}
