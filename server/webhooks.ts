import { Router, type Response } from 'express';
import {
  AppError,
  type Inbox,
  type Intake,
  type Parsed,
  type SentChannel,
  type Webhook,
  reached,
} from '../core';
import { rawRequest, readBody } from './raw-request';

/** LINE takes 2 MB at most for what we send; its own calls are far smaller. */
const maxBodyBytes = 1024 * 1024;

/** LINE waits 2 s for an answer. What is not stored by then is refused, and comes again. */
const storeWithinMs = 1_500;

export interface WebhookParts {
  readonly intake: Intake;
  readonly inbox: Inbox;
  readonly clock: () => number;
  /** News about something we sent. */
  readonly onDelivery: (channel: SentChannel, news: Parsed & { kind: 'delivery' }) => Promise<void>;
  readonly count: (what: 'refused' | 'accepted' | 'known' | 'ignored', channel: string, by: number) => void;
}

/** Rejects with `BUSY` when `work` takes longer; the work itself goes on, and doing it again is harmless. */
function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('BUSY', 'The event could not be stored in time; send it again.')),
      ms,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Everything of one call is stored before it is answered. */
async function store(parts: WebhookParts, channel: SentChannel, parsed: readonly Parsed[]): Promise<void> {
  const drafts = parsed.flatMap(each => (each.kind === 'event' ? [each.event] : []));
  const results = drafts.length > 0 ? await parts.intake.accept(drafts) : [];
  const accepted = results.filter(result => result.outcome === 'accepted').length;
  parts.count('accepted', channel.name, accepted);
  parts.count('known', channel.name, results.length - accepted);
  for (const each of parsed) {
    if (each.kind === 'ignored') {
      await parts.inbox.ignore(
        `${channel.name}:${each.account}:${each.providerEventId}`,
        each.why,
        parts.clock(),
      );
      parts.count('ignored', channel.name, 1);
    }
    if (each.kind === 'delivery') await parts.onDelivery(channel, each);
  }
}

/** Prove the sender over the bytes as they came, parse, store, answer: in this order. */
function answer(parts: WebhookParts, channel: SentChannel, webhook: Webhook) {
  return async (request: Parameters<typeof rawRequest>[0], response: Response): Promise<void> => {
    const raw = rawRequest(request, await readBody(request, maxBodyBytes));
    try {
      webhook.verify(raw);
    } catch (error) {
      parts.count('refused', channel.name, 1);
      throw error;
    }
    reached('verified', channel.name);
    await within(store(parts, channel, webhook.parse(raw)), storeWithinMs);
    const { status, type, body } = (await webhook.answer?.(raw)) ?? webhook.accepted;
    // No `send`: nobody asks for the entity tag it would compute.
    response.status(status).type(type).end(body);
  };
}

/** The addresses at which the vendors call us. No rate limit here: a signed event is never dropped. */
export function webhookRouter(parts: WebhookParts, channels: readonly SentChannel[]): Router {
  const router = Router();
  for (const channel of channels) {
    for (const webhook of channel.webhooks) router.post(webhook.path, answer(parts, channel, webhook));
  }
  return router;
}
