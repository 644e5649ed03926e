import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type EntryView, type Problem, knowledgeApi, publishEntry } from '../../state/knowledge-api';
import type { Officer } from '../../state/schemas';
import { useSorry, useWords } from '../../words/words';
import { Announce } from './announce';
import { EntryForm } from './entry-form';
import { History } from './entry-history';
import { EntryPlan } from './entry-plan';
import { EntryText } from './entry-text';
import { TrialEffect } from './publications';

export const writes = ({ role }: Officer): boolean => role === 'editor' || role === 'admin';
const reviews = ({ role }: Officer): boolean => role === 'reviewer' || role === 'admin';

/** The page is long: ways to its later parts. */
function Places(): ReactNode {
  const { say } = useWords();
  const places = [
    ['plan', 'knowledge.plan'],
    ['announce', 'knowledge.announce.title'],
    ['history', 'knowledge.history'],
  ] as const;
  return (
    <nav aria-label={say('knowledge.places')} className="row">
      {places.map(([id, key]) => (
        <button
          key={id}
          type="button"
          className="link"
          onClick={() => document.getElementById(id)?.scrollIntoView()}
        >
          {say(key)}
        </button>
      ))}
    </nav>
  );
}

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
          <Places />
          <Steps entry={entry} officer={officer} act={act} />
          {data.content && writes(officer) ? (
            <EntryForm
              key={`${entry.id}/${entry.revision}`}
              id={id}
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
            <EntryText id={id} content={data.content} />
          ) : null}
          {data.content ? (
            <EntryPlan
              key={`${entry.state} ${entry.publishAt} ${entry.expiresAt} ${entry.reviewAt}`}
              entry={entry}
              act={act}
            />
          ) : null}
          <Announce topic={`service:${id}`} />
          <History entry={entry} mayRestore={writes(officer)} act={act} />
        </>
      ) : null}
    </div>
  );
}
