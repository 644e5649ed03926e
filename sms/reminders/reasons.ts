/**
 * Why nothing came of a telling, as it stands in the history: one of these, and behind a colon what helps whoever looks into it. The
 * desk has words for each.
 */
export const notToldReasons = [
  'stopped',
  'past',
  'cancelled',
  'changed',
  'erased',
  'opted-out',
  'flagged',
  'number',
  'no-number',
  'no-chat',
  'no-way',
  'leader',
  'settings',
  'allowance',
  'ours',
] as const;
export type NotTold = (typeof notToldReasons)[number];

export const noteOf = (reason: NotTold, detail: string): string => `${reason}: ${detail}`;
