import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type EntryView, type Problem, knowledgeApi, publishEntry } from '../../state/knowledge-api';
import type { Officer } from '../../state/schemas';
import { fieldText } from '../../words/entry-fields';
import { timeText } from '../../words/dates';
import { useSorry, useWords } from '../../words/words';
import { EntryForm } from './entry-form';
import { TrialEffect } from './publications';
import { ReviewDay } from './review-day';

export const writes = ({ role }: Officer): boolean => role === 'editor' || role === 'admin';
const reviews = ({ role }: Officer): boolean => role === 'reviewer' || role === 'admin';

/** What the next step of an entry is, for whoever may take it. */
function Steps({
  entry,
  officer,
  act,
}: {
  entry: EntryView;
  officer: Officer;
  act: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { say } = useWords();
  const [why, setWhy] = useState('');
  const [trial, setTrial] = useState<number>();
  const said = why.trim();
  const topic = `service:${entry.id}`;
  const isAuthor = entry.author?.id === officer.id;
  return (
    <section aria-label={say('knowledge.steps')} className="knowledge-steps">
      <TextInput
        label={say('knowledge.reason')}
        value={why}
        onChange={event => setWhy(event.currentTarget.value)}
      />
      <div className="row">
        {entry.state === 'draft' && writes(officer) ? (
          <Button onClick={() => act(() => knowledgeApi.act(entry.id, 'submit'))}>
            {say('knowledge.submit')}
          </Button>
        ) : null}
        {entry.state === 'in-review' && reviews(officer) && !isAuthor ? (
          <>
            <Button
              disabled={said.length < 3}
              onClick={() => act(() => knowledgeApi.act(entry.id, 'review', { approve: true, why: said }))}
            >
              {say('knowledge.approve')}
            </Button>
            <Button
              variant="default"
              disabled={said.length < 3}
              onClick={() => act(() => knowledgeApi.act(entry.id, 'review', { approve: false, why: said }))}
            >
              {say('knowledge.send-back')}
            </Button>
          </>
        ) : null}
        {entry.state === 'approved' && reviews(officer) ? (
          <Button disabled={said.length < 3} onClick={() => act(() => publishEntry(entry.id, said))}>
            {say('knowledge.publish')}
          </Button>
        ) : null}
        {entry.revision > 0 ? (
          <Button
            variant="default"
            onClick={() => act(async () => setTrial((await knowledgeApi.try([entry.id])).number))}
          >
            {say('knowledge.try')}
          </Button>
        ) : null}
        <Button
          variant="default"
          disabled={said.length < 3}
          onClick={() => act(() => knowledgeApi.turn(topic, true, said))}
        >
          {say('knowledge.turn-off')}
        </Button>
        <Button
          variant="default"
          disabled={said.length < 3}
          onClick={() => act(() => knowledgeApi.turn(topic, false, said))}
        >
          {say('knowledge.turn-on')}
        </Button>
        {writes(officer) && entry.state !== 'archived' ? (
          <Button
            variant="default"
            disabled={said.length < 3}
            onClick={() => act(() => knowledgeApi.act(entry.id, 'archive', { why: said }))}
          >
            {say('knowledge.archive')}
          </Button>
        ) : null}
      </div>
      {trial === undefined ? null : <TrialEffect number={trial} />}
      <Announce topic={topic} act={act} />
    </section>
  );
}

function Announce({ topic, act }: { topic: string; act: (work: () => Promise<unknown>) => void }): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState('');
  const [day, setDay] = useState('');
  return (
    <form
      className="row"
      onSubmit={event => {
        event.preventDefault();
        // To the end of that day in Bangkok.
        act(() => knowledgeApi.announce(topic, text.trim(), Date.parse(`${day}T23:59:59+07:00`)));
      }}
    >
      <TextInput
        label={say('knowledge.announce-text')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <DateField of="day" label={say('knowledge.announce-until')} value={day} onChange={setDay} />
      <Button type="submit" variant="default" disabled={text.trim().length < 3 || day === ''}>
        {say('knowledge.announce')}
      </Button>
    </form>
  );
}

function History({
  entry,
  act,
}: {
  entry: EntryView;
  act: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { say, language } = useWords();
  const { data = [] } = useAsk(`${entry.id}/${entry.revision}`, () => knowledgeApi.revisions(entry.id));
  const [seen, setSeen] = useState<number>();
  const changes = useAsk(seen === undefined ? undefined : `${entry.id}/${seen}`, () =>
    knowledgeApi.diff(entry.id, (seen ?? 1) - 1, seen ?? 1),
  );
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('knowledge.history')}</h2>
      <ol className="knowledge-list">
        {data.map(each => (
          <li key={each.revision}>
            <span>
              {each.revision} · {each.author.name} · {timeText(language, each.at)} · {each.why}
            </span>
            <button type="button" className="link" onClick={() => setSeen(each.revision)}>
              {say('knowledge.changes')}
            </button>
            <button
              type="button"
              className="link"
              onClick={() =>
                act(() =>
                  knowledgeApi.act(entry.id, 'restore', {
                    revision: each.revision,
                    why: say('knowledge.restored'),
                  }),
                )
              }
            >
              {say('knowledge.restore')}
            </button>
            {seen === each.revision && changes.data ? (
              <ul>
                {changes.data.map(change => (
                  <li key={change.field}>
                    <b>{fieldText(say, change.field)}</b>: <del>{JSON.stringify(change.before)}</del>{' '}
                    <ins>{JSON.stringify(change.after)}</ins>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One entry: what is written, what can be done with it, and how it came to be. */
export function EntryPage({
  id,
  officer,
  onLeave,
}: {
  id: string;
  officer: Officer;
  onLeave: () => void;
}): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const tell = useTell();
  const { data, code, reload } = useAsk(id, () => knowledgeApi.entry(id));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  /** `false`: nothing was done, and the person was told why. */
  const act = (work: () => Promise<unknown>): void => {
    work().then(
      outcome => {
        if (outcome !== false) tell.done(say('knowledge.done'));
        reload();
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  const entry = data?.entry;
  return (
    <div>
      <Button variant="default" onClick={onLeave}>
        {say('knowledge.back')}
      </Button>
      {code ? <p role="alert">{sorry(code)}</p> : null}
      {entry ? (
        <>
          <h2>{entry.name}</h2>
          <p className="quiet">
            {entry.id} · {say(`knowledge.state.${entry.state}`)}
            {entry.reviewed ? ` · ${say('knowledge.reviewed')}` : ''}
          </p>
          {entry.refusal ? (
            <p className="warning">
              {say('knowledge.refused', { who: entry.refusal.by.name, why: entry.refusal.why })}
            </p>
          ) : null}
          <Steps entry={entry} officer={officer} act={act} />
          {entry.revision > 0 ? <ReviewDay key={entry.reviewAt} entry={entry} act={act} /> : null}
          {data.content && writes(officer) ? (
            <EntryForm
              key={`${entry.id}/${entry.revision}`}
              content={data.content}
              problems={problems}
              onSave={(content, why) =>
                act(async () => {
                  const saved = await knowledgeApi.save(id, { base: entry.revision, content, why });
                  setProblems(saved.problems);
                  if (saved.problems.length > 0) tell.beware(say('knowledge.not-saved'));
                  return saved.problems.length === 0;
                })
              }
            />
          ) : data.content ? (
            <details>
              <summary>{say('knowledge.read-whole')}</summary>
              <pre className="knowledge-content">{JSON.stringify(data.content, null, 2)}</pre>
            </details>
          ) : null}
          <History entry={entry} act={act} />
        </>
      ) : null}
    </div>
  );
}
