import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconHeadset,
  IconRobot,
  IconUser,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Delivery, Message } from '../state/schemas';
import type { Outgoing } from '../state/thread';
import { timeText } from '../words/dates';
import { reasonText } from '../words/reminder-labels';
import { type Key, type Say, useSorry, useWords } from '../words/words';
import { MessageBody } from './reply-view';

function speakerText(say: Say, message: Message, me: string): string {
  const name = message.name ?? '';
  if (message.from !== 'officer') return say(`speaker.${message.from}`);
  return say(name === me ? 'speaker.me' : 'speaker.officer', { name });
}

const speakerIcons = { citizen: IconUser, bot: IconRobot, officer: IconHeadset, system: undefined } as const;

type DeliveryState = 'waiting' | 'sent' | 'delivered' | 'failed' | 'refused' | 'unknown';

function stateOf({ state, delivered }: Delivery): DeliveryState {
  if (delivered) return delivered;
  return state === 'sending' ? 'waiting' : state;
}

const deliveryIcons = {
  waiting: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  failed: IconAlertTriangle,
  refused: IconAlertTriangle,
  unknown: IconAlertTriangle,
} as const;

function DeliveryMark({ delivery }: { delivery: Delivery }): ReactNode {
  const { say } = useWords();
  const state = stateOf(delivery);
  const Icon = deliveryIcons[state];
  const key: Key = `delivery.${state}`;
  const bad = state === 'failed' || state === 'refused' || state === 'unknown';
  return (
    <span className="delivery" data-bad={bad || undefined}>
      <Icon className="icon" aria-hidden />
      {say(key)}
      {bad && delivery.why !== undefined ? ` · ${reasonText(say, delivery.why)}` : null}
    </span>
  );
}

/** One message: who speaks stands above it in words, and its shape says it again. */
export function MessageLine(props: {
  message: Message;
  delivery: Delivery | undefined;
  me: string;
  /** The last message of ours that the person has had on screen. */
  read: boolean;
}): ReactNode {
  const { message, delivery } = props;
  const { say, language } = useWords();
  const Icon = speakerIcons[message.from];
  return (
    <li className="message" data-from={message.from} data-seq={message.seq}>
      <div className="speaker">
        {Icon ? <Icon className="icon" aria-hidden /> : null}
        <span>{speakerText(say, message, props.me)}</span>
        <time dateTime={new Date(message.at).toISOString()}>{timeText(language, message.at)}</time>
      </div>
      <div className="bubble">
        <MessageBody message={message} />
      </div>
      {delivery ? <DeliveryMark delivery={delivery} /> : null}
      {props.read ? (
        <span className="delivery">
          <IconChecks className="icon" aria-hidden />
          {say('delivery.read')}
        </span>
      ) : null}
    </li>
  );
}

/** A message of mine on its way. */
export function OutgoingLine(props: { outgoing: Outgoing; me: string; onRetry: () => void }): ReactNode {
  const { outgoing } = props;
  const { say } = useWords();
  const sorry = useSorry();
  return (
    <li className="message" data-from="officer" data-outgoing={outgoing.state}>
      <div className="speaker">
        <IconHeadset className="icon" aria-hidden />
        <span>{say('speaker.me', { name: props.me })}</span>
      </div>
      <div className="bubble">
        <p>{outgoing.text}</p>
      </div>
      {outgoing.state === 'sending' ? (
        <span className="delivery">
          <IconClock className="icon" aria-hidden />
          {say('delivery.waiting')}
        </span>
      ) : (
        <span className="delivery" data-bad>
          <IconAlertTriangle className="icon" aria-hidden />
          {say('delivery.unsent')} · {sorry(outgoing.code ?? 'INTERNAL')}
          <Button variant="light" size="compact-sm" onClick={props.onRetry}>
            {say('delivery.retry')}
          </Button>
        </span>
      )}
    </li>
  );
}
