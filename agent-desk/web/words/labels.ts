import type { Conversation, ContactWay, Danger, EpisodeResult, EpisodeType } from '../state/schemas';
import type { Key, Say } from './words';

/** Names of codes. The tables are complete by type, so that a new code cannot be shown raw by mistake. */
const channels: Readonly<Record<string, Key>> = {
  line: 'channel.line',
  webchat: 'channel.webchat',
  sms: 'channel.sms',
  kiosk: 'channel.kiosk',
  voice: 'channel.voice',
  botframework: 'channel.botframework',
  partner: 'channel.partner',
  desk: 'channel.desk',
};
export const channelText = (say: Say, channel: string): string => {
  const key = channels[channel];
  return key ? say(key) : channel;
};

export const typeKeys: Readonly<Record<EpisodeType, Key>> = {
  inquiry: 'type.inquiry',
  help: 'type.help',
  complaint: 'type.complaint',
};
export const resultKeys: Readonly<Record<EpisodeResult, Key>> = {
  resolved: 'result.resolved',
  referred: 'result.referred',
  'follow-up': 'result.follow-up',
  'no-answer': 'result.no-answer',
  abandoned: 'result.abandoned',
};
export const dangerKeys: Readonly<Record<Danger, Key>> = {
  'self-harm': 'danger.self-harm',
  violence: 'danger.violence',
  medical: 'danger.medical',
  fire: 'danger.fire',
  missing: 'danger.missing',
  scam: 'danger.scam',
};
export const wayKeys: Readonly<Record<ContactWay, Key>> = {
  'walk-in': 'way.walk-in',
  call: 'way.call',
  kiosk: 'way.kiosk',
  webchat: 'way.webchat',
  line: 'way.line',
  sms: 'way.sms',
  relay: 'way.relay',
  other: 'way.other',
};
export const statusKeys = {
  open: 'status.open',
  waiting: 'status.waiting',
  'with-officer': 'status.with-officer',
  closed: 'status.closed',
} as const satisfies Readonly<Record<string, Key>>;

export const nameOf = (say: Say, conversation: Conversation): string =>
  conversation.personName ?? say('person.unnamed', { channel: channelText(say, conversation.channel) });

const minuteMs = 60_000;

export function durationText(say: Say, ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 1) return say('time.now');
  if (minutes < 60) return say('time.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say('time.hours', { count: hours, minutes: minutes % 60 });
  return say('time.days', { count: Math.floor(hours / 24) });
}
