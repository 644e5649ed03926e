import { type Logger, pino, stdSerializers } from 'pino';
import { maskContacts } from '../core';

export type Log = Logger;

const maskedTexts = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskContacts(value) : value,
    ]),
  );

/** What failed, without what a library may have quoted in its message. */
function maskedError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? maskContacts(error) : error;
  const { message, stack, type } = stdSerializers.err(error);
  const code: unknown = 'code' in error ? error.code : undefined;
  return maskedTexts({ type, message, stack, ...(typeof code === 'string' ? { code } : {}) });
}

/**
 * Events with fields: ids, codes, milliseconds. Never tokens, message text, names or phone numbers; should a number that identifies a
 * person still get into a text, it is masked on the way out.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: maskedError },
    formatters: { log: maskedTexts },
  };
  return destination ? pino(options, destination) : pino(options);
}
