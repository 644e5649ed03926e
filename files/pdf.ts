import { inflateSync } from 'node:zlib';
import { type Cleaned, Unacceptable } from './kinds';

/**
 * What makes a document do something, or carry another file: every action that can has to be named so. Short names (`/JS`) are left
 * out, because compressed dots hold them by chance; none of them works without one of these.
 */
const active =
  /\/(?:JavaScript|Launch|EmbeddedFile|Filespec|RichMedia|XFA|SubmitForm|ImportData|GoToE|GoToR)/u;
const encrypted = /\/Encrypt(?![A-Za-z])/u;
const tailBytes = 1_024;
/** Together for one document; what swells beyond is not a form or a letter. */
const mostInflated = 16 * 1024 * 1024;
const mostStreams = 2_000;

/** Names may be written with `#4A` for `J`. */
const plainNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/gu, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));

function refuseActive(text: string): void {
  if (active.test(plainNames(text))) throw new Unacceptable('active');
}

const countOf = (text: string, name: string): number => text.split(name).length - 1;

/** Objects may stand inside compressed streams: those are looked into, within limits. */
function* objectStreams(bytes: Buffer): Generator<string> {
  let left = mostInflated;
  let count = 0;
  for (let at = bytes.indexOf('/ObjStm'); at >= 0; at = bytes.indexOf('/ObjStm', at + 1)) {
    const start = bytes.indexOf('stream', at);
    count += 1;
    if (start < 0 || count > mostStreams) throw new Unacceptable('damaged');
    const data = start + 6 + (bytes[start + 6] === 0x0d ? 2 : 1);
    const end = bytes.indexOf('endstream', data);
    if (end < 0) throw new Unacceptable('damaged');
    let text: Buffer;
    try {
      text = inflateSync(bytes.subarray(data, end), { maxOutputLength: left });
    } catch (cause) {
      // By its code: errors of Node come from another realm in some surroundings.
      const code: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'code') : '';
      throw new Unacceptable(code === 'ERR_BUFFER_TOO_LARGE' ? 'dimensions' : 'active');
    }
    left -= text.length;
    if (left <= 0) throw new Unacceptable('dimensions');
    yield text.toString('latin1');
  }
}

/** Takes a PDF that only shows pages; one that would act, carries other files or is locked is refused. It is never opened inside our pages. */
export function cleanPdf(bytes: Buffer): Cleaned {
  const end = bytes.lastIndexOf('%%EOF');
  if (end < 0 || bytes.length - end > tailBytes) throw new Unacceptable('damaged');
  const text = bytes.toString('latin1');
  if (encrypted.test(plainNames(text))) throw new Unacceptable('active');
  refuseActive(text);
  // Somebody who hides where the objects are has a reason.
  if (countOf(plainNames(text), '/ObjStm') !== countOf(text, '/ObjStm')) throw new Unacceptable('active');
  for (const inside of objectStreams(bytes)) refuseActive(inside);
  return { kind: 'application/pdf', bytes: bytes.subarray(0, end + 5) };
}
