import { type Clock, type SentChannel, AppError } from '../../core';
import { lineApi } from './client';
import { fetchContent } from './content';
import { parseCall, verifySignature } from './receive';
import { batchReplies } from './render';
import { sendToLine } from './send';

export interface LineChannelParts {
  /** Which official account; `main` where there is one. Part of the webhook's address. */
  readonly account: string;
  readonly secret: string;
  readonly token: string;
  /** Another server than LINE's, such as a local stand-in. An origin: a path in it is not used. */
  readonly apiBaseUrl?: string;
  /** Where files are got from; LINE has another server for them. */
  readonly dataApiBaseUrl?: string;
  readonly clock: Clock;
  /** No answer after so long: the call is given up, in doubt. Less than a delivery lease. */
  readonly timeoutMs?: number;
}

/** A video over a slow line takes a while; it is less than the lease of a fetch. */
const contentWithinMs = 45_000;

/** One LINE official account. */
export function lineChannel(parts: LineChannelParts): SentChannel {
  const { account, secret, token, clock, apiBaseUrl = 'https://api.line.me', timeoutMs = 5_000 } = parts;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/u.test(account)) {
    throw new AppError(
      'CONFIGURATION_INVALID',
      `The LINE account name "${account}" must be small letters, digits and hyphens.`,
    );
  }
  const api = lineApi({ token, baseUrl: apiBaseUrl, timeoutMs });
  const data = {
    token,
    baseUrl: parts.dataApiBaseUrl ?? parts.apiBaseUrl ?? 'https://api-data.line.me',
    timeoutMs: contentWithinMs,
  };
  return {
    name: 'line',
    account,
    delivery: 'sent',
    batch: batchReplies,
    send: outgoing => sendToLine({ api, clock, timeoutMs }, outgoing),
    fetchFile: (reference, mostBytes) => fetchContent(data, reference, mostBytes),
    webhooks: [
      {
        path: account === 'main' ? '/webhooks/line' : `/webhooks/line/${account}`,
        verify: request => verifySignature(request, secret),
        parse: request => parseCall(request, account, clock),
        accepted: { status: 200, type: 'application/json', body: '{}' },
      },
    ],
  };
}
