import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { api } from '../state/api';
import { contactChanges } from '../state/desk-context';
import { useAsk } from '../state/hooks';
import type { Episode } from '../state/schemas';
import { useStore } from '../state/store';
import { momentText } from '../words/dates';
import { resultKeys, statusKeys, typeKeys, wayKeys } from '../words/labels';
import { useSorry, useWords } from '../words/words';
import { DangerTag } from './danger-tag';
import { WayIcon } from './icons';

function Entry({ episode, current }: { episode: Episode; current: boolean }): ReactNode {
  const { say, language } = useWords();
  const facts = [
    episode.officer ? say('history.officer', { name: episode.officer.name }) : undefined,
    episode.result ? say('history.result', { result: say(resultKeys[episode.result]) }) : undefined,
    episode.rating ? say('history.rating', { rating: episode.rating }) : undefined,
  ].filter(fact => fact !== undefined);
  return (
    <li className="entry" data-current={current || undefined}>
      <div className="entry-head">
        <span>
          <WayIcon way={episode.way} />
          {say(wayKeys[episode.way])}
        </span>
        <time dateTime={new Date(episode.startedAt).toISOString()}>
          {momentText(language, episode.startedAt)}
        </time>
      </div>
      <b>{episode.topicName ?? episode.topic ?? say('history.topic.none')}</b>
      <div className="entry-facts">
        <span>{say(typeKeys[episode.type])}</span>
        <DangerTag danger={episode.danger} />
        <span className="status" data-status={episode.status}>
          {current ? say('history.now') : say(statusKeys[episode.status])}
        </span>
      </div>
      {facts.map(fact => (
        <span key={fact} className="quiet">
          {fact}
        </span>
      ))}
      {episode.note ? <p className="entry-note">{episode.note}</p> : null}
    </li>
  );
}

/** Every contact of a person, newest first, whatever the channel. `state` changes when the history may have. */
export function HistoryList(props: {
  personId: string;
  currentEpisode?: string | undefined;
  state?: string;
}): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const round = useStore(contactChanges, count => count);
  const { personId } = props;
  const { data, code, reload } = useAsk(`${personId} ${props.state ?? ''} ${round}`, () =>
    api.history(personId),
  );
  return (
    <section className="history" aria-labelledby="history-title">
      <h2 id="history-title">
        {say('history.title')}
        {data ? <span className="count">{say('history.count', { count: data.length })}</span> : null}
      </h2>
      {code ? (
        <p role="alert" className="warning">
          {sorry(code)}{' '}
          <Button variant="subtle" size="compact-sm" onClick={reload}>
            {say('app.retry')}
          </Button>
        </p>
      ) : null}
      {data?.length === 0 ? <p className="empty">{say('history.empty')}</p> : null}
      <ol>
        {(data ?? []).map(episode => (
          <Entry key={episode.id} episode={episode} current={episode.id === props.currentEpisode} />
        ))}
      </ol>
    </section>
  );
}
