type Words = `camp.why.${string}`;

/** Codes of our own, as scheduler and campaigns note them: alone, or before a colon. */
const ownReasons = {
  stopped: 'camp.why.stopped',
  same: 'camp.why.same',
  'no-consent': 'camp.why.no-consent',
  held: 'camp.why.held',
  erased: 'camp.why.erased',
  past: 'camp.why.past',
  stale: 'camp.why.past',
  'no-way': 'camp.why.no-way',
  cancelled: 'camp.why.cancelled',
  changed: 'camp.why.changed',
  text: 'camp.why.text',
  'opted-out': 'camp.why.opted-out',
  number: 'camp.why.number',
  flagged: 'camp.why.flagged',
  'no-number': 'camp.why.no-number',
  'no-chat': 'camp.why.no-chat',
  leader: 'camp.why.leader',
  settings: 'camp.why.settings',
  allowance: 'camp.why.allowance',
  ours: 'camp.why.ours',
  configuration: 'camp.why.settings',
} as const satisfies Readonly<Record<string, Words>>;

/** https://www.twilio.com/docs/api/errors */
const twilioCodes = {
  20003: 'camp.why.settings',
  20404: 'camp.why.settings',
  20429: 'camp.why.vendor',
  21211: 'camp.why.number',
  21212: 'camp.why.settings',
  21408: 'camp.why.settings',
  21606: 'camp.why.settings',
  21610: 'camp.why.opted-out',
  21611: 'camp.why.vendor',
  21612: 'camp.why.settings',
  21614: 'camp.why.number',
  21617: 'camp.why.text',
  30001: 'camp.why.vendor',
  30003: 'camp.why.unreachable',
  30004: 'camp.why.opted-out',
  30005: 'camp.why.number',
  30006: 'camp.why.number',
  30007: 'camp.why.filtered',
  30008: 'camp.why.no-reason',
  30500: 'camp.why.vendor',
} as const satisfies Readonly<Record<string, Words>>;

/** What the delivery and vendors without codes say, in their words. First match counts. */
const said = [
  [/was erased$/u, 'camp.why.erased'],
  [/has blocked the channel$/u, 'camp.why.opted-out'],
  [/^not a telephone number$|did not take the number$/u, 'camp.why.number'],
  [/^the call: (?:no-answer|busy)$/u, 'camp.why.unreachable'],
  [/^the call: /u, 'camp.why.call'],
  [/^there is nothing to show$/u, 'camp.why.text'],
  [/is not configured$/u, 'camp.why.settings'],
  [/did not confirm|cannot be asked$/u, 'camp.why.in-doubt'],
  [/^gave up after a day$/u, 'camp.why.gave-up'],
  [/^twilio gave no code$|^not delivered$/u, 'camp.why.no-reason'],
  [
    /too many requests$|was not reached|did not answer|connection to line broke|answered 5\d\d$/u,
    'camp.why.vendor',
  ],
] as const satisfies readonly (readonly [RegExp, Words])[];

type ReasonKey =
  | (typeof ownReasons)[keyof typeof ownReasons]
  | (typeof twilioCodes)[keyof typeof twilioCodes]
  | (typeof said)[number][1];

const isIn = <T extends object>(table: T, code: string): code is string & keyof T =>
  Object.hasOwn(table, code);

/** The vendor's own code, for whoever asks the vendor. */
export const vendorCode = (why: string): string | undefined => /twilio (\d{5})/u.exec(why)?.[1];

/** `undefined`: nothing we have words for; what was noted stands as it is. */
export function reasonKey(why: string): ReasonKey | undefined {
  const own = /^[a-z-]+(?=$|: )/u.exec(why)?.[0] ?? '';
  if (isIn(ownReasons, own)) return ownReasons[own];
  const code = vendorCode(why) ?? '';
  if (isIn(twilioCodes, code)) return twilioCodes[code];
  return said.find(([pattern]) => pattern.test(why))?.[1];
}
