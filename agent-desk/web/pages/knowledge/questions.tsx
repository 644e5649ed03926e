import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type QuestionGroup, knowledgeApi } from '../../state/knowledge-api';
import type { Officer } from '../../state/schemas';
import { useWords } from '../../words/words';
import { TopicLink } from './topic-link';

function Group({
  group,
  mayWrite,
  act,
  onOpen,
}: {
  group: QuestionGroup;
  mayWrite: boolean;
  act: (work: () => Promise<unknown>) => void;
  onOpen: (id: string) => void;
}): ReactNode {
  const { say } = useWords();
  const [entry, setEntry] = useState(group.topics[0]?.id.replace(/^service:/u, '') ?? '');
  return (
    <li>
      <b>{say('knowledge.asked', { count: group.count })}</b>
      <ul>
        {group.examples.map(example => (
          <li key={example}>{example}</li>
        ))}
      </ul>
      {group.topics.length > 0 ? (
        <p className="quiet">
          {say('knowledge.answered-with')}{' '}
          {group.topics.map(topic => (
            <TopicLink key={topic.id} topic={topic} onOpen={onOpen} />
          ))}
        </p>
      ) : null}
      {mayWrite ? (
        <div className="row">
          <TextInput
            label={say('knowledge.entry-id')}
            value={entry}
            onChange={event => setEntry(event.currentTarget.value)}
          />
          <Button
            disabled={!/^[a-z0-9-]+$/u.test(entry)}
            onClick={() => act(() => knowledgeApi.asPhrases(group.ids, entry))}
          >
            {say('knowledge.as-phrases')}
          </Button>
          <Button variant="default" onClick={() => act(() => knowledgeApi.dismiss(group.ids))}>
            {say('knowledge.dismiss')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

/** What people asked without an answer that helped: alike ones together. */
export function Questions({
  officer,
  onOpen,
}: {
  officer: Officer;
  onOpen: (id: string) => void;
}): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const { data, reload } = useAsk('questions', () => knowledgeApi.questions());
  const act = (work: () => Promise<unknown>): void => {
    work().then(
      () => {
        tell.done(say('knowledge.done'));
        reload();
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  const mayWrite = officer.role === 'editor' || officer.role === 'admin';
  return (
    <>
      {data?.length === 0 ? <p className="empty">{say('knowledge.no-questions')}</p> : null}
      <ul className="knowledge-list">
        {(data ?? []).map(group => (
          <Group key={group.ids[0]} group={group} mayWrite={mayWrite} act={act} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
}
