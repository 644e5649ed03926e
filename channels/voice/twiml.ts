import twilio from 'twilio';
import { withoutUnseen } from '../../core';
import { type Choice, type Reply, withoutMarks } from './spoken';

/** Languages Twilio speaks, by ours; others are read by the Thai voice. https://www.twilio.com/docs/voice/twiml/say */
const voices = { th: 'th-TH', en: 'en-US' } as const;

/** How long somebody may look for the key, seconds. */
const keyWithinSeconds = 10;

/** One key for each choice. */
export const mostKeys = 9;

export interface SpokenCall {
  readonly replies: readonly Reply[];
  readonly language: string;
}

/** Sentences around what is read aloud: `{key}` and `{choice}` are filled in. */
export type CallWords = (language: string, key: string, values?: Readonly<Record<string, string>>) => string;

const voiceOf = (language: string): 'th-TH' | 'en-US' => (language === 'en' ? voices.en : voices.th);

export const choicesOf = (replies: readonly Reply[]): readonly Choice[] =>
  replies.flatMap(reply => (reply.kind === 'choices' ? reply.choices : [])).slice(0, mostKeys);

/** The call: what there is to say, twice for whoever was slow to listen, and a key for each choice. */
export function readAloud({ replies, language }: SpokenCall, keyUrl: string, words: CallWords): string {
  const response = new twilio.twiml.VoiceResponse();
  const say = { language: voiceOf(language) };
  const text = replies.map(withoutMarks).join(' ');
  const choices = choicesOf(replies);
  if (choices.length === 0) {
    response.say({ ...say, loop: 2 }, text);
  } else {
    const gather = response.gather({
      input: ['dtmf'],
      numDigits: 1,
      timeout: keyWithinSeconds,
      action: keyUrl,
      method: 'POST',
    });
    const keys = choices
      .map(({ label }, index) => words(language, 'voice.key', { key: `${index + 1}`, choice: label }))
      .join(' ');
    gather.say({ ...say, loop: 2 }, withoutUnseen(`${text} ${keys}`));
  }
  response.say(say, words(language, 'voice.bye'));
  response.hangup();
  return response.toString();
}

/** One sentence, and the end. */
export function sentence(text: string, language: string): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say({ language: voiceOf(language) }, withoutUnseen(text));
  response.hangup();
  return response.toString();
}
