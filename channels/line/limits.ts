/**
 * What LINE allows in one request, from the Messaging API reference. Texts are counted in UTF-16 units; labels and `displayText` in
 * what the eye sees as one character. https://developers.line.biz/en/reference/messaging-api/
 */
export const lineLimits = {
  messagesPerRequest: 5,
  textUnits: 5_000,
  quickReplies: 13,
  labelGraphemes: 20,
  postbackDataUnits: 300,
  displayTextGraphemes: 300,
  altTextUnits: 1_500,
  /** 30 KB and 50 KB by LINE's count; a little less here, as it does not say how it counts. */
  bubbleBytes: 30_000,
  carouselBytes: 50_000,
  carouselBubbles: 12,
  uriUnits: 1_000,
  mediaUrlUnits: 2_000,
  locationUnits: 100,
  senderNameUnits: 20,
} as const;

/** How long a reply token may be used after the webhook with it came in. */
export const replyTokenMs = 60_000;

/** A redelivered event's token works for a minute again, until so long after the event. */
export const redeliveredTokenMs = 20 * 60_000;

/** How long LINE remembers a retry key. */
export const retryKeyMs = 24 * 60 * 60_000;

/** What happened longer ago than this is history, not a question. */
export const oldestEventMs = 30 * 24 * 60 * 60_000;

/** A user, group or room. Anything else never gets into a request: the id becomes part of what we ask LINE for. */
export const lineId = /^[UCR][0-9a-f]{32}$/u;
