import type { Localised } from './text';

export const channelNames = [
  'line',
  'webchat',
  'sms',
  'kiosk',
  'voice',
  'botframework',
  'partner',
  'desk',
] as const;
/** Where a contact happens. `desk` stands for contacts an officer logs: walk-ins and calls. */
export type ChannelName = (typeof channelNames)[number];

export type MediaKind = 'image' | 'video' | 'audio' | 'file' | 'sticker';

/** What a person (or an officer, or the system) did, in the project's own words. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly choice: string; readonly label?: string }
  | {
      readonly kind: 'media';
      readonly media: MediaKind;
      readonly reference?: string;
      readonly description?: string;
    }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly title?: string;
      readonly address?: string;
    }
  /** The person opened the channel: followed the account, opened the page. */
  | { readonly kind: 'opened' }
  /** The person left for good: blocked the account. */
  | { readonly kind: 'left' }
  /** The person ended this contact: closed the page on purpose, the kiosk was wiped. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'unsent'; readonly providerMessageId: string }
  | {
      readonly kind: 'officer-message';
      readonly officer: OfficerRef;
      readonly text: string;
      /** Address of a picture that goes with the words. */
      readonly picture?: string;
    }
  /** News that a module has for the person, such as of their case; said by the bot whoever owns the conversation. */
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** Known to the platform, not to us: recorded, and nothing else. */
  | { readonly kind: 'unsupported'; readonly type: string };

/** A sentence of `locales/{th,en}/bot.json` and its values: text as it is, a moment (ms) or a text by language. */
export interface Notice {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number | Localised>>;
  /** What the person is asked: choice ids, each with the sentence of its label. */
  readonly choices?: readonly { readonly id: string; readonly key: string }[];
  /** Asked again right before it is sent; see `Decision.gate`. */
  readonly gate?: string;
}

export interface OfficerRef {
  readonly id: string;
  readonly name: string;
}

/** A one-time right to answer for free that the platform gave with the event. Opaque outside its channel. */
export interface ReplyHandle {
  readonly handle: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What a channel hands to intake: one thing that one person did. */
export interface InboundDraft {
  readonly channel: ChannelName;
  /** Which of several accounts of that channel; `main` where there is one. */
  readonly account: string;
  /** Unique for (channel, account); the same on every redelivery. */
  readonly providerEventId: string;
  /** The platform's name for the person or group; the reply address. */
  readonly externalId: string;
  readonly audience: 'person' | 'group';
  /** When it happened by the platform's clock, ms since the epoch. */
  readonly occurredAt: number;
  readonly content: Content;
  readonly providerMessageId?: string;
  /** The id the person's own client gave its message, echoed to it. */
  readonly clientId?: string;
  readonly replyHandle?: ReplyHandle;
  /** A language the channel knows the person chose. */
  readonly language?: string;
}

/** An accepted event. `id` is `channel:account:providerEventId`, the key that stops doubles. */
export interface InboundEvent extends Omit<InboundDraft, 'externalId'> {
  readonly id: string;
  readonly addressId: string;
  readonly conversationId: string;
}
