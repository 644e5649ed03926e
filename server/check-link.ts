import { z } from 'zod';
import { type SafeFetchParts, createSafeFetch } from './safe-fetch';

const linkWithinMs = 8_000;
const linkBytes = 256 * 1024;
/** More turns than this are a circle. */
const mostTurns = 5;

const fault = z.object({ name: z.string(), message: z.string() });
const causeOf = (error: unknown): z.infer<typeof fault> =>
  fault.safeParse(error).data ?? { name: '', message: String(error) };

/** Asks whether a published address leads to a page; every turn of a redirect is looked at as the first was. Resolves with what is wrong. */
export function createCheckLink(parts: SafeFetchParts = {}): (url: string) => Promise<string | undefined> {
  const withinMs = parts.withinMs ?? linkWithinMs;
  const safeFetch = createSafeFetch({ maxBytes: linkBytes, ...parts, withinMs });

  async function follow(url: string, turns: number): Promise<string | undefined> {
    const { status, headers } = await safeFetch(url);
    const { location } = headers;
    if (status < 300 || status === 304) return undefined;
    if (status >= 400) return `เว็บตอบรหัส ${status} (answers ${status})`;
    if (typeof location !== 'string' || !URL.canParse(location, url))
      return `เว็บส่งต่อไปที่อื่น แต่ไม่บอกว่าที่ไหน (answers ${status} and names no place)`;
    return turns === 0
      ? 'เว็บส่งต่อวนไปมา (redirects in a circle)'
      : follow(new URL(location, url).href, turns - 1);
  }

  return async url => {
    try {
      return await follow(url, mostTurns);
    } catch (error) {
      const { name, message } = causeOf(error);
      const timedOut = name === 'TimeoutError' || name === 'AbortError';
      const seconds = withinMs / 1000;
      return timedOut
        ? `เว็บไม่ตอบภายใน ${seconds} วินาที (no answer within ${seconds} s)`
        : `เปิดไม่ได้ (${message})`;
    }
  };
}
