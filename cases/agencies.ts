import { z } from 'zod';
import type { AgencyConnection } from './reception';

const path = z.string().regex(/^\/[\w./{}?=&~-]*$/u);
/** Names of nested fields, such as `data.status.th`. */
const field = z.string().regex(/^[\w-]+(\.[\w-]+)*$/u);

export const systemSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/u }),
  /** Sent with every call, such as `authorization`. */
  headers: z.record(z.string().regex(/^[\w-]+$/u), z.string()).default({}),
  status: z
    .strictObject({
      path,
      text: field,
      /** When the agency changed it: ISO, or ms since the epoch. */
      asOf: field.optional(),
      fee: field.optional(),
      paid: field.optional(),
    })
    .optional(),
  file: z.strictObject({ path, reference: field }).optional(),
  timeoutMs: z.number().int().min(100).max(20_000).default(3_000),
  cacheMs: z.number().int().min(0).max(3_600_000).default(60_000),
  breaker: z
    .strictObject({ failures: z.number().int().min(1), openMs: z.number().int().min(100) })
    .default({ failures: 5, openMs: 30_000 }),
});
export type AgencySystem = z.infer<typeof systemSchema>;

const agencySchema = z.strictObject({
  /** Its own officers work at our desk. */
  desk: z.boolean().optional(),
  /** New cases are mailed here; with it, complaints may be handed on by mail. */
  email: z.email().optional(),
  /** Told of overdue cases. */
  managers: z.array(z.email()).default([]),
  /** It fetches its cases as a file. */
  file: z.boolean().optional(),
  system: systemSchema.optional(),
});

export const hookSchema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,40}$/u),
  url: z.url({ protocol: /^https?$/u }),
  secret: z.string().min(16),
  /** Only cases that concern this agency; absent: all. */
  agencyId: z.string().optional(),
});
export type Hook = z.infer<typeof hookSchema>;

/** What the operator connected: the file that `AGENCIES_FILE` names. */
export const agenciesSchema = z.strictObject({
  agencies: z.record(z.string().regex(/^[a-z0-9-]{1,60}$/u), agencySchema).default({}),
  hooks: z.array(hookSchema).default([]),
  /** `host:port` of systems and hooks that may be called though their address is not on the public net. */
  privateHosts: z.array(z.string().regex(/^[\w.:-]{1,255}:\d{1,5}$/u)).default([]),
});
export type Agencies = z.infer<typeof agenciesSchema>;

/** Nothing is connected. */
export const noAgencies: Agencies = { agencies: {}, hooks: [], privateHosts: [] };

export function connectionOf(agencies: Agencies, agencyId: string): AgencyConnection | undefined {
  if (!Object.hasOwn(agencies.agencies, agencyId)) return undefined;
  const agency = agencies.agencies[agencyId];
  return {
    api: agency?.system?.file !== undefined,
    email: agency?.email !== undefined,
    file: agency?.file === true,
    desk: agency?.desk === true,
  };
}
