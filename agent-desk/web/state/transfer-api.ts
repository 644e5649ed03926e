import { z } from 'zod';
import { ask } from './api';

const desks = z.object({
  colleagues: z.array(z.object({ id: z.string(), name: z.string(), here: z.boolean() })),
  agencies: z.array(z.object({ id: z.string(), name: z.record(z.string(), z.string()) })),
});
export type TransferDesks = z.infer<typeof desks>;

export interface TransferTo {
  readonly kind: 'colleague' | 'agency';
  readonly id: string;
}

/** Where a conversation can go. */
export const transferDesks = (): Promise<TransferDesks> => ask('GET', '/api/v1/transfer-desks', desks);
