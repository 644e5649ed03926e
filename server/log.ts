import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Events with fields: ids, codes, milliseconds. Never tokens, message text, names or phone numbers. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
