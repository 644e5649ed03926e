import { type Attempt, type Delivery } from './deliveries';
import { callHook } from './hooks';
import { type SendMail, sendQueuedMail } from './mails';

type HookParts = Parameters<typeof callHook>[0];

/** Sends whatever stands in the outbox of cases, by the way it goes out. */
export function deliver(
  parts: HookParts & { readonly mail?: SendMail },
): (delivery: Delivery) => Promise<Attempt> {
  const hook = callHook(parts);
  const mail = sendQueuedMail(parts.seal, parts.mail);
  return delivery => (delivery.way === 'mail' ? mail(delivery) : hook(delivery));
}
