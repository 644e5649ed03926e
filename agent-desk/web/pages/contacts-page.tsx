import { Button } from '@mantine/core';
import { IconRefresh, IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { WayIcon } from '../parts/icons';
import { api, codeOf } from '../state/api';
import { contactChanges } from '../state/desk-context';
import { go } from '../state/route';
import type { Episode } from '../state/schemas';
import { useStore } from '../state/store';
import { dateText, dayOf, timeText } from '../words/dates';
import { resultKeys, statusKeys, typeKeys, wayKeys } from '../words/labels';
import { useWords } from '../words/words';
import { Refusal } from '../parts/problem';

function Row({ episode }: { episode: Episode }): ReactNode {
  const { say, language } = useWords();
  const cells: readonly (readonly [string, ReactNode])[] = [
    [
      say('contacts.time'),
      <time dateTime={new Date(episode.startedAt).toISOString()}>
        {timeText(language, episode.startedAt)}
      </time>,
    ],
    [
      say('contacts.person'),
      episode.conversationId ? (
        <button
          type="button"
          className="link"
          onClick={() => go({ page: 'desk', conversation: episode.conversationId ?? '' })}
        >
          {episode.personName ?? say('person.no-name')}
        </button>
      ) : (
        <b>{episode.personName ?? say('person.no-name')}</b>
      ),
    ],
    [
      say('contacts.way'),
      <span className="with-icon">
        <WayIcon way={episode.way} />
        {say(wayKeys[episode.way])}
      </span>,
    ],
    [say('contacts.type'), say(typeKeys[episode.type])],
    [say('contacts.topic'), episode.topicName ?? episode.topic ?? '–'],
    [say('contacts.officer'), episode.officer?.name ?? '–'],
    [
      say('contacts.status'),
      <span className="status" data-status={episode.status}>
        {say(statusKeys[episode.status])}
      </span>,
    ],
    [say('contacts.result'), episode.result ? say(resultKeys[episode.result]) : '–'],
  ];
  return (
    <tr>
      {cells.map(([label, cell]) => (
        <td key={label} data-label={label} data-empty={cell === '–' || undefined}>
          {cell}
        </td>
      ))}
    </tr>
  );
}

function Day({
  day,
  episodes,
  today,
}: {
  day: number;
  episodes: readonly Episode[];
  today: boolean;
}): ReactNode {
  const { say, language } = useWords();
  const date = dateText(language, day);
  const titleId = `day-${dayOf(day)}`;
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>
        {say(today ? 'contacts.today' : 'contacts.day', { date })}
        <span className="count">{say('contacts.count', { count: episodes.length })}</span>
      </h2>
      {episodes.length === 0 ? (
        <p className="empty">{say('contacts.empty')}</p>
      ) : (
        <table className="contacts">
          <thead>
            <tr>
              {(['time', 'person', 'way', 'type', 'topic', 'officer', 'status', 'result'] as const).map(
                column => (
                  <th key={column} scope="col">
                    {say(`contacts.${column}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {episodes.map(episode => (
              <Row key={episode.id} episode={episode} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** By day, newest first; today is there even while it is empty. */
function byDay(
  episodes: readonly Episode[],
  now: number,
): readonly { at: number; list: readonly Episode[] }[] {
  const days = new Map<string, { at: number; list: Episode[] }>([[dayOf(now), { at: now, list: [] }]]);
  for (const episode of episodes) {
    const day = days.get(dayOf(episode.startedAt)) ?? { at: episode.startedAt, list: [] };
    day.list.push(episode);
    days.set(dayOf(episode.startedAt), day);
  }
  return [...days.values()].sort((a, b) => b.at - a.at);
}

/** Everybody who was in touch with the agency today, on every channel; earlier days on demand. */
export function ContactsPage(): ReactNode {
  const { say } = useWords();
  const round = useStore(contactChanges, count => count);
  const [episodes, setEpisodes] = useState<readonly Episode[]>();
  const [problem, setProblem] = useState<string>();
  const [ended, setEnded] = useState(false);
  const [loading, setLoading] = useState(false);
  const [again, setAgain] = useState(0);
  const now = Date.now();

  async function load(before?: number): Promise<void> {
    setLoading(true);
    try {
      const page = await api.contacts(before);
      const shown = before === undefined ? [] : (episodes ?? []);
      const known = new Set(shown.map(each => each.id));
      setEpisodes([...shown, ...page.filter(each => !known.has(each.id))]);
      setEnded(page.length < 100);
      setProblem(undefined);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setLoading(false);
    }
  }
  useEffect(() => {
    void load();
    // Read again after a contact was logged or on demand; `load` itself changes with every render.
  }, [round, again]);

  const oldest = episodes?.at(-1)?.startedAt;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{say('contacts.title')}</h1>
        <Button
          variant="default"
          leftSection={<IconRefresh className="icon" aria-hidden />}
          loading={loading}
          onClick={() => setAgain(count => count + 1)}
        >
          {say('contacts.refresh')}
        </Button>
        <Button
          leftSection={<IconUserPlus className="icon" aria-hidden />}
          onClick={() => go({ page: 'log' })}
        >
          {say('nav.log')}
        </Button>
      </header>
      <Refusal code={problem} />
      {episodes
        ? byDay(episodes, now).map(day => (
            <Day key={dayOf(day.at)} day={day.at} episodes={day.list} today={dayOf(day.at) === dayOf(now)} />
          ))
        : null}
      {episodes && ended ? <p className="quiet centre">{say('contacts.end')}</p> : null}
      {episodes && !ended && oldest !== undefined ? (
        <Button variant="subtle" loading={loading} onClick={() => void load(oldest)}>
          {say('contacts.older')}
        </Button>
      ) : null}
    </div>
  );
}
