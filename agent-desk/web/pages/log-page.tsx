import { Button, Input, Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { DateField } from '../parts/date-field';
import { HistoryList } from '../parts/history-list';
import { WayIcon } from '../parts/icons';
import { Options } from '../parts/options';
import { type ChosenPerson, PersonField, personText } from '../parts/person-field';
import { useTell } from '../parts/tell';
import { type ChosenTopic, TopicField } from '../parts/topic-field';
import { type NewContact, api, codeOf } from '../state/api';
import { newId } from '../state/new-id';
import { contactsChanged } from '../state/desk-context';
import {
  type ContactWay,
  type EpisodeResult,
  type EpisodeType,
  contactWay,
  episodeResult,
  episodeType,
} from '../state/schemas';
import { fromLocalInput, momentText, toLocalInput } from '../words/dates';
import { resultKeys, typeKeys, wayKeys } from '../words/labels';
import { phoneIn } from '../words/phone';
import { useWords } from '../words/words';
import { Refusal } from '../parts/problem';

interface Draft {
  /** The same for every try to save this form, so that it is saved once. */
  readonly clientId: string;
  readonly way: ContactWay;
  readonly type: EpisodeType;
  readonly person: ChosenPerson | undefined;
  readonly topic: ChosenTopic | undefined;
  readonly note: string;
  readonly status: 'open' | 'closed';
  readonly result: EpisodeResult;
  /** Absent: now. */
  readonly at: string | undefined;
}

const blank = (): Draft => ({
  clientId: newId(),
  way: 'walk-in',
  type: 'inquiry',
  person: undefined,
  topic: undefined,
  note: '',
  status: 'closed',
  result: 'resolved',
  at: undefined,
});

/** The usual ways first; the others are for what was noted on paper. */
const ways: readonly ContactWay[] = ['walk-in', 'call', 'relay', 'other'];
/** Clocks differ a little. */
const futureMs = 60_000;

function whoIn(person: ChosenPerson | undefined): NewContact['person'] | undefined {
  if (person?.kind === 'known') return { id: person.person.id };
  const phone = person ? phoneIn(person.phone) : undefined;
  if (person?.phone.trim() && !phone) return undefined;
  return { ...(person?.name.trim() ? { name: person.name.trim() } : {}), ...(phone ? { phone } : {}) };
}

function contactFrom(draft: Draft, now: number): NewContact | undefined {
  const at = draft.at === undefined ? now : fromLocalInput(draft.at);
  const person = whoIn(draft.person);
  if (at === undefined || at > now + futureMs || !person) return undefined;
  return {
    clientId: draft.clientId,
    way: draft.way,
    type: draft.type,
    at,
    person,
    status: draft.status,
    ...(draft.topic ? { topic: draft.topic.id } : {}),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
    ...(draft.status === 'closed' ? { result: draft.result } : {}),
  };
}

function When(props: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}): ReactNode {
  const { say, language } = useWords();
  const { value, onChange } = props;
  const now = Date.now();
  const at = value === undefined ? now : fromLocalInput(value);
  const bad = at === undefined || at > now + futureMs;
  if (value === undefined) {
    return (
      <Input.Wrapper label={say('log.at')} labelElement="div">
        <div className="chosen">
          <span>
            {say('log.at.now')} ({momentText(language, now)})
          </span>
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(toLocalInput(now))}>
            {say('log.at.change')}
          </Button>
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <DateField
      of="moment"
      label={say('log.at')}
      value={value}
      max={toLocalInput(now + futureMs)}
      autoFocus
      error={bad ? say('log.at.bad') : null}
      onChange={onChange}
    />
  );
}

/** Walk-ins and calls, written down in seconds: find the person, choose what it was about, Ctrl+Enter. */
export function LogPage({ personId }: { personId: string | undefined }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const [draft, setDraft] = useState(blank);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Draft>): void => setDraft(before => ({ ...before, ...part }));

  useEffect(() => {
    if (!personId) return;
    api.person(personId).then(
      person => change({ person: { kind: 'known', person } }),
      (error: unknown) => setProblem(codeOf(error)),
    );
  }, [personId]);

  async function submit(): Promise<void> {
    const contact = contactFrom(draft, Date.now());
    if (!contact) return setProblem('INPUT_INVALID');
    setBusy(true);
    setProblem(undefined);
    try {
      await api.logContact(contact);
      contactsChanged();
      tell.done(say('log.saved', { who: personText(say, draft.person) }));
      setDraft({ ...blank(), way: draft.way });
      setTimeout(() => document.getElementById('log-person')?.focus(), 0);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  }
  const known = draft.person?.kind === 'known' ? draft.person.person.id : undefined;
  return (
    <div className="page log-page">
      <form
        ref={form}
        className="form"
        aria-labelledby="log-title"
        onSubmit={event => {
          event.preventDefault();
          if (!busy) void submit();
        }}
        onKeyDown={event => {
          if (event.ctrlKey && event.key === 'Enter') event.currentTarget.requestSubmit();
          // Enter in a one-line field must not save half a record.
          else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
      >
        <header>
          <h1 id="log-title">{say('log.title')}</h1>
          <p className="quiet">{say('log.lead')}</p>
        </header>
        <Options
          label={say('log.way')}
          value={draft.way}
          onChange={way => change({ way })}
          options={contactWay.options
            .filter(way => ways.includes(way))
            .map(value => ({ value, label: say(wayKeys[value]), icon: <WayIcon way={value} /> }))}
        />
        <PersonField value={draft.person} onChange={person => change({ person })} />
        <Options
          label={say('field.type')}
          value={draft.type}
          onChange={type => change({ type })}
          options={episodeType.options.map(value => ({ value, label: say(typeKeys[value]) }))}
        />
        <TopicField value={draft.topic} onChange={topic => change({ topic })} />
        <Textarea
          label={`${say('field.note')} (${say('field.optional')})`}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={draft.note}
          onChange={event => change({ note: event.currentTarget.value })}
        />
        <Options
          label={say('log.status')}
          value={draft.status}
          onChange={status => change({ status })}
          options={[
            { value: 'closed', label: say('log.status.closed') },
            { value: 'open', label: say('log.status.open') },
          ]}
        />
        {draft.status === 'closed' ? (
          <Options
            label={say('field.result')}
            value={draft.result}
            onChange={result => change({ result })}
            options={episodeResult.options.map(value => ({ value, label: say(resultKeys[value]) }))}
          />
        ) : null}
        <When value={draft.at} onChange={at => change({ at })} />
        <Refusal code={problem} />
        <div className="form-end">
          <small className="quiet">{say('log.keys')}</small>
          <Button type="submit" size="md" loading={busy}>
            {say('log.submit')}
          </Button>
        </div>
      </form>
      <aside className="log-history" aria-label={say('log.history')}>
        {known ? <HistoryList personId={known} /> : <p className="empty">{say('log.history.empty')}</p>}
      </aside>
    </div>
  );
}
