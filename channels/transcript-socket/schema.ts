import { z } from 'zod';

/** A language tag such as `th` or `zh-Hans`. */
const language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/u);

export const authSchema = z.object({
  visitor: z.string().max(200).optional(),
  lastSeq: z.int().min(0).optional(),
  language: language.optional(),
});

const clientId = z.string().regex(/^[\w.-]{1,64}$/u);

export const messageSchema = z.union([
  z.object({ clientId, text: z.string().refine(text => text.trim() !== '') }),
  // The longest id a choice may have, see `Choice` in core.
  z.object({ clientId, choice: z.string().min(1).max(300) }),
]);

export const readSchema = z.object({ seq: z.int().min(1) });

export const endSchema = z.object({ clientId: clientId.optional() }).default({});
