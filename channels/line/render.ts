import type { messagingApi } from '@line/bot-sdk';
import { type Choice, type Outgoing, type Reply, cutText, graphemeCount, splitText } from '../../core';
import { cardBubble, choiceAction, choiceBubbles, flexMessages, shortBubble, webUri } from './flex';
import { lineLimits } from './limits';

type LineMessage = messagingApi.Message;

const textMessages = (text: string): LineMessage[] =>
  splitText(text, lineLimits.textUnits).map(part => ({ type: 'text', text: part }));

/** Choices that a quick reply can show in full need nothing else; others are listed above, with their whole labels. */
function needsList(choices: readonly Choice[]): boolean {
  return (
    choices.length > lineLimits.quickReplies ||
    choices.some(choice => graphemeCount(choice.label) > lineLimits.labelGraphemes)
  );
}

function imageMessages(text: string, url: string): LineMessage[] {
  const address = webUri(url);
  const shown = address?.startsWith('https:') && address.length <= lineLimits.mediaUrlUnits;
  if (!address || !shown) return textMessages(address ? `${text}\n${address}` : text);
  return [...textMessages(text), { type: 'image', originalContentUrl: address, previewImageUrl: address }];
}

/** One reply as LINE message objects, without the quick replies, which belong to the whole call. */
function objectsOf(reply: Reply): LineMessage[] {
  switch (reply.kind) {
    case 'text':
    case 'read-aloud':
      return textMessages(reply.text);
    case 'choices':
      return [
        ...textMessages(reply.text),
        ...(needsList(reply.choices) ? flexMessages(reply.text, choiceBubbles(reply.choices)) : []),
      ];
    case 'card': {
      const bubble = cardBubble(reply.card);
      return bubble ? flexMessages(reply.text, [bubble]) : textMessages(reply.text);
    }
    case 'cards': {
      const row = flexMessages(
        reply.text,
        reply.cards.flatMap(card => shortBubble(card) ?? []),
      );
      // A text that does not retell the cards introduces them, and is not to be hidden in the alt text.
      const retold = reply.cards.some(card => reply.text.includes(card.lead));
      return row.length > 0 && retold ? row : [...textMessages(reply.text), ...row];
    }
    case 'link': {
      const url = webUri(reply.url);
      const lines = [
        reply.text,
        reply.label === reply.text ? '' : reply.label,
        url && !reply.text.includes(url) ? url : '',
      ];
      return textMessages(lines.filter(Boolean).join('\n'));
    }
    case 'image':
      return imageMessages(reply.text, reply.url);
    case 'location': {
      const title = cutText(reply.title.trim() || reply.text, lineLimits.locationUnits);
      const address = cutText(reply.address.trim() || title, lineLimits.locationUnits);
      const { latitude, longitude } = reply;
      const place: LineMessage[] = title ? [{ type: 'location', title, address, latitude, longitude }] : [];
      return reply.text === reply.title ? place : [...textMessages(reply.text), ...place];
    }
  }
}

/** Objects of one reply, no more than one call takes. */
const boundedObjects = (reply: Reply): LineMessage[] =>
  objectsOf(reply).slice(0, lineLimits.messagesPerRequest);

/** How many objects a reply becomes, at most one call's worth; what is long to build is not built for this: a card is one bubble or its text. */
function objectCount(reply: Reply): number {
  const isOneText = reply.text.length <= lineLimits.textUnits && reply.text.trim() !== '';
  const isOne =
    reply.kind === 'text' ||
    reply.kind === 'read-aloud' ||
    reply.kind === 'card' ||
    (reply.kind === 'choices' && !needsList(reply.choices));
  return isOneText && isOne ? 1 : boundedObjects(reply).length;
}

/** Splits one turn's replies into calls of at most five objects, in order. Pure. */
export function batchReplies(replies: readonly Reply[]): readonly (readonly Reply[])[] {
  if (replies.length === 1) return [replies];
  const batches: Reply[][] = [];
  let objects = 0;
  for (const reply of replies) {
    const more = objectCount(reply);
    const batch = batches.at(-1);
    if (batch && objects + more <= lineLimits.messagesPerRequest) {
      batch.push(reply);
      objects += more;
    } else {
      batches.push([reply]);
      objects = more;
    }
  }
  return batches;
}

function quickReplyOf(replies: readonly Reply[]): messagingApi.QuickReply | undefined {
  const asked = replies.findLast(reply => reply.kind === 'choices');
  if (asked?.kind !== 'choices') return undefined;
  const items = asked.choices
    .flatMap(choice => choiceAction(choice) ?? [])
    .slice(0, lineLimits.quickReplies)
    .map(action => ({ type: 'action', action }));
  return items.length > 0 ? { items } : undefined;
}

/** LINE shows this name in place of the account's; it takes none with "LINE" in it. */
function senderOf(name: string): messagingApi.Sender | undefined {
  const shown = cutText(name, lineLimits.senderNameUnits);
  return shown && !/line/iu.test(shown) ? { name: shown } : undefined;
}

/** The officer's name in the text, where LINE does not let it stand above. */
function named(replies: readonly Reply[], name: string): readonly Reply[] {
  const [first, ...rest] = replies;
  if (first?.kind !== 'text' || !name.trim()) return replies;
  return [{ ...first, text: `${name.trim()}:\n${first.text}` }, ...rest];
}

/** The objects of one call. Choices hang on the last one: quick replies vanish as soon as another message follows. Pure. */
export function renderCall(replies: readonly Reply[], sender: Outgoing['sender']): LineMessage[] {
  const override = sender.kind === 'officer' ? senderOf(sender.name) : undefined;
  const shown = sender.kind === 'officer' && !override ? named(replies, sender.name) : replies;
  const withName = shown.flatMap(boundedObjects);
  const objects =
    withName.length > lineLimits.messagesPerRequest ? replies.flatMap(boundedObjects) : withName;
  const quickReply = quickReplyOf(replies);
  return objects.slice(0, lineLimits.messagesPerRequest).map((object, index, all) => ({
    ...object,
    ...(override ? { sender: override } : {}),
    ...(quickReply && index === all.length - 1 ? { quickReply } : {}),
  }));
}
