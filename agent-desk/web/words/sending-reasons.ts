/** Why nothing came of a sending: what the scheduler notes, and what vendors answer, in words an officer can act on. First match counts. */
const reasons = [
  [/^stopped$|the person wants n/u, 'camp.why.stopped'],
  [/^same$/u, 'camp.why.same'],
  [/^no-consent$/u, 'camp.why.no-consent'],
  [/^held$/u, 'camp.why.held'],
  [/^erased$|was erased/u, 'camp.why.erased'],
  [/^past$|^stale$|too late to be of use/u, 'camp.why.past'],
  [/^no-way$|the ladder has no step/u, 'camp.why.no-way'],
  [/^cancelled$/u, 'camp.why.cancelled'],
  [/^changed$/u, 'camp.why.changed'],
  [/twilio (?:21610|30004)|has blocked the channel|has opted out/u, 'camp.why.opted-out'],
  [/twilio (?:21211|21614|30005|30006)|not a telephone number|did not take the number/u, 'camp.why.number'],
  [/the number does not reach the person/u, 'camp.why.flagged'],
  [/twilio 30003|the call: (?:no-answer|busy)/u, 'camp.why.unreachable'],
  [/^the call:/u, 'camp.why.call'],
  [/twilio 30007/u, 'camp.why.filtered'],
  [/twilio 30008|twilio gave no code|not delivered/u, 'camp.why.no-reason'],
  [/twilio 21617|there is nothing to show|the text/u, 'camp.why.text'],
  [/^configuration|is not configured|twilio (?:20003|20404|21212|21408|21606|21612)/u, 'camp.why.settings'],
  [/no telephone number is known/u, 'camp.why.no-number'],
  [/never written there|no conversation that can be written to|the person is not known/u, 'camp.why.no-chat'],
  [/the leader has not ticked|no leader is named/u, 'camp.why.leader'],
  [/allowance of the day/u, 'camp.why.allowance'],
  [/did not confirm|cannot be asked/u, 'camp.why.in-doubt'],
  [/gave up after a day/u, 'camp.why.gave-up'],
  [
    /twilio (?:20429|21611|30001|30500)|too many requests|was not reached|did not answer|connection to line broke|answered 5\d\d/u,
    'camp.why.vendor',
  ],
  [/^our own failure/u, 'camp.why.ours'],
] as const satisfies readonly (readonly [RegExp, `camp.why.${string}`])[];

/** `undefined`: nothing we have words for; what was noted stands as it is. */
export const reasonKey = (why: string): (typeof reasons)[number][1] | undefined =>
  reasons.find(([pattern]) => pattern.test(why))?.[1];

/** The vendor's own code, for whoever asks the vendor. */
export const vendorCode = (why: string): string | undefined => /twilio (\d{5})/u.exec(why)?.[1];
