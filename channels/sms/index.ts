import type { Clock, Reply, SentChannel } from '../../core';
import { verifySignature } from '../twilio';
import { withFailover } from './failover';
import { type Gateway, gatewayReports, gatewaySender } from './gateway';
import { parseMessage, parseStatus } from './receive';
import { renderSms } from './render';
import { smsSender } from './send';

export { gatewaySchema } from './gateway';

export interface SmsChannelParts {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number (`+66…`), a registered name of at most 11 letters, or a Messaging Service (`MG…`). */
  readonly from: string;
  /** Where Twilio reaches us: signatures are over this address. */
  readonly publicUrl: string;
  /** Another server than Twilio's, such as a local stand-in. */
  readonly apiBaseUrl?: string;
  /** Who sends, named in texts where it costs no further part. */
  readonly operatorName?: string;
  readonly clock: Clock;
  /** No answer after so long: the call is given up, in doubt. Less than a delivery lease. */
  readonly timeoutMs?: number;
  /** A second provider, for what Twilio does not take. */
  readonly second?: Gateway;
}

const messagePath = '/webhooks/twilio/sms';
const statusPath = '/webhooks/twilio/status';
const account = 'main';

const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.|\[::1\])/iu.test(url);

/** A turn is one text: every further one would cost again. */
const batch = (replies: readonly Reply[]): readonly (readonly Reply[])[] =>
  replies.length > 0 ? [replies] : [];

/** SMS by Twilio. */
export function smsChannel(parts: SmsChannelParts): SentChannel {
  const { publicUrl, clock, authToken, timeoutMs = 5_000, second, ...rest } = parts;
  const origin = publicUrl.replace(/\/+$/u, '');
  // Twilio refuses a message whose report it could not deliver to a public address.
  const reachable = !isLoopback(origin) || parts.apiBaseUrl !== undefined;
  const twilio = smsSender({
    ...rest,
    authToken,
    clock,
    timeoutMs,
    ...(reachable ? { statusCallback: `${origin}${statusPath}` } : {}),
  });
  const { operatorName } = parts;
  const send = second
    ? withFailover(
        { name: 'twilio', send: twilio },
        {
          name: second.name,
          send: gatewaySender({
            ...{ gateway: second, fetch, timeoutMs },
            ...(operatorName ? { operatorName } : {}),
          }),
        },
      )
    : twilio;
  return {
    name: 'sms',
    account,
    delivery: 'sent',
    batch,
    send,
    shown: ({ replies, sender }) =>
      renderSms(replies, sender, rest.operatorName === undefined ? {} : { operatorName: rest.operatorName }),
    webhooks: [
      {
        path: messagePath,
        verify: request => verifySignature(request, `${origin}${messagePath}`, authToken),
        parse: request => parseMessage(request, account, clock),
        // Empty TwiML: the answer goes out by itself later, after the turn.
        accepted: {
          status: 200,
          type: 'text/xml',
          body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
        },
      },
      {
        path: statusPath,
        verify: request => verifySignature(request, `${origin}${statusPath}`, authToken),
        parse: parseStatus,
        accepted: { status: 200, type: 'text/plain', body: '' },
      },
      ...(second ? gatewayReports(second) : []),
    ],
  };
}
