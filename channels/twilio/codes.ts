import type { SendingFault } from '../../core';

/**
 * What an error code of Twilio's means for what we do next. https://www.twilio.com/docs/api/errors
 * `later`: nothing was sent, another time it may be. `never`: trying again would not help. `configuration`: nothing gets out until
 * somebody mends it.
 */
export type CodeClass = 'later' | 'never' | 'configuration';

const classes: ReadonlyMap<number, CodeClass> = new Map([
  [20003, 'configuration'],
  [20404, 'configuration'],
  [20429, 'later'],
  [21211, 'never'],
  [21212, 'never'],
  [21408, 'never'],
  [21606, 'never'],
  [21610, 'never'],
  [21611, 'later'],
  [21612, 'never'],
  [21614, 'never'],
  [21617, 'never'],
  [30001, 'later'],
  [30500, 'later'],
]);

const reasons: ReadonlyMap<number, string> = new Map([
  [20003, 'the account or its token is wrong'],
  [20429, 'too many requests'],
  [21211, 'not a number that can get an SMS'],
  [21212, 'the sender is not valid'],
  [21408, 'SMS to this country is not switched on'],
  [21606, 'the sender cannot send SMS'],
  [21610, 'the person has opted out with the operator'],
  [21611, 'the sending queue is full'],
  [21612, 'the sender cannot reach this number'],
  [21614, 'not a mobile number'],
  [21617, 'the text is too long'],
  [30003, 'the phone cannot be reached'],
  [30004, 'the person has blocked the sender'],
  [30005, 'the number is unknown'],
  [30006, 'a landline'],
  [30007, 'filtered by the operator'],
  [30008, 'the operator gave no reason'],
]);

export const classOf = (code: number | undefined): CodeClass | undefined =>
  code === undefined ? undefined : classes.get(code);

/** A code in words, never with what was said or to whom. */
export function reasonFor(code: number | undefined): string {
  if (code === undefined) return 'twilio gave no code';
  const reason = reasons.get(code);
  return reason === undefined ? `twilio ${code}` : `twilio ${code}: ${reason}`;
}

/** What stands in the way for good: the number itself, the person's refusal at the operator, or something of ours. */
const faults: ReadonlyMap<number, SendingFault> = new Map<number, SendingFault>([
  ...[21211, 21614, 30005, 30006].map(code => [code, 'number'] as const),
  [21610, 'opted-out'],
  ...[21212, 21408, 21606, 21612, 21617, 30004, 30007].map(code => [code, 'ours'] as const),
]);

export const faultOf = (code: number | undefined): { fault?: SendingFault } => {
  const fault = code === undefined ? undefined : faults.get(code);
  return fault === undefined ? {} : { fault };
};

/** Codes of a failed delivery after which the number, or this text to it, should not be tried again. */
const lasting: ReadonlySet<number> = new Set([21610, 21614, 30004, 30005, 30006, 30007]);

export const isLasting = (code: number | undefined): boolean => code !== undefined && lasting.has(code);
