import { z } from 'zod';
import { AppError, type Clock, type Parsed, type RawRequest } from '../../core';
import { fieldsOf } from '../twilio';

const sid = z.string().regex(/^CA[0-9a-f]{32}$/iu);
const number = z.string().regex(/^\+[1-9][0-9]{6,14}$/u);

/** What we read of a call. Twilio adds fields without notice. https://www.twilio.com/docs/voice/twiml#request-parameters */
const callSchema = z.object({
  CallSid: sid,
  From: z.string(),
  To: z.string(),
  Direction: z.string().optional().catch(undefined),
  CallStatus: z.string().optional().catch(undefined),
  Digits: z.string().max(32).optional().catch(undefined),
});
export type Call = z.infer<typeof callSchema>;

export function callOf(request: RawRequest): Call {
  const parsed = callSchema.safeParse(fieldsOf(request));
  if (!parsed.success) throw new AppError('BODY_MALFORMED', 'The Twilio voice form names no call.');
  return parsed.data;
}

/** The person's number; a withheld one is nobody's. */
export function personOf({ From, To, Direction }: Call): string | undefined {
  const theirs = Direction?.startsWith('outbound') ? To : From;
  return number.safeParse(theirs).data;
}

export const queryOf = (request: RawRequest): URLSearchParams =>
  new URL(request.url, 'http://localhost').searchParams;

/** Which choice a key stands for, of those that the address of the keys names in their order. */
export function keyPressed(request: RawRequest): string | undefined {
  const { Digits } = callOf(request);
  const choices = queryOf(request).getAll('c');
  return Digits !== undefined && /^[1-9]$/u.test(Digits) ? choices[Number(Digits) - 1] : undefined;
}

/** A key as the choice it stands for, so that it goes the way of every other answer. */
export function parseKey(request: RawRequest, account: string, clock: Clock): readonly Parsed[] {
  const call = callOf(request);
  const person = personOf(call);
  const choice = keyPressed(request);
  const providerEventId = `${call.CallSid}/${call.Digits ?? ''}`;
  if (person === undefined || choice === undefined)
    return [{ kind: 'ignored', account, providerEventId, why: 'no key that stands for something' }];
  const content = { kind: 'choice', choice, label: call.Digits ?? '' } as const;
  return [
    {
      kind: 'event',
      event: {
        ...{ channel: 'voice', account, providerEventId, externalId: person, audience: 'person', content },
        occurredAt: clock(),
      },
    },
  ];
}

/** How a call of ours ended. States before the end say nothing new. */
export function parseStatus(request: RawRequest): readonly Parsed[] {
  const { CallSid: reference, CallStatus, Direction } = callOf(request);
  if (Direction === 'inbound') return [];
  switch (CallStatus) {
    case 'completed':
      return [{ kind: 'delivery', reference, state: 'delivered' }];
    case 'busy':
    case 'no-answer':
    case 'canceled':
    case 'failed':
      return [
        { kind: 'delivery', reference, state: 'failed', permanent: false, why: `the call: ${CallStatus}` },
      ];
    default:
      return [];
  }
}
