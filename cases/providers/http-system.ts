import type { Clock } from '../../core';
import type { AgencySystem } from '../agencies';
import { type Breaker, createBreaker } from './breaker';

/** A status page of a case is far smaller. */
const maxBytes = 64 * 1024;
const maxTextUnits = 500;
/** Remembered answers; the oldest go first. */
const cacheSize = 5_000;

export interface AgencyStatus {
  readonly text: string;
  /** When the agency changed it, else when it was read, ms. */
  readonly asOf: number;
  readonly fee?: string;
  readonly paid?: boolean;
}

export type StatusRead =
  | { readonly outcome: 'read'; readonly status: AgencyStatus }
  /** The system answers and does not know the number. */
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'down'; readonly why: string };

export type Handed =
  | { readonly outcome: 'acknowledged'; readonly theirReference: string }
  | { readonly outcome: 'down'; readonly why: string };

/** What is handed on: the matter, without who the person is. */
export interface HandedMatter {
  readonly id: string;
  readonly kind: string;
  readonly topic?: string;
  readonly filedAt: string;
  readonly details: unknown;
}

/** An agency's own system, as the operator described it. Never throws: whatever comes back, or nothing, is an outcome. */
export interface AgencySystemClient {
  status(reference: string): Promise<StatusRead>;
  handOn(matter: HandedMatter): Promise<Handed>;
  /** It answered at the last call. */
  reachable(): boolean;
}

type Fetched =
  | { readonly kind: 'body'; readonly body: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly why: string };

/** The value at `data.status.th` of what a system sent; own fields only. */
function at(body: unknown, field: string): unknown {
  let value = body;
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Object.entries(value).find(([key]) => key === name)?.[1];
  }
  return value;
}

/** Text of a foreign system as plain words: no tags, no control or invisible characters, bounded. */
export function plainWords(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const words = String(value)
    .slice(0, maxTextUnits * 4)
    .toWellFormed()
    .replace(/<(script|style)[^>]*>[\s\S]*?(<\/\1\s*>|$)/giu, ' ')
    .replace(/<[^>]{0,200}>/gu, ' ')
    .replace(/[<>]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return words ? words.slice(0, maxTextUnits).toWellFormed() : undefined;
}

function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isSafeInteger(moment) && moment > 0 ? moment : undefined;
}

/** The body as text; throws when there is too much of it. */
async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const counting = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new RangeError(`it answered with more than ${maxBytes} bytes`);
      text += decoder.decode(chunk, { stream: true });
    },
  });
  await response.body?.pipeTo(counting);
  return text + decoder.decode();
}

export function agencySystem(parts: {
  readonly system: AgencySystem;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}): AgencySystemClient {
  const { system, clock } = parts;
  const breaker: Breaker = createBreaker(system.breaker, clock);
  const cache = new Map<string, { readonly at: number; readonly read: StatusRead }>();
  const underway = new Map<string, Promise<StatusRead>>();
  let answered = true;

  async function call(
    path: string,
    init: {
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    } = {},
  ): Promise<Fetched> {
    if (!breaker.allows())
      return { kind: 'failed', why: 'it did not answer lately and is left alone for a while' };
    try {
      const response = await parts.fetch(
        new URL(path.replace(/^\//u, ''), `${system.baseUrl.replace(/\/+$/u, '')}/`),
        {
          ...init,
          headers: { accept: 'application/json', ...system.headers, ...init.headers },
          redirect: 'error',
          signal: AbortSignal.timeout(system.timeoutMs),
        },
      );
      const text = await boundedText(response);
      if (response.status === 404) {
        breaker.succeeded();
        answered = true;
        return { kind: 'missing' };
      }
      if (!response.ok) throw new Error(`it answered ${response.status}`);
      const body: unknown = JSON.parse(text);
      breaker.succeeded();
      answered = true;
      return { kind: 'body', body };
    } catch (error) {
      breaker.failed();
      answered = false;
      return { kind: 'failed', why: error instanceof Error ? error.message : 'unknown' };
    }
  }

  async function read(reference: string): Promise<StatusRead> {
    const { status } = system;
    if (!status) return { outcome: 'unknown' };
    const fetched = await call(status.path.replaceAll('{reference}', encodeURIComponent(reference)));
    if (fetched.kind === 'failed') return { outcome: 'down', why: fetched.why };
    if (fetched.kind === 'missing') return { outcome: 'unknown' };
    const text = plainWords(at(fetched.body, status.text));
    if (text === undefined) return { outcome: 'down', why: `its answer has no "${status.text}"` };
    const fee = status.fee && plainWords(at(fetched.body, status.fee));
    const paid = status.paid && at(fetched.body, status.paid);
    return {
      outcome: 'read',
      status: {
        text,
        asOf: (status.asOf && momentOf(at(fetched.body, status.asOf))) || clock(),
        ...(fee ? { fee } : {}),
        ...(typeof paid === 'boolean' ? { paid } : {}),
      },
    };
  }

  function remember(reference: string, result: StatusRead): void {
    if (result.outcome === 'down') return;
    cache.delete(reference);
    cache.set(reference, { at: clock(), read: result });
    const [oldest] = cache.keys();
    if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest);
  }

  return {
    reachable: () => answered,
    async status(reference) {
      const cached = cache.get(reference);
      if (cached && clock() - cached.at < system.cacheMs) return cached.read;
      const asked = underway.get(reference);
      if (asked) return asked;
      const asking = read(reference).finally(() => underway.delete(reference));
      underway.set(reference, asking);
      const result = await asking;
      remember(reference, result);
      return result;
    },
    async handOn(matter) {
      if (!system.file) return { outcome: 'down', why: 'it takes no cases' };
      const fetched = await call(system.file.path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': matter.id },
        body: JSON.stringify(matter),
      });
      if (fetched.kind !== 'body')
        return { outcome: 'down', why: fetched.kind === 'failed' ? fetched.why : 'it answered 404' };
      const theirReference = plainWords(at(fetched.body, system.file.reference));
      return theirReference === undefined
        ? { outcome: 'down', why: `its answer has no "${system.file.reference}"` }
        : { outcome: 'acknowledged', theirReference };
    },
  };
}
