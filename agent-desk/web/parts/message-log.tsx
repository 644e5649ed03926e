import { Button } from '@mantine/core';
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useDesk } from '../state/desk-context';
import { sawUpTo } from '../state/seen';
import { type Thread, lastSeq } from '../state/thread';
import { dateText, dayOf } from '../words/dates';
import { useWords } from '../words/words';
import { MessageLine, OutgoingLine } from './message-line';

/** So near to the end the reader wants to see what comes, px. */
const nearEndPx = 120;
const typingShownMs = 5_000;

/** Whoever is writing now; the line has its room whether or not it is filled, so that nothing jumps. */
function TypingLine({ thread, me }: { thread: Thread; me: string }): ReactNode {
  const { say } = useWords();
  const [now, setNow] = useState(Date.now);
  const { typing } = thread;
  useEffect(() => {
    if (!typing) return undefined;
    setNow(Date.now());
    const timer = setTimeout(() => setNow(Date.now()), typingShownMs);
    return () => clearTimeout(timer);
  }, [typing]);
  const shown = typing && now - typing.at < typingShownMs && typing.name !== me;
  return (
    <div className="typing" aria-live="polite">
      {shown
        ? typing.from === 'citizen'
          ? say('chat.typing.citizen')
          : say('chat.typing.officer', { name: typing.name ?? '' })
        : ''}
    </div>
  );
}

/** The messages. New ones are announced; the view follows them only when its end was in sight. */
export function MessageLog({ id, thread }: { id: string; thread: Thread }): ReactNode {
  const { say, language } = useWords();
  const { live, officer } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const [loading, setLoading] = useState(false);
  const { messages, outgoing } = thread;
  const last = lastSeq(thread);

  const toEnd = (): void => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setBelow(true);
  }, [last, outgoing.length]);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    // A phone's keyboard, another window size or letters that load late must not hide the last message.
    const observer = new ResizeObserver(() => atEnd.current && toEnd());
    observer.observe(current);
    for (const child of current.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (last !== undefined && !below) sawUpTo(id, last);
  }, [id, last, below]);

  const first = messages[0];
  const readUpTo = messages.findLast(
    each => each.from === 'officer' && each.seq <= (thread.readSeq ?? 0),
  )?.seq;
  return (
    <div className="log-frame">
      <div
        ref={box}
        className="log"
        role="log"
        aria-label={say('chat.log')}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < nearEndPx;
          if (atEnd.current) setBelow(false);
        }}
      >
        {first && first.seq > 1 ? (
          <Button
            className="older"
            variant="subtle"
            loading={loading}
            onClick={() => {
              setLoading(true);
              void live.older(id).finally(() => setLoading(false));
            }}
          >
            {say('chat.older')}
          </Button>
        ) : (
          <p className="quiet centre">{say(first ? 'chat.start' : 'chat.empty')}</p>
        )}
        <ol>
          {messages.map((message, index) => {
            const before = messages[index - 1];
            const newDay = !before || dayOf(before.at) !== dayOf(message.at);
            return (
              <Fragment key={message.seq}>
                {newDay ? (
                  <li className="day">
                    <span>{dateText(language, message.at)}</span>
                  </li>
                ) : null}
                <MessageLine
                  message={message}
                  delivery={thread.deliveries[message.id]}
                  me={officer.name}
                  read={message.seq === readUpTo}
                />
              </Fragment>
            );
          })}
          {outgoing.map(each => (
            <OutgoingLine
              key={each.clientId}
              outgoing={each}
              me={officer.name}
              onRetry={() => live.retry(id, each)}
            />
          ))}
        </ol>
      </div>
      {below ? (
        <Button className="to-end" size="compact-md" onClick={toEnd}>
          {say('list.new')}
        </Button>
      ) : null}
      <TypingLine thread={thread} me={officer.name} />
    </div>
  );
}
