import { createHmac } from 'node:crypto';
import type { CaseRecord, Clock } from '../core';
import type { Agencies, Hook } from './agencies';
import type { Attempt, Deliveries, Delivery } from './deliveries';
import type { CaseSeal } from './seal';

const timeoutMs = 10_000;

/** Of a sensitive case or a report, other systems hear nothing. */
const mayTell = (record: CaseRecord, hook: Hook): boolean =>
  !record.sensitive &&
  record.kind !== 'report' &&
  (hook.agencyId === undefined ||
    hook.agencyId === record.topicAgencyId ||
    hook.agencyId === record.agencyId);

/** What a hook is told: how the case stands, nothing that anybody wrote. */
function bodyOf(record: CaseRecord, key: string, event: string): string {
  const { id, reference, kind, state, topic, dueAt, changedAt } = record;
  return JSON.stringify({
    id: key,
    event: `case.${event}`,
    at: new Date(changedAt).toISOString(),
    case: {
      id,
      kind,
      state,
      dueAt: new Date(dueAt).toISOString(),
      ...(reference ? { reference } : {}),
      ...(topic ? { topic: `${topic.kind}:${topic.id}` } : {}),
    },
  });
}

/** Puts the event into the outbox of each hook that may hear of it. */
export async function queueHooks(
  record: CaseRecord,
  key: string,
  event: string,
  parts: {
    readonly deliveries: Pick<Deliveries, 'add'>;
    readonly agencies: Agencies;
    readonly seal: CaseSeal;
  },
): Promise<void> {
  for (const hook of parts.agencies.hooks.filter(each => mayTell(record, each)))
    await parts.deliveries.add({
      id: `hook/${hook.name}/${key}`,
      way: `hook:${hook.name}`,
      sealed: parts.seal.seal(bodyOf(record, key, event)),
    });
}

/** `t=…,v1=…`: HMAC-SHA-256 over `t.body`, so that neither the body nor the moment can be changed. */
export function hookSignature(secret: string, body: string, at: number): string {
  const t = Math.floor(at / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** Calls a hook; the same delivery has the same `thamrat-delivery` however often it is sent. */
export const callHook =
  (parts: {
    readonly agencies: Agencies;
    readonly seal: CaseSeal;
    readonly fetch: typeof fetch;
    readonly clock: Clock;
  }) =>
  async (delivery: Delivery): Promise<Attempt> => {
    const hook = parts.agencies.hooks.find(each => `hook:${each.name}` === delivery.way);
    if (!hook) return { outcome: 'refused', why: 'this hook was taken out of the settings' };
    const body = parts.seal.open(delivery.sealed);
    try {
      const response = await parts.fetch(hook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'thamrat-delivery': delivery.id,
          'thamrat-signature': hookSignature(hook.secret, body, parts.clock()),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return { outcome: 'sent' };
      return response.status === 410
        ? { outcome: 'refused', why: 'it answered 410: it wants nothing more' }
        : { outcome: 'retry', why: `it answered ${response.status}` };
    } catch (error) {
      return { outcome: 'retry', why: error instanceof Error ? error.message : 'no answer' };
    }
  };
