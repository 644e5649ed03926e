import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Options } from '../../parts/options';
import { useAsk } from '../../state/hooks';
import { type EntryView, knowledgeApi } from '../../state/knowledge-api';
import { useSorry, useWords } from '../../words/words';

const states = ['in-review', 'approved', 'draft', 'published', 'due', ''] as const;
type ListState = (typeof states)[number];
/** Longer lists are searched, not read. */
const shownAtMost = 200;

/** Entries by where they stand, and the way to each. */
export function EntryList({
  onOpen,
  onNew,
}: {
  onOpen: (id: string) => void;
  /** For those who may write one. */
  onNew?: () => void;
}): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [state, setState] = useState<ListState>('');
  const [text, setText] = useState('');
  const { data, code } = useAsk(state, () => knowledgeApi.entries(state));
  const wanted = text.trim().toLowerCase();
  const found = (data ?? []).filter(
    (each: EntryView) => each.id.includes(wanted) || each.name.toLowerCase().includes(wanted),
  );
  return (
    <>
      {onNew ? (
        <div className="row">
          <Button onClick={onNew}>{say('knowledge.new')}</Button>
        </div>
      ) : null}
      <Options
        label={say('knowledge.state')}
        value={state}
        onChange={setState}
        options={states.map(value => ({ value, label: say(`knowledge.list.${value || 'all'}`) }))}
      />
      <TextInput
        label={say('knowledge.find')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      {code ? <p role="alert">{sorry(code)}</p> : null}
      {data?.length === 0 ? <p className="empty">{say('knowledge.none')}</p> : null}
      <ul className="knowledge-list">
        {found.slice(0, shownAtMost).map(each => (
          <li key={each.id}>
            <button type="button" className="link" onClick={() => onOpen(each.id)}>
              {each.name}
            </button>
            <span className="quiet">
              {each.id} · {say(`knowledge.state.${each.state}`)}
              {each.reviewed ? ` · ${say('knowledge.reviewed')}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
