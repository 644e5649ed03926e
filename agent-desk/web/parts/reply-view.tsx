import type { ReactNode } from 'react';
import type { Card, Content, Message, Reply } from '../state/schemas';
import { type Key, type Say, useWords } from '../words/words';
import { Attachment } from './attachment';

function CardView({ card }: { card: Card }): ReactNode {
  return (
    <div className="reply-card">
      <strong>{card.title}</strong>
      {card.subtitle ? <small>{card.subtitle}</small> : null}
      <p>{card.lead}</p>
      {card.sections.map(section => (
        <div key={section.label}>
          <b>{section.label}</b>
          <ul>
            {section.lines.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
      {card.footnote ? <small>{card.footnote}</small> : null}
      <Offered labels={card.actions.map(action => action.label)} />
    </div>
  );
}

/** The buttons the person saw; here they are only words. */
function Offered({ labels }: { labels: readonly string[] }): ReactNode {
  const { say } = useWords();
  if (labels.length === 0) return null;
  return (
    <ul className="offered" aria-label={say('message.offered')}>
      {labels.map(label => (
        <li key={label}>{label}</li>
      ))}
    </ul>
  );
}

function ReplyView({ reply }: { reply: Reply }): ReactNode {
  const cards = reply.card ? [reply.card] : reply.cards;
  // Our own pictures, wherever people reach us from outside.
  const picture = /\/api\/v1\/pictures\/[\w-]{43}$/u.exec(reply.url ?? '')?.[0];
  if (cards) return cards.map(card => <CardView key={card.title} card={card} />);
  return (
    <>
      <p>{reply.text}</p>
      {picture ? <img className="sent-picture" src={picture} alt={reply.text} /> : null}
      {reply.url && !picture ? <p className="url">{reply.url}</p> : null}
      <Offered labels={(reply.choices ?? []).map(choice => choice.label)} />
    </>
  );
}

const mediaKeys: Readonly<Record<string, Key>> = {
  image: 'message.image',
  video: 'message.video',
  audio: 'message.audio',
  file: 'message.file',
  sticker: 'message.sticker',
};

function contentText(say: Say, content: Content): string {
  switch (content.kind) {
    case 'text':
      return content.text ?? '';
    case 'choice':
      return say('message.chose', { label: content.label ?? content.choice ?? '' });
    case 'media':
      return [say(mediaKeys[content.media ?? ''] ?? 'message.other'), content.description]
        .filter(Boolean)
        .join(': ');
    case 'location':
      return [
        say('message.location'),
        content.title,
        content.address,
        `${content.latitude}, ${content.longitude}`,
      ]
        .filter(Boolean)
        .join('\n');
    case 'opened':
      return say('message.opened');
    default:
      return say('message.other');
  }
}

/** What was said in a message, whoever said it. */
export function MessageBody({ message }: { message: Message }): ReactNode {
  const { say } = useWords();
  if (message.unsent) return <p className="quiet">{say('message.unsent')}</p>;
  if (message.body.kind === 'reply') return <ReplyView reply={message.body.reply} />;
  const { content } = message.body;
  return (
    <>
      <p>{contentText(say, content)}</p>
      {content.kind === 'media' && content.reference && content.media !== 'sticker' ? (
        <Attachment
          conversationId={message.id.slice(0, message.id.lastIndexOf('/'))}
          reference={content.reference}
        />
      ) : null}
    </>
  );
}
