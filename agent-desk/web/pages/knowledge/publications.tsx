import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type Publication, ended, knowledgeApi } from '../../state/knowledge-api';
import type { Officer } from '../../state/schemas';
import { momentText } from '../../words/dates';
import { useWords } from '../../words/words';
import { TopicLink } from './topic-link';

const reviews = ({ role }: Officer): boolean => role === 'reviewer' || role === 'admin';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function Effect({ effect }: { effect: NonNullable<Publication['effect']> }): ReactNode {
  const { say } = useWords();
  const { before, after } = effect;
  return (
    <p>
      {say('knowledge.effect', {
        lines: after.lines,
        before: percent(before.first),
        after: percent(after.first),
        wrongBefore: percent(before.wrong),
        wrongAfter: percent(after.wrong),
      })}
    </p>
  );
}

/** What publishing would change on the evaluation set, as soon as it is known. */
export function TrialEffect({ number }: { number: number }): ReactNode {
  const { say } = useWords();
  const { data: last } = useAsk(String(number), () => ended(number));
  return (
    <div role="status">
      {last?.effect ? (
        <Effect effect={last.effect} />
      ) : (
        <p>{last?.state === 'failed' ? last.failure : say('knowledge.trying')}</p>
      )}
    </div>
  );
}

/** What was published, and the way back; what is switched off, and the way on. */
export function Publications({
  officer,
  onOpen,
}: {
  officer: Officer;
  onOpen: (id: string) => void;
}): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const [why, setWhy] = useState('');
  const list = useAsk('publications', () => knowledgeApi.publications());
  const off = useAsk('off', () => knowledgeApi.off());
  const act = (work: () => Promise<unknown>): void => {
    work().then(
      () => {
        tell.done(say('knowledge.done'));
        list.reload();
        off.reload();
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  const said = why.trim();
  return (
    <>
      {reviews(officer) ? (
        <div className="row">
          <TextInput
            label={say('knowledge.reason')}
            value={why}
            onChange={event => setWhy(event.currentTarget.value)}
          />
          <Button
            disabled={said.length < 3}
            onClick={() => act(async () => ended((await knowledgeApi.undo(said)).number))}
          >
            {say('knowledge.undo')}
          </Button>
          {officer.role === 'admin' ? (
            <>
              <Button
                color="red"
                disabled={said.length < 3}
                onClick={() => act(() => knowledgeApi.turn('all', true, said))}
              >
                {say('knowledge.all-off')}
              </Button>
              <Button
                variant="default"
                disabled={said.length < 3}
                onClick={() => act(() => knowledgeApi.turn('all', false, said))}
              >
                {say('knowledge.all-on')}
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      <h2>{say('knowledge.off')}</h2>
      {off.data?.length === 0 ? (
        <p className="empty">{say('knowledge.nothing-off')}</p>
      ) : (
        <ul className="knowledge-list">
          {(off.data ?? []).map(({ topic, why: because, by, at }) => (
            <li key={topic}>
              <TopicLink
                topic={{ id: topic, name: topic === 'all' ? say('knowledge.everything') : topic }}
                onOpen={onOpen}
              />
              <span className="quiet">
                {because} · {by.name} · {momentText(language, at)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <h2>{say('knowledge.published')}</h2>
      {list.data?.length === 0 ? <p className="empty">{say('knowledge.nothing-published')}</p> : null}
      <ol className="knowledge-list" reversed>
        {(list.data ?? []).map(each => (
          <li key={each.number}>
            {each.number} · {say(`knowledge.publication.${each.state}`)} · {each.by.name} ·{' '}
            {momentText(language, each.at)} · {each.why}
            <span className="quiet">{each.failure ?? each.changes.slice(0, 5).join(', ')}</span>
            {each.effect ? <Effect effect={each.effect} /> : null}
          </li>
        ))}
      </ol>
    </>
  );
}
