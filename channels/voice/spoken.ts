import { type Reply, withoutUnseen } from '../../core';

export type { Choice, Reply } from '../../core';

/** What a voice should not spell out: links, emoji, quotation marks, bullets. */
export function withoutMarks(reply: Reply): string {
  const text = reply.kind === 'read-aloud' ? reply.speak : reply.text;
  return withoutUnseen(text)
    .replace(/(?:https?:\/\/|www\.)\S+/giu, '')
    .replace(/\p{Extended_Pictographic}|[“”"'•*_#<>\u200B\u200D\uFE0F]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
