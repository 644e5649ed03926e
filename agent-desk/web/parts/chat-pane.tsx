import { Button } from '@mantine/core';
import { IconArrowForwardUp, IconArrowLeft, IconCircleCheck, IconNote, IconUser } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { openDialog, useDesk, useLive } from '../state/desk-context';
import { go } from '../state/route';
import type { Conversation } from '../state/schemas';
import { emptyThread } from '../state/thread';
import { channelText, nameOf } from '../words/labels';
import { type Say, useSorry, useWords } from '../words/words';
import { Composer } from './composer';
import { DangerTag } from './danger-tag';
import { WayIcon } from './icons';
import { MessageLog } from './message-log';
import { OfferBar } from './offer-bar';

function ownerText(say: Say, { owner }: Conversation, me: string): string {
  if (owner.kind === 'queue') return say('chat.owner.queue');
  if (owner.kind === 'bot') return say('chat.owner.bot');
  return owner.officer.id === me
    ? say('chat.owner.me')
    : say('chat.owner.officer', { name: owner.officer.name });
}

/** Whether this officer may note, release and close: the owner, or who leads. */
export function useMayHandle(conversation: Conversation | undefined): boolean {
  const { officer } = useDesk();
  if (!conversation || conversation.owner.kind === 'bot') return false;
  const mine = conversation.owner.kind === 'officer' && conversation.owner.officer.id === officer.id;
  return mine || officer.role !== 'officer';
}

function Actions({ conversation }: { conversation: Conversation }): ReactNode {
  const { say } = useWords();
  if (!useMayHandle(conversation)) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconNote className="icon" aria-hidden />}
        onClick={() => openDialog('note')}
      >
        {say('chat.note')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowForwardUp className="icon" aria-hidden />}
        onClick={() => openDialog('transfer')}
      >
        {say('chat.transfer')}
      </Button>
      <Button
        variant="outline"
        leftSection={<IconCircleCheck className="icon" aria-hidden />}
        onClick={() => openDialog('close')}
      >
        {say('chat.close')}
      </Button>
    </>
  );
}

function Head({
  conversation,
  viewers,
}: {
  conversation: Conversation;
  viewers: readonly string[];
}): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  return (
    <header className="chat-head">
      <Button
        className="only-narrow back"
        variant="subtle"
        aria-label={say('chat.back')}
        onClick={() => go({ page: 'desk' })}
      >
        <IconArrowLeft className="icon" aria-hidden />
      </Button>
      <div className="chat-title">
        <h2>{nameOf(say, conversation)}</h2>
        <p>
          <span>
            <WayIcon way={conversation.channel} />
            {channelText(say, conversation.channel)}
          </span>
          <span className="owner" data-owner={conversation.owner.kind}>
            {ownerText(say, conversation, officer.id)}
          </span>
          <DangerTag danger={conversation.episode?.danger} />
          {conversation.topicName ? <span>{conversation.topicName}</span> : null}
        </p>
        {viewers.length > 0 ? (
          <p className="viewers">{say('chat.viewers', { names: viewers.join(', ') })}</p>
        ) : null}
        {conversation.left ? <p className="warning">{say('chat.left')}</p> : null}
      </div>
      <div className="chat-actions">
        <Button
          className="not-wide"
          variant="default"
          leftSection={<IconUser className="icon" aria-hidden />}
          onClick={() => go({ page: 'desk', conversation: conversation.id, pane: 'person' })}
        >
          {say('chat.person')}
        </Button>
        <Actions conversation={conversation} />
      </div>
    </header>
  );
}

function OpenChat({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const { live, officer } = useDesk();
  const thread = useLive(state => state.threads[id]) ?? emptyThread;
  useEffect(() => live.watch(id), [live, id]);
  const { conversation } = thread;
  const mayHandle = useMayHandle(conversation);
  if (!conversation) {
    const sentence =
      thread.refused === 'NOT_FOUND'
        ? say('chat.gone')
        : thread.refused
          ? sorry(thread.refused)
          : say('app.loading');
    return (
      <div className="empty-pane">
        <p role="status">{sentence}</p>
        <Button className="only-narrow" variant="subtle" onClick={() => go({ page: 'desk' })}>
          {say('chat.back')}
        </Button>
      </div>
    );
  }
  const others = thread.viewers.filter(viewer => viewer.id !== officer.id).map(viewer => viewer.name);
  return (
    <>
      <Head conversation={conversation} viewers={others} />
      <OfferBar conversation={conversation} mayHandle={mayHandle} />
      <MessageLog key={id} id={id} thread={thread} />
      <Composer conversation={conversation} />
    </>
  );
}

/** The conversation in the middle. */
export function ChatPane({ id }: { id: string | undefined }): ReactNode {
  const { say } = useWords();
  return (
    <section className="pane chat-pane" aria-label={say('chat.label')}>
      {id ? (
        <OpenChat key={id} id={id} />
      ) : (
        <div className="empty-pane">
          <h2>{say('chat.none.title')}</h2>
          <p>{say('chat.none.lead')}</p>
        </div>
      )}
    </section>
  );
}
