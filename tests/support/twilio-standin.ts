import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type Answer, type Call, type Script, scriptedServer } from './scripted-server';

export { type Fault, type Script, faultsByCall } from './scripted-server';

export type Fields = Readonly<Record<string, string>>;

/** `X-Twilio-Signature` of a form: over the whole address and every field, sorted by name. */
export function signTwilio(authToken: string, url: string, fields: Fields): string {
  const data = Object.keys(fields)
    .sort()
    .reduce((text, name) => `${text}${name}${fields[name] ?? ''}`, url);
  return createHmac('sha1', authToken).update(data).digest('base64');
}

/** A form body as Twilio encodes it. */
export const twilioForm = (fields: Fields): string => new URLSearchParams(fields).toString();

export const twilioSid = (prefix: 'SM' | 'MM' | 'AC' | 'MG' = 'SM'): string =>
  `${prefix}${randomBytes(16).toString('hex')}`;

/** Fields of an incoming text, as Twilio sends them. */
export function incomingText(given: {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly sid?: string;
  readonly accountSid?: string;
}): Fields {
  const sid = given.sid ?? twilioSid();
  return {
    ToCountry: 'US',
    SmsMessageSid: sid,
    NumMedia: '0',
    FromCountry: 'TH',
    SmsSid: sid,
    SmsStatus: 'received',
    Body: given.body,
    To: given.to,
    NumSegments: '1',
    MessageSid: sid,
    AccountSid: given.accountSid ?? `AC${'0'.repeat(32)}`,
    From: given.from,
    ApiVersion: '2010-04-01',
  };
}

/** One text that Twilio accepted: somebody pays for it. */
export interface AcceptedText {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly statusCallback?: string;
  /** By the stand-in's clock, ms. */
  readonly at: number;
  /** Number of the call that brought it. */
  readonly call: number;
}

/** One call that Twilio accepted. */
export interface AcceptedCall {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  /** Where it asks what to say. */
  readonly url: string;
  readonly statusCallback?: string;
  readonly at: number;
}

export interface TwilioStandInOptions {
  readonly accountSid: string;
  readonly authToken: string;
  readonly clock?: () => number;
}

export interface TwilioStandIn {
  readonly url: string;
  /** Everything sent, in order. */
  readonly accepted: () => readonly AcceptedText[];
  /** Every call that came in, refused ones included. */
  readonly calls: () => readonly Call[];
  /** What to do wrong, by call. */
  readonly script: (script: Script) => void;
  /** From now on a message to this number is refused with this code, such as 21610 or 21614. */
  refuse(number: string, code: number): void;
  /** Every call made, in order. */
  readonly phoneCalls: () => readonly AcceptedCall[];
  /** The person picks up: asks the call's address what to say, signed; resolves with the TwiML. */
  pickUp(sid: string): Promise<string>;
  /** The person presses a key: posts it to the address that the TwiML named; resolves with the TwiML of the answer. */
  press(sid: string, action: string, digit: string): Promise<string>;
  /** The call is over; resolves with the status answered. */
  hangUp(sid: string, status: string): Promise<number>;
  /** Reports a state to the message's callback address, signed; resolves with the status answered. */
  report(sid: string, status: string, errorCode?: number): Promise<number>;
  readonly stop: () => Promise<void>;
}

const phone = /^\+[1-9]\d{6,14}$/u;
const maxUnits = 1_600;

const error = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

const listed = (text: AcceptedText, accountSid: string, status: string): unknown => ({
  sid: text.sid,
  account_sid: accountSid,
  api_version: '2010-04-01',
  body: text.body,
  date_created: new Date(text.at).toUTCString().replace('GMT', '+0000'),
  date_sent: null,
  date_updated: new Date(text.at).toUTCString().replace('GMT', '+0000'),
  direction: 'outbound-api',
  error_code: null,
  error_message: null,
  from: text.from,
  messaging_service_sid: null,
  num_media: '0',
  num_segments: '1',
  price: null,
  price_unit: 'USD',
  status,
  subresource_uris: {},
  to: text.to,
  uri: `/2010-04-01/Accounts/${accountSid}/Messages/${text.sid}.json`,
});

/** Twilio's Messages resource as its documents describe it. It has no key against sending twice, so that the ledger shows doubles. */
export async function startTwilioStandIn(options: TwilioStandInOptions): Promise<TwilioStandIn> {
  const { accountSid, authToken } = options;
  const clock = options.clock ?? Date.now;
  const accepted: AcceptedText[] = [];
  const refusals = new Map<string, number>();
  const states = new Map<string, string>();
  const phoneCalls: AcceptedCall[] = [];
  const callResource = `/2010-04-01/Accounts/${accountSid}/Calls.json`;
  const resource = `/2010-04-01/Accounts/${accountSid}/Messages.json`;

  function create(call: Call): Answer {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const to = form.get('To') ?? '';
    const from = form.get('From') ?? form.get('MessagingServiceSid') ?? '';
    const body = form.get('Body') ?? '';
    const statusCallback = form.get('StatusCallback') ?? undefined;
    if (to === '') return error(400, 21604, "A 'To' phone number is required.");
    if (!phone.test(to)) return error(400, 21211, "Invalid 'To' Phone Number");
    const sender =
      phone.test(from) ||
      /^MG[0-9a-f]{32}$/u.test(from) ||
      (/^[A-Za-z0-9 ]{1,11}$/u.test(from) && /[A-Za-z]/u.test(from));
    if (!sender) return error(400, 21212, "Invalid 'From' Phone Number");
    if (body === '') return error(400, 21602, 'Message body is required.');
    if (body.length > maxUnits)
      return error(400, 21617, 'The concatenated message body exceeds the 1600 character limit');
    const refusal = refusals.get(to);
    if (refusal !== undefined) return error(400, refusal, 'scripted refusal');
    const text: AcceptedText = {
      sid: twilioSid(),
      to,
      from,
      body,
      at: clock(),
      call: call.number,
      ...(statusCallback ? { statusCallback } : {}),
    };
    accepted.push(text);
    states.set(text.sid, 'queued');
    return { status: 201, body: listed(text, accountSid, 'queued') };
  }

  const listedCall = (each: AcceptedCall): unknown => ({
    sid: each.sid,
    to: each.to,
    from: each.from,
    direction: 'outbound-api',
    status: 'queued',
    date_created: new Date(each.at).toUTCString().replace('GMT', '+0000'),
  });

  /** https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource */
  function ring(call: Call): Answer {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const to = form.get('To') ?? '';
    const from = form.get('From') ?? '';
    const url = form.get('Url');
    if (!phone.test(to)) return error(400, 21211, "Invalid 'To' Phone Number");
    if (!phone.test(from)) return error(400, 21212, "Invalid 'From' Phone Number");
    if (url === null) return error(400, 21205, 'Url parameter is required.');
    const statusCallback = form.get('StatusCallback') ?? undefined;
    const made: AcceptedCall = {
      ...{ sid: `CA${randomBytes(16).toString('hex')}`, to, from, url, at: clock() },
      ...(statusCallback ? { statusCallback } : {}),
    };
    phoneCalls.push(made);
    return { status: 201, body: listedCall(made) };
  }

  function listCalls(call: Call): Answer {
    const to = call.query.get('To');
    const calls = phoneCalls
      .filter(each => to === null || each.to === to)
      .toReversed()
      .map(listedCall);
    return { status: 200, body: { calls, page: 0, page_size: 50, next_page_uri: null, uri: callResource } };
  }

  /** Posts a form about a call, signed, as Twilio does. */
  async function about(sid: string, url: string, more: Fields): Promise<Response> {
    const made = phoneCalls.find(each => each.sid === sid);
    if (!made) throw new Error(`there is no call ${sid}`);
    const fields: Fields = {
      ...{ AccountSid: accountSid, ApiVersion: '2010-04-01', CallSid: sid, Direction: 'outbound-api' },
      ...{ From: made.from, To: made.to },
      ...more,
    };
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signTwilio(authToken, url, fields),
      },
      body: twilioForm(fields),
    });
  }

  function list(call: Call): Answer {
    const to = call.query.get('To');
    const size = Number(call.query.get('PageSize') ?? '50');
    const messages = accepted
      .filter(text => to === null || text.to === to)
      .toReversed()
      .slice(0, size)
      .map(text => listed(text, accountSid, states.get(text.sid) ?? 'queued'));
    return {
      status: 200,
      body: {
        messages,
        page: 0,
        page_size: size,
        start: 0,
        end: messages.length,
        first_page_uri: resource,
        next_page_uri: null,
        previous_page_uri: null,
        uri: resource,
      },
    };
  }

  function carryOut(call: Call): Answer {
    const basic = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    if (call.headers.authorization !== basic) return error(401, 20003, 'Authenticate');
    if (call.path === callResource) return call.method === 'POST' ? ring(call) : listCalls(call);
    if (call.path !== resource) return error(404, 20404, 'The requested resource was not found');
    return call.method === 'POST' ? create(call) : list(call);
  }

  const server = await scriptedServer(call => {
    const answer = carryOut(call);
    return {
      ...answer,
      headers: { 'twilio-request-id': `RQ${randomUUID().replaceAll('-', '')}`, ...answer.headers },
    };
  });

  return {
    url: server.url,
    accepted: () => accepted,
    calls: server.calls,
    script: server.script,
    phoneCalls: () => phoneCalls,
    async pickUp(sid) {
      const url = phoneCalls.find(each => each.sid === sid)?.url ?? '';
      return (await about(sid, url, { CallStatus: 'in-progress' })).text();
    },
    async press(sid, action, digit) {
      const url = new URL(action, phoneCalls.find(each => each.sid === sid)?.url).href;
      return (await about(sid, url, { CallStatus: 'in-progress', Digits: digit })).text();
    },
    async hangUp(sid, status) {
      const url = phoneCalls.find(each => each.sid === sid)?.statusCallback ?? '';
      const response = await about(sid, url, { CallStatus: status });
      await response.arrayBuffer();
      return response.status;
    },
    refuse: (number, code) => refusals.set(number, code),
    async report(sid, status, errorCode) {
      const text = accepted.find(each => each.sid === sid);
      if (!text?.statusCallback) throw new Error(`the text ${sid} has no callback address`);
      states.set(sid, status);
      const fields: Fields = {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        From: text.from,
        MessageSid: sid,
        MessageStatus: status,
        SmsSid: sid,
        SmsStatus: status,
        To: text.to,
        ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
      };
      const response = await fetch(text.statusCallback, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': signTwilio(authToken, text.statusCallback, fields),
        },
        body: twilioForm(fields),
      });
      await response.arrayBuffer();
      return response.status;
    },
    stop: server.stop,
  };
}

/** Twilio's answer to too many requests, as a fault. */
export const twilioRateLimited = {
  kind: 'status',
  status: 429,
  body: '{"code":20429,"message":"Too Many Requests","status":429}',
} as const;
