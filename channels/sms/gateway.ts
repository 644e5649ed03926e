import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError, type Outgoing, type Parsed, type RawRequest, type Sent, type Webhook } from '../../core';
import { renderSms } from './render';
import { phoneNumber } from './schema';

const secondMs = 1_000;
const minuteMs = 60_000;
const path = z
  .string()
  .regex(/^[\w-]+(?:\.[\w-]+)*$/u, 'must be a path such as phone_number_list.0.message_id');

/**
 * Any provider that takes an SMS by one HTTP request, as data: Thai gateways differ in names, hardly in kind. `{to}` (+66…), `{national}`
 * (0…), `{text}`, `{sender}` and `{id}` (the same for every attempt) are filled into the fields.
 */
export const gatewaySchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,30}$/u),
  url: z.url({ protocol: /^https?$/u }),
  headers: z.record(z.string(), z.string()).default({}),
  encoding: z.enum(['json', 'form']),
  sender: z.string().max(20).default(''),
  fields: z.record(z.string(), z.string()),
  /** Where the answer holds its id of the message. */
  reference: path,
  /** Sending the same `{id}` twice is one message there. */
  idempotent: z.boolean().default(false),
  /** Its reports of delivery, posted as JSON and signed: hexadecimal HMAC-SHA256 of the body in `x-signature`. */
  reports: z
    .strictObject({
      secret: z.string().min(16),
      reference: path,
      state: path,
      delivered: z.array(z.string()).min(1),
      failed: z.array(z.string()).min(1),
      /** States of a failure that say that the number is not in service. */
      badNumber: z.array(z.string()).default([]),
    })
    .exactOptional(),
});
export type Gateway = z.infer<typeof gatewaySchema>;

/** The text at a path into a JSON answer; `undefined` where there is none. */
function at(value: unknown, where: string): string | undefined {
  const found = where
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? Reflect.get(inner, key)
          : undefined,
      value,
    );
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const backOff = (attempt: number): number =>
  Math.min(10 * minuteMs, 5 * secondMs * 2 ** Math.min(attempt - 1, 8));

const neverConnected = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_|ERR_TLS_CERT)/u;
/** The code below an error of the network; it may come from another realm, so it is read by its fields. */
function codeOf(error: unknown): string {
  const field = (from: unknown, name: string): unknown =>
    typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined;
  const code = field(field(error, 'cause'), 'code');
  return typeof code === 'string' ? code : '';
}

export interface GatewayParts {
  readonly gateway: Gateway;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  readonly operatorName?: string;
}

export function gatewaySender(parts: GatewayParts): (outgoing: Outgoing) => Promise<Sent> {
  const { gateway, timeoutMs } = parts;
  const { name } = gateway;

  function body(outgoing: Outgoing, text: string): string {
    const values: Readonly<Record<string, string>> = {
      text,
      to: outgoing.externalId,
      national: outgoing.externalId.replace(/^\+66/u, '0'),
      sender: gateway.sender,
      id: outgoing.id,
    };
    const filled = Object.entries(gateway.fields).map(([field, template]) => [
      field,
      template.replace(/\{(\w+)\}/gu, (whole, key: string) => values[key] ?? whole),
    ]);
    const fields = Object.fromEntries(filled) as Record<string, string>;
    return gateway.encoding === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
  }

  /** It may have got through; a gateway that knows the id may be asked again, no other. */
  const unsettled = (attempt: number, why: string): Sent =>
    gateway.idempotent
      ? { outcome: 'unclear', afterMs: backOff(attempt), why }
      : { outcome: 'unknown', why: `${why}, and cannot be asked` };

  function answered(status: number, text: string, attempt: number): Sent {
    if (status >= 500) return unsettled(attempt, `${name} answered ${status}`);
    if (status === 429)
      return { outcome: 'retry', afterMs: backOff(attempt), why: `${name}: too many requests` };
    if (status === 401 || status === 403)
      return {
        outcome: 'retry',
        afterMs: backOff(attempt),
        why: `configuration: ${name} answered ${status}`,
      };
    if (status >= 400) return { outcome: 'refused', why: `${name} answered ${status}`, fault: 'ours' };
    const reference = at(json(text), gateway.reference);
    // Answered well but without an id for it: the number stands in a list of bad ones.
    return reference === undefined
      ? { outcome: 'refused', why: `${name} did not take the number`, fault: 'number' }
      : { outcome: 'sent', reference };
  }

  return async outgoing => {
    if (!phoneNumber.test(outgoing.externalId))
      return { outcome: 'refused', why: 'not a telephone number', fault: 'number' };
    if (outgoing.doubt && !gateway.idempotent) return unsettled(outgoing.attempt, `${name} did not confirm`);
    const { operatorName } = parts;
    const text = renderSms(
      outgoing.replies,
      outgoing.sender,
      operatorName === undefined ? {} : { operatorName },
    );
    if (text === '') return { outcome: 'refused', why: 'there is nothing to show' };
    try {
      const response = await parts.fetch(gateway.url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type':
            gateway.encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
          ...gateway.headers,
        },
        body: body(outgoing, text),
      });
      return answered(response.status, await response.text(), outgoing.attempt);
    } catch (error) {
      return neverConnected.test(codeOf(error))
        ? { outcome: 'retry', afterMs: backOff(outgoing.attempt), why: `${name} was not reached` }
        : unsettled(outgoing.attempt, `${name} did not answer in time`);
    }
  };
}

/** Where the gateway reports delivery. */
export function gatewayReports({ reports }: Gateway): readonly Webhook[] {
  if (!reports) return [];
  const expected = (request: RawRequest): Buffer =>
    createHmac('sha256', reports.secret).update(request.body).digest();
  return [
    {
      path: '/webhooks/sms-gateway',
      verify(request) {
        const shown = Buffer.from(request.headers['x-signature'] ?? '', 'hex');
        const wanted = expected(request);
        if (shown.length === wanted.length && timingSafeEqual(shown, wanted)) return;
        throw new AppError(
          'CHANNEL_SIGNATURE_INVALID',
          'The signature of the SMS gateway does not match; check `reports.secret` in SMS_GATEWAY_FILE.',
        );
      },
      parse(request): readonly Parsed[] {
        const report = json(request.body.toString('utf8'));
        const reference = at(report, reports.reference);
        const state = at(report, reports.state);
        if (reference === undefined || state === undefined)
          throw new AppError('BODY_MALFORMED', 'The report of the SMS gateway names no message or no state.');
        if (reports.delivered.includes(state)) return [{ kind: 'delivery', reference, state: 'delivered' }];
        if (!reports.failed.includes(state)) return [];
        const bad = reports.badNumber.includes(state);
        const why = `the gateway says ${state.slice(0, 60)}`;
        return [
          {
            ...{ kind: 'delivery', reference, state: 'failed', permanent: bad, why },
            ...(bad ? { fault: 'number' as const } : {}),
          },
        ];
      },
      accepted: { status: 200, type: 'text/plain', body: '' },
    },
  ];
}
