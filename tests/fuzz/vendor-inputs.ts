import { createHmac } from 'node:crypto';
import { lineCall, lineEvent, lineUserId, signLine } from '../support/line-standin';
import type { Random } from '../support/random';
import { signTwilio, twilioForm, twilioSid } from '../support/twilio-standin';
import type { HttpInput } from './inputs';
import { anyText, escaped, jsonOf, spoiled, visible } from './values';

export interface VendorParts {
  readonly lineSecret: string;
  readonly gatewaySecret: string;
  readonly twilio: { readonly authToken: string; readonly publicUrl: string };
  /** When the run began: what LINE tells must be new. */
  readonly at: number;
}

/** Webhooks that `inputs` throws something at, with a signature that is right. */
const fromTwilio = [
  '/webhooks/twilio/sms',
  '/webhooks/twilio/status',
  '/webhooks/twilio/voice',
  '/webhooks/twilio/voice/key',
  '/webhooks/twilio/voice/status',
] as const;
export const webhooks = ['/webhooks/line', '/webhooks/sms-gateway', ...fromTwilio] as const;

/** Calls of vendors, most of them signed as the vendor signs. */
export function vendorInputs(
  parts: VendorParts,
): Readonly<Record<'line' | 'gateway' | 'twilio', (random: Random) => HttpInput>> {
  function line(random: Random): HttpInput {
    const given = { from: lineUserId(`f${random.below(500)}`), at: parts.at };
    const text = anyText(random) || 'x';
    const event = random.pick([
      () => lineEvent.text({ ...given, text }),
      () => lineEvent.text({ ...given, text }),
      () => lineEvent.postback({ ...given, data: text }),
      () => lineEvent.follow(given),
      () => lineEvent.unfollow(given),
      () => lineEvent.unsend({ ...given, messageId: text }),
      () => lineEvent.message({ ...given, message: { type: 'sticker', packageId: '1', stickerId: text } }),
      () => lineEvent.other({ ...given, type: text }),
    ])();
    const call: unknown = JSON.parse(lineCall([random.below(5) === 0 ? event : spoiled(event, random)]));
    const body = jsonOf(random.below(10) === 0 ? spoiled(call, random) : call, random);
    return {
      kind: 'http',
      method: 'POST',
      target: webhooks[0],
      headers: {
        'content-type': 'application/json',
        'x-line-signature':
          random.below(10) === 0 ? visible(anyText(random)) : signLine(parts.lineSecret, body),
      },
      body,
    };
  }

  /** A report of the second SMS provider. */
  function gateway(random: Random): HttpInput {
    const report = { id: anyText(random), state: random.pick(['delivered', 'failed', 'queued']) };
    const body = jsonOf(random.below(3) === 0 ? report : spoiled(report, random), random);
    const signature = createHmac('sha256', parts.gatewaySecret).update(body).digest('hex');
    return {
      kind: 'http',
      method: 'POST',
      target: webhooks[1],
      headers: {
        'content-type': 'application/json',
        'x-signature': random.below(10) === 0 ? visible(anyText(random)) : signature,
      },
      body,
    };
  }

  function twilio(random: Random): HttpInput {
    const path = random.pick(fromTwilio);
    const asked = [
      `l=${escaped(anyText(random))}`,
      `c=${escaped(anyText(random))}`,
      'c=yes',
      `o=${escaped(anyText(random))}`,
    ];
    const query = path.includes('/voice') ? asked.filter(() => random.below(2) === 0).join('&') : '';
    const target = query ? `${path}?${query}` : path;
    const { authToken, publicUrl } = parts.twilio;
    const right: Record<string, string> = {
      MessageSid: twilioSid(),
      From: `+6681${String(random.below(1e7)).padStart(7, '0')}`,
      To: '+15005550006',
      Body: 'สวัสดี',
      NumMedia: '0',
      MessageStatus: 'delivered',
      CallSid: `CA${twilioSid().slice(2)}`,
      Direction: random.pick(['inbound', 'outbound-api']),
      CallStatus: random.pick(['completed', 'busy', 'in-progress']),
      Digits: String(random.below(12)),
      ErrorCode: '0',
      OptOutType: 'STOP',
      AccountSid: `AC${'0'.repeat(32)}`,
      ['__proto__x']: 'x',
    };
    const fields = Object.fromEntries(
      Object.entries(right)
        .filter(() => random.below(8) > 0)
        .map(([name, value]) => [
          name,
          name === 'Body' || random.below(4) === 0 ? anyText(random).toWellFormed() : value,
        ]),
    );
    return {
      kind: 'http',
      method: 'POST',
      target,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature':
          random.below(10) === 0
            ? visible(anyText(random))
            : signTwilio(authToken, `${publicUrl}${target}`, fields),
      },
      body: twilioForm(fields),
    };
  }

  return { line, gateway, twilio };
}
