import { type ReactNode, useState } from 'react';
import { Options } from '../../parts/options';
import { useAsk } from '../../state/hooks';
import { type Feedback as Told, knowledgeApi } from '../../state/knowledge-api';
import { momentText } from '../../words/dates';
import { channelText } from '../../words/labels';
import { useSorry, useWords } from '../../words/words';
import { TopicLink } from './topic-link';

const views = ['not-useful', 'useful', 'all'] as const;
type View = (typeof views)[number];
const wanted: Readonly<Record<View, boolean | undefined>> = {
  'not-useful': false,
  useful: true,
  all: undefined,
};

function One({ told }: { told: Told }): ReactNode {
  const { say, language } = useWords();
  return (
    <li>
      <b>{say(told.useful ? 'knowledge.useful' : 'knowledge.not-useful')}</b>
      {told.why ? ` · ${say(`knowledge.why.${told.why}`)}` : ''}
      {told.question ? <q className="asked">{told.question}</q> : null}
      <span className="quiet">
        {momentText(language, told.at)} · {channelText(say, told.channel)} ·{' '}
        {say('knowledge.version', { version: told.knowledge })}
      </span>
    </li>
  );
}

/** What people thought of answers, entry by entry; the one that was spoken of last stands first. */
export function Feedback({ onOpen }: { onOpen: (id: string) => void }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [view, setView] = useState<View>('not-useful');
  const { data = [], code, loading } = useAsk(view, () => knowledgeApi.feedback(wanted[view]));
  const topics = [...new Map(data.map(each => [each.topic, each.name]))];
  return (
    <>
      <Options
        label={say('knowledge.feedback.show')}
        value={view}
        onChange={setView}
        options={views.map(value => ({ value, label: say(`knowledge.feedback.${value}`) }))}
      />
      {code ? <p role="alert">{sorry(code)}</p> : null}
      {!loading && !code && topics.length === 0 ? (
        <p className="empty">{say('knowledge.no-feedback')}</p>
      ) : null}
      <ul className="knowledge-list" aria-label={say('knowledge.part.feedback')}>
        {topics.map(([topic, name]) => {
          const theirs = data.filter(each => each.topic === topic);
          const useful = theirs.filter(each => each.useful).length;
          return (
            <li key={topic}>
              <TopicLink topic={{ id: topic, name }} onOpen={onOpen} />
              <span className="quiet">
                {say('knowledge.feedback.count', { useful, not: theirs.length - useful })}
              </span>
              <ul>
                {theirs.map(told => (
                  <One key={`${told.at} ${told.useful} ${told.why ?? ''}`} told={told} />
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </>
  );
}
