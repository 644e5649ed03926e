import { Button } from '@mantine/core';
import { IconEdit, IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { type CannedReply, cannedApi } from '../../state/canned-api';
import { useDesk } from '../../state/desk-context';
import { useAsk } from '../../state/hooks';
import { shownText } from '../../words/canned';
import { type Key, useSorry, useWords } from '../../words/words';
import { ReplyForm } from './reply-form';

const starters: readonly (readonly [name: Key, text: Key])[] = [
  ['canned.starter.hello.name', 'canned.starter.hello'],
  ['canned.starter.wait.name', 'canned.starter.wait'],
  ['canned.starter.number.name', 'canned.starter.number'],
  ['canned.starter.bye.name', 'canned.starter.bye'],
];

type Editing = { readonly kind: 'new' } | { readonly kind: 'change'; readonly reply: CannedReply };

function Item(props: { reply: CannedReply; onEdit: () => void; onRemove: () => void }): ReactNode {
  const { say } = useWords();
  const { reply } = props;
  const [sure, setSure] = useState(false);
  return (
    <li className="canned-item">
      <div>
        <b>{reply.name}</b>
        <p>{shownText(say, reply.text.th)}</p>
        {reply.text.en ? (
          <p className="quiet" lang="en">
            {shownText(say, reply.text.en)}
          </p>
        ) : null}
      </div>
      {reply.kept ? (
        <div className="row">
          <Button
            variant="default"
            aria-label={say('canned.edit-of', { name: reply.name })}
            leftSection={<IconEdit className="icon" aria-hidden />}
            onClick={props.onEdit}
          >
            {say('canned.edit')}
          </Button>
          <Button
            variant={sure ? 'filled' : 'default'}
            {...(sure ? { color: 'red' } : {})}
            aria-label={say(sure ? 'canned.remove-sure' : 'canned.remove-of', { name: reply.name })}
            leftSection={<IconTrash className="icon" aria-hidden />}
            onBlur={() => setSure(false)}
            onClick={() => (sure ? props.onRemove() : setSure(true))}
          >
            {say(sure ? 'canned.remove-sure' : 'canned.remove', { name: reply.name })}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

/** Texts to answer with: those of the agency, and one's own. */
export function RepliesPage(): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const tell = useTell();
  const { officer } = useDesk();
  const { data: replies, code, reload } = useAsk('replies', cannedApi.list);
  const [editing, setEditing] = useState<Editing>();

  const done = (key: Key): void => {
    tell.done(say(key));
    setEditing(undefined);
    reload();
  };
  const run = (work: Promise<unknown>, key: Key): void =>
    void work.then(
      () => done(key),
      (error: unknown) => tell.refused(codeOf(error)),
    );
  const start = async (): Promise<void> => {
    for (const [name, text] of starters)
      await cannedApi.make({ name: say(name), text: { th: say(text) } }, officer.role !== 'officer');
  };
  if (editing)
    return (
      <div className="page replies-page">
        <h1>{say(editing.kind === 'new' ? 'canned.new' : 'canned.edit')}</h1>
        <ReplyForm
          reply={editing.kind === 'change' ? editing.reply : undefined}
          onSaved={() => done('canned.saved')}
          onCancel={() => setEditing(undefined)}
        />
      </div>
    );
  const groups = [
    { key: 'canned.for.agency', list: (replies ?? []).filter(({ shared }) => shared) },
    { key: 'canned.for.mine', list: (replies ?? []).filter(({ shared }) => !shared) },
  ] as const;
  return (
    <div className="page replies-page">
      <header className="page-head">
        <h1>{say('canned.title')}</h1>
        <Button
          leftSection={<IconPlus className="icon" aria-hidden />}
          onClick={() => setEditing({ kind: 'new' })}
        >
          {say('canned.new')}
        </Button>
      </header>
      <p className="quiet">{say('canned.lead')}</p>
      {code && !replies ? (
        <p role="alert" className="warning">
          {sorry(code)}
        </p>
      ) : null}
      {replies?.length === 0 ? (
        <div className="empty-pane">
          <p>{say('canned.empty')}</p>
          <Button variant="light" onClick={() => run(start(), 'canned.started')}>
            {say('canned.start')}
          </Button>
        </div>
      ) : null}
      {groups.map(({ key, list }) =>
        list.length > 0 ? (
          <section key={key} aria-labelledby={key}>
            <h2 id={key}>{say(key)}</h2>
            <ul className="canned-items">
              {list.map(reply => (
                <Item
                  key={reply.id}
                  reply={reply}
                  onEdit={() => setEditing({ kind: 'change', reply })}
                  onRemove={() => run(cannedApi.remove(reply.id), 'canned.removed')}
                />
              ))}
            </ul>
          </section>
        ) : null,
      )}
    </div>
  );
}
