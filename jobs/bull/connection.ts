import { createClient } from 'redis';
import { AppError } from '../../core';
import { within } from '../within';

/** Longest wait between two tries to reach Redis again, ms. */
const reconnectEveryMs = 1_000;
const connectWithinMs = 3_000;

/** Redis as whoever runs the program must hear of it; the address may hold a password, so it stays out. */
export function unreachable(cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError(
    'STORE_UNAVAILABLE',
    `Redis cannot be used (${why}); look at REDIS_URL and at the server.`,
    {
      cause,
    },
  );
}

function clientOf(url: string) {
  return createClient({
    url,
    socket: {
      connectTimeout: connectWithinMs,
      reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, reconnectEveryMs),
    },
  });
}

export type RedisClient = ReturnType<typeof clientOf>;

/** A client that comes back by itself. Of an outage only the beginning is told. */
export function createRedis(url: string, onError: (error: unknown) => void): RedisClient {
  const client = clientOf(url);
  // Every queue and worker of the process listens to it.
  client.setMaxListeners(0);
  let isLost = false;
  client.on('ready', () => {
    isLost = false;
  });
  client.on('error', error => {
    if (isLost) return;
    isLost = true;
    onError(unreachable(error));
  });
  return client;
}

/** BullMQ breaks when Redis throws keys away to make room, so a Redis that may do so is refused. */
async function requireNoEviction(client: RedisClient): Promise<void> {
  const memory = await client.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  throw new AppError(
    'CONFIGURATION_INVALID',
    `Redis may throw jobs away (maxmemory-policy ${policy}); set its maxmemory-policy to noeviction.`,
  );
}

/** Connects for the first time; later losses are healed without the caller. */
export async function connectRedis(client: RedisClient): Promise<void> {
  try {
    await within(connectWithinMs, client.connect());
    await within(connectWithinMs, requireNoEviction(client));
  } catch (error) {
    client.destroy();
    throw error instanceof AppError ? error : unreachable(error);
  }
}
