import { Button, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useClaim } from '../state/claim';
import { useCanned } from '../state/use-canned';
import { drafts, useDesk } from '../state/desk-context';
import type { Conversation } from '../state/schemas';
import { openSlot } from '../words/canned';
import { useWords } from '../words/words';
import { CannedPicker, cannedListId, cannedOptionId } from './canned-picker';
import { PictureButton } from './picture-button';

const mostUnits = 4_000;
/** How often the other side is told that somebody writes. */
const typingEveryMs = 2_500;

function ReplyBox({ conversation }: { conversation: Conversation }): ReactNode {
  const { say } = useWords();
  const { live } = useDesk();
  const [text, setText] = useState(drafts.get(conversation.id) ?? '');
  const toldAt = useRef(0);
  const box = useRef<HTMLTextAreaElement>(null);
  const over = text.trim().length - mostUnits;
  const open = openSlot(say, text);
  const canned = useCanned({ conversation, box, text, change });

  function change(next: string): void {
    setText(next);
    drafts.set(conversation.id, next);
    const now = Date.now();
    if (next.trim() === '' || now - toldAt.current < typingEveryMs) return;
    toldAt.current = now;
    live.typing(conversation.id);
  }
  function send(): void {
    const ready = text.trim();
    if (ready === '' || over > 0) return;
    if (open) return box.current?.setSelectionRange(open.at, open.at + open.name.length);
    live.say(conversation.id, ready);
    setText('');
    drafts.delete(conversation.id);
  }

  return (
    <form
      className="composer"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      {canned.isOpen ? (
        <CannedPicker
          {...canned}
          language={conversation.language}
          onPick={reply => void canned.pick(reply)}
        />
      ) : null}
      <Textarea
        ref={box}
        id="reply"
        className="composer-text"
        aria-label={say('composer.label')}
        placeholder={say('composer.placeholder')}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        error={
          over > 0
            ? say('composer.long', { count: over })
            : open
              ? say('canned.fill', { what: open.name })
              : null
        }
        aria-autocomplete="list"
        {...(canned.isOpen ? { 'aria-controls': cannedListId } : {})}
        {...(canned.marked ? { 'aria-activedescendant': cannedOptionId(canned.marked.id) } : {})}
        onChange={event => {
          const { value, selectionStart } = event.currentTarget;
          change(value);
          canned.look(value, selectionStart);
        }}
        onBlur={canned.leave}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing || canned.takeKey(event)) return;
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      <PictureButton
        conversationId={conversation.id}
        text={text}
        disabled={open !== undefined}
        onSent={() => {
          setText('');
          drafts.delete(conversation.id);
        }}
      />
      <Button
        type="submit"
        leftSection={<IconSend className="icon" aria-hidden />}
        disabled={over > 0 || open !== undefined}
      >
        {say('composer.send')}
      </Button>
      <small className="composer-help">{say('composer.help')}</small>
    </form>
  );
}

/** Where the officer answers, or why they cannot. */
export function Composer({ conversation }: { conversation: Conversation }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  const claim = useClaim();
  const { owner } = conversation;
  if (owner.kind === 'officer' && owner.officer.id === officer.id)
    return <ReplyBox key={conversation.id} conversation={conversation} />;
  return (
    <div className="composer closed">
      {owner.kind === 'queue' ? (
        <>
          <p>{say('composer.waiting')}</p>
          <Button onClick={() => claim(conversation.id)}>{say('list.claim')}</Button>
        </>
      ) : (
        <p>
          {owner.kind === 'officer'
            ? say('composer.officer', { name: owner.officer.name })
            : say('composer.bot')}
        </p>
      )}
    </div>
  );
}
