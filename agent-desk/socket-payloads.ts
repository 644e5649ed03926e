import { z } from 'zod';
import { episodeResults, episodeTypes } from '../core';

const conversation = z.string().min(1).max(200);

/** What a desk may send, by event. Longer texts than LINE takes in one message are refused, not cut. */
export const payloads = {
  claim: z.strictObject({ conversation }),
  message: z.strictObject({
    conversation,
    clientId: z.string().regex(/^[\w.:-]{1,80}$/u, 'must be 1-80 letters, digits or . : - _'),
    text: z.string().trim().min(1).max(4_000),
  }),
  watch: z.strictObject({ conversation, lastSeq: z.number().int().min(0).optional() }),
  unwatch: z.strictObject({ conversation }),
  typing: z.strictObject({ conversation }),
  release: z.strictObject({ conversation }),
  transfer: z.strictObject({
    conversation,
    to: z.strictObject({ kind: z.enum(['colleague', 'agency']), id: z.string().min(1).max(200) }),
    note: z.string().trim().min(1).max(4_000).optional(),
  }),
  decline: z.strictObject({ conversation }),
  close: z.strictObject({
    conversation,
    type: z.enum(episodeTypes),
    result: z.enum(episodeResults),
    note: z.string().trim().min(1).max(4_000).optional(),
    topic: z.string().max(80).optional(),
  }),
} as const;
