import type { Clock, RawRequest, RawResponse, SentChannel } from '../../core';
import { verifySignature } from '../twilio';
import { callOf, keyPressed, parseKey, parseStatus, personOf, queryOf } from './receive';
import { caller } from './send';
import { type CallWords, type SpokenCall, choicesOf, readAloud, sentence } from './twiml';

export type { CallWords, SpokenCall } from './twiml';

export interface VoiceChannelParts {
  readonly accountSid: string;
  readonly authToken: string;
  /** A number of ours that may call out and that people may call. */
  readonly from: string;
  /** Where Twilio reaches us: signatures are over this address. */
  readonly publicUrl: string;
  readonly apiBaseUrl?: string;
  readonly clock: Clock;
  /** What a sending says, by its id. */
  readonly spoken: (outgoingId: string) => Promise<SpokenCall | undefined>;
  /** What was last told to a number, for whoever calls back. */
  readonly lastTold: (phone: string) => Promise<SpokenCall | undefined>;
  readonly words: CallWords;
  readonly timeoutMs?: number;
}

const account = 'main';
const answerPath = '/webhooks/twilio/voice';
const keyPath = '/webhooks/twilio/voice/key';
const statusPath = '/webhooks/twilio/voice/status';
const defaultLanguage = 'th';

const twiml = (body: string): RawResponse => ({ status: 200, type: 'text/xml', body });
const nothing = twiml('<?xml version="1.0" encoding="UTF-8"?><Response/>');

/**
 * Calls by Twilio that read something aloud and take a key for an answer; people may also call the number themselves. Answers are
 * said within the call, so that nothing else is sent there.
 */
export function voiceChannel(parts: VoiceChannelParts): SentChannel {
  const { authToken, clock, words, timeoutMs = 5_000 } = parts;
  const origin = parts.publicUrl.replace(/\/+$/u, '');
  const verify =
    (path: string) =>
    (request: RawRequest): void =>
      verifySignature(request, `${origin}${path}`, authToken);

  async function answer(request: RawRequest): Promise<RawResponse> {
    const id = queryOf(request).get('o');
    const phone = personOf(callOf(request));
    const call = id ? await parts.spoken(id) : phone && (await parts.lastTold(phone));
    if (!call) return twiml(sentence(words(defaultLanguage, 'voice.nothing'), defaultLanguage));
    const keys = new URLSearchParams({ l: call.language });
    for (const { id: choice } of choicesOf(call.replies)) keys.append('c', choice);
    return twiml(readAloud(call, `${keyPath}?${keys.toString()}`, words));
  }

  function thanks(request: RawRequest): Promise<RawResponse> {
    const language = queryOf(request).get('l') ?? defaultLanguage;
    const text = words(language, keyPressed(request) === undefined ? 'voice.no-key' : 'voice.noted');
    return Promise.resolve(twiml(sentence(text, language)));
  }

  return {
    name: 'voice',
    account,
    delivery: 'sent',
    batch: (replies, _language, unasked) => (unasked && replies.length > 0 ? [replies] : []),
    send: caller({
      ...parts,
      timeoutMs,
      answerUrl: id => `${origin}${answerPath}?${new URLSearchParams({ o: id }).toString()}`,
      statusCallback: `${origin}${statusPath}`,
    }),
    webhooks: [
      { path: answerPath, verify: verify(answerPath), parse: () => [], accepted: nothing, answer },
      {
        path: keyPath,
        verify: verify(keyPath),
        parse: request => parseKey(request, account, clock),
        accepted: nothing,
        answer: thanks,
      },
      { path: statusPath, verify: verify(statusPath), parse: parseStatus, accepted: nothing },
    ],
  };
}
