import { reasonKey, vendorCode } from '../../agent-desk/web/words/sending-reasons';
import { afterFailure, reasonFor } from '../../channels/twilio';
import { noteOf, notToldReasons } from '../../sms/reminders/reasons';

const codes = [
  ...[20003, 20429, 21211, 21212, 21408, 21606, 21610, 21611, 21612, 21614, 21617],
  ...[30003, 30004, 30005, 30006, 30007, 30008],
];

/** What the delivery and the channels say, in their words. */
const said: readonly (readonly [string, string])[] = [
  ['the person has blocked the channel', 'camp.why.opted-out'],
  ['the address was erased', 'camp.why.erased'],
  ['channel sms/main is not configured', 'camp.why.settings'],
  ['configuration: twilio 20003: the account or its token is wrong', 'camp.why.settings'],
  ['twilio did not confirm the message, and does not list it', 'camp.why.in-doubt'],
  ['the call: busy', 'camp.why.unreachable'],
  ['the call: failed', 'camp.why.call'],
  ['gateway: too many requests', 'camp.why.vendor'],
  ['line was not reached (ECONNREFUSED)', 'camp.why.vendor'],
];

describe('why nothing came of a sending, in words of the desk', () => {
  it.each(codes)('has words for code %i of the vendor, and keeps the code', code => {
    expect([reasonKey(reasonFor(code)), vendorCode(reasonFor(code))]).toEqual([
      expect.stringMatching(/^camp\.why\./u),
      `${code}`,
    ]);
  });

  it.each(notToldReasons)('has words of its own for %s, alone and with what helps', reason => {
    const keys = [reason, noteOf(reason, 'sms is not configured')].map(why => reasonKey(why));
    expect(keys).toEqual([`camp.why.${reason}`, `camp.why.${reason}`]);
  });

  it.each(said)('%s', (why, key) => expect(reasonKey(why)).toBe(key));

  it('has words for a provider that is down', () => {
    for (const failure of [
      { kind: 'unreached' },
      { kind: 'unsettled' },
      { kind: 'answered', status: 503, code: undefined },
    ] as const) {
      const sent = afterFailure(failure, 1);
      expect('why' in sent && sent.why !== undefined && reasonKey(sent.why)).toBe('camp.why.vendor');
    }
  });

  it('leaves alone what it has no words for', () => expect(reasonKey('something else')).toBeUndefined());
});
