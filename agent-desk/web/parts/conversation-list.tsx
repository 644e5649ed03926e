import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useClaim } from '../state/claim';
import { useDesk, useLive } from '../state/desk-context';
import { useNow } from '../state/hooks';
import { go } from '../state/route';
import type { Conversation, Lists } from '../state/schemas';
import { useUnseen } from '../state/seen';
import { channelText, durationText, nameOf } from '../words/labels';
import { type Key, useWords } from '../words/words';
import { DangerTag } from './danger-tag';
import { WayIcon } from './icons';

const tickMs = 20_000;

function Item(props: {
  conversation: Conversation;
  group: keyof Lists;
  current: boolean;
  now: number;
}): ReactNode {
  const { conversation, group, now } = props;
  const { say } = useWords();
  const claim = useClaim();
  const isNew = useUnseen(conversation) && group === 'mine';
  const { owner } = conversation;
  const who = nameOf(say, conversation);
  const since = owner.kind === 'bot' ? conversation.changedAt : owner.since;
  const time = durationText(say, Math.max(0, now - since));
  return (
    <li
      className="item"
      data-current={props.current || undefined}
      data-urgent={(owner.kind === 'queue' && owner.urgent) || undefined}
    >
      <button
        type="button"
        className="item-open"
        aria-current={props.current}
        onClick={() => go({ page: 'desk', conversation: conversation.id })}
      >
        <span className="item-line">
          <b>{who}</b>
          {owner.kind === 'queue' && owner.urgent ? (
            <span className="tag urgent">{say('list.urgent')}</span>
          ) : null}
          <DangerTag danger={conversation.episode?.danger} />
          {isNew ? <span className="tag">{say('list.new')}</span> : null}
        </span>
        {conversation.topicName ? <span className="item-topic">{conversation.topicName}</span> : null}
        <span className="item-text">{conversation.lastText ?? say('chat.empty')}</span>
        <span className="item-meta">
          <span>
            <WayIcon way={conversation.channel} />
            {channelText(say, conversation.channel)}
          </span>
          <span>
            {group === 'team' && owner.kind === 'officer'
              ? say('list.with', { name: owner.officer.name })
              : group === 'offered' && owner.kind === 'officer' && owner.offer
                ? say('list.offered-by', { name: owner.offer.by.name })
                : say(group === 'waiting' ? 'list.waited' : 'list.held', { time })}
          </span>
        </span>
      </button>
      {group === 'waiting' || group === 'offered' ? (
        <Button
          className="item-claim"
          aria-label={say('list.claim-of', { who })}
          onClick={() => claim(conversation.id)}
        >
          {say('list.claim')}
        </Button>
      ) : null}
    </li>
  );
}

function Section(props: {
  group: keyof Lists;
  list: readonly Conversation[];
  current: string | undefined;
  now: number;
}): ReactNode {
  const { say } = useWords();
  const title: Key = `list.${props.group}`;
  const empty: Key = `list.${props.group}.empty`;
  return (
    <section className="list-section" aria-labelledby={`list-${props.group}`}>
      <h2 id={`list-${props.group}`}>
        {say(title)}
        <span className="count">{props.list.length}</span>
      </h2>
      {props.list.length === 0 ? <p className="empty">{say(empty)}</p> : null}
      <ul>
        {props.list.map(conversation => (
          <Item
            key={conversation.id}
            conversation={conversation}
            group={props.group}
            current={conversation.id === props.current}
            now={props.now}
          />
        ))}
      </ul>
    </section>
  );
}

/** What colleagues ask me to take, who waits, what is mine, and for those who lead what colleagues have in hand. */
export function ConversationList({ current }: { current: string | undefined }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  const lists = useLive(state => state.lists);
  const now = useNow(tickMs);
  const leads = officer.role !== 'officer';
  return (
    <nav className="pane list-pane" aria-label={say('list.label')} id="list" tabIndex={-1}>
      {lists ? (
        <>
          {lists.offered.length > 0 ? (
            <Section group="offered" list={lists.offered} current={current} now={now} />
          ) : null}
          <Section group="waiting" list={lists.waiting} current={current} now={now} />
          <Section group="mine" list={lists.mine} current={current} now={now} />
          {leads ? <Section group="team" list={lists.team} current={current} now={now} /> : null}
        </>
      ) : (
        <p className="empty">{say('link.connecting')}</p>
      )}
    </nav>
  );
}
