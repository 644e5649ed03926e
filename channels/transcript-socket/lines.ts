import type { Content, Conversation, Message, Reply } from '../../core';
import type { Line, State } from './wire';

/** What a person did, as a line they can read again. */
function replyOf(content: Content): Reply {
  switch (content.kind) {
    case 'text':
    case 'officer-message':
      return { kind: 'text', text: content.text };
    case 'choice':
      return { kind: 'text', text: content.label ?? content.choice };
    case 'media':
      return { kind: 'text', text: content.description ?? content.media };
    case 'location': {
      const { latitude, longitude, title = '', address = '' } = content;
      return {
        kind: 'location',
        text: title || address || `${latitude}, ${longitude}`,
        title,
        address,
        latitude,
        longitude,
      };
    }
    default:
      return { kind: 'text', text: '' };
  }
}

export function lineOf(message: Message, sensitive: (topic: string) => boolean): Line {
  const { body, knowledge } = message;
  return {
    seq: message.seq,
    id: message.id,
    from: message.from,
    reply: body.kind === 'reply' ? body.reply : replyOf(body.content),
    at: message.at,
    ...(message.name ? { name: message.name } : {}),
    ...(message.clientId && message.from === 'citizen' ? { clientId: message.clientId } : {}),
    ...(knowledge?.topic && sensitive(knowledge.topic) ? { sensitive: true } : {}),
  };
}

export function stateOf({ owner }: Conversation): State {
  switch (owner.kind) {
    case 'bot':
      return { owner: 'bot', urgent: false };
    case 'queue':
      return { owner: 'queue', urgent: owner.urgent };
    case 'officer':
      return { owner: 'officer', name: owner.officer.name, urgent: false };
  }
}

/** The label of a choice that one of these messages offered. */
export function offeredLabel(messages: readonly Message[], choice: string): string | undefined {
  for (const { body } of [...messages].reverse()) {
    const label = body.kind === 'reply' ? labelIn(body.reply, choice) : undefined;
    if (label !== undefined) return label;
  }
  return undefined;
}

function labelIn(reply: Reply, choice: string): string | undefined {
  switch (reply.kind) {
    case 'choices':
      return reply.choices.find(each => each.id === choice)?.label;
    case 'card':
    case 'cards':
      return (reply.kind === 'card' ? [reply.card] : reply.cards)
        .flatMap(card => card.actions)
        .find(action => action.kind === 'choice' && action.id === choice)?.label;
    default:
      return undefined;
  }
}
