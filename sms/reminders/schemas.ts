import { z } from 'zod';
import { lawfulBases, reminderPurposes, reminderWays } from '../../core';
import { textSchema } from './records';

const minuteMs = 60_000;
const yearMs = 366 * 24 * 60 * minuteMs;

export const phone = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/u, 'must be in international form, such as +66812345678');
const id = z.string().min(1).max(300);
const moment = z.number().int().positive();

export const ladderSchema = z
  .array(z.strictObject({ way: z.enum(reminderWays), leaderPersonId: id.exactOptional() }))
  .min(1)
  .max(6);

/** What whoever orders a reminder says; the rest is known from who they are. */
export const draftSchema = z.strictObject({
  personId: id.exactOptional(),
  phone: phone.exactOptional(),
  conversationId: id.exactOptional(),
  purpose: z.enum(reminderPurposes),
  basis: z.strictObject({ basis: z.enum(lawfulBases), at: moment, how: z.string().trim().min(1).max(400) }),
  topic: z.strictObject({ kind: z.enum(['service', 'complaint', 'hotline']), id }).exactOptional(),
  caseId: id.exactOptional(),
  text: textSchema,
  dueAt: moment,
  leadsMs: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(2 * yearMs),
    )
    .min(1)
    .max(10),
  repeats: z.string().min(1).max(300).exactOptional(),
  ladder: ladderSchema,
  language: z.string().min(2).max(20).default('th'),
  expiresAt: moment.exactOptional(),
  asks: z.boolean().default(false),
});

export const changeSchema = z.strictObject({
  dueAt: moment.exactOptional(),
  leadsMs: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(2 * yearMs),
    )
    .min(1)
    .max(10)
    .exactOptional(),
  repeats: z.string().min(1).max(300).exactOptional(),
  ladder: ladderSchema.exactOptional(),
  text: textSchema.exactOptional(),
  language: z.string().min(2).max(20).exactOptional(),
  asks: z.boolean().exactOptional(),
  phone: phone.exactOptional(),
});

export const answers = ['come', 'move', 'call', 'wrong-person', 'stop', 'heard', 'passed-on'] as const;
