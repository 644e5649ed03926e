import { Button, TextInput } from '@mantine/core';
import { IconArrowLeft, IconEdit, IconUserPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { type PersonDetails, api, codeOf } from '../state/api';
import { contactChanges, contactsChanged, useLive } from '../state/desk-context';
import { useAsk } from '../state/hooks';
import { go } from '../state/route';
import type { Conversation, Person } from '../state/schemas';
import { useStore } from '../state/store';
import { phoneText } from '../words/dates';
import { phoneIn } from '../words/phone';
import { useSorry, useWords } from '../words/words';
import { HistoryList } from './history-list';
import { useTell } from './tell';
import { Refusal } from './problem';

function PersonForm({ person, onDone }: { person: Person; onDone: () => void }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const [name, setName] = useState(person.name ?? '');
  const [phone, setPhone] = useState(person.phone ? phoneText(person.phone) : '');
  const [problem, setProblem] = useState<string>();
  const badPhone = phone.trim() !== '' && !phoneIn(phone);

  async function submit(): Promise<void> {
    const number = phoneIn(phone);
    const details: PersonDetails = {
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(number ? { phone: number } : {}),
    };
    try {
      await api.describePerson(person.id, details);
      contactsChanged();
      tell.done(say('person.saved'));
      onDone();
    } catch (error) {
      setProblem(codeOf(error));
    }
  }
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault();
        if (!badPhone) void submit();
      }}
    >
      <TextInput
        label={say('person.name')}
        value={name}
        maxLength={120}
        autoFocus
        autoComplete="off"
        onChange={event => setName(event.currentTarget.value)}
      />
      <TextInput
        label={say('person.phone')}
        value={phone}
        inputMode="tel"
        autoComplete="off"
        error={badPhone ? say('person.phone.bad') : null}
        onChange={event => setPhone(event.currentTarget.value)}
      />
      <Refusal code={problem} />
      <div className="form-end">
        <Button variant="default" onClick={onDone}>
          {say('person.cancel')}
        </Button>
        <Button type="submit" disabled={badPhone}>
          {say('person.save')}
        </Button>
      </div>
    </form>
  );
}

/** Name and phone of a person, to look at and to mend. */
export function PersonDetailsView({ personId }: { personId: string }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const round = useStore(contactChanges, count => count);
  const { data: person, code } = useAsk(`${personId} ${round}`, () => api.person(personId));
  const [editing, setEditing] = useState<string>();
  if (code && !person) {
    return (
      <p role="alert" className="warning">
        {sorry(code)}
      </p>
    );
  }
  if (!person) return <p className="quiet">{say('app.loading')}</p>;
  if (editing === personId) return <PersonForm person={person} onDone={() => setEditing(undefined)} />;
  return (
    <div className="person-details">
      <h2>{person.name ?? say('person.no-name')}</h2>
      {person.phone ? (
        <a href={`tel:${person.phone}`}>{phoneText(person.phone)}</a>
      ) : (
        <span className="quiet">{say('person.phone.none')}</span>
      )}
      <Button
        variant="default"
        leftSection={<IconEdit className="icon" aria-hidden />}
        onClick={() => setEditing(personId)}
      >
        {say('person.edit')}
      </Button>
    </div>
  );
}

function OpenPerson({ conversation }: { conversation: Conversation }): ReactNode {
  const { say } = useWords();
  const { personId, owner, episode } = conversation;
  const state = `${owner.kind} ${episode?.id ?? ''} ${episode?.note ?? ''}`;
  return (
    <>
      <PersonDetailsView personId={personId} />
      <Button
        variant="light"
        leftSection={<IconUserPlus className="icon" aria-hidden />}
        onClick={() => go({ page: 'log', personId })}
      >
        {say('person.log')}
      </Button>
      <HistoryList personId={personId} currentEpisode={episode?.id} state={state} />
    </>
  );
}

/** Who it is, and every contact before, on every channel. */
export function PersonPane({ id }: { id: string | undefined }): ReactNode {
  const { say } = useWords();
  const conversation = useLive(state => (id ? state.threads[id]?.conversation : undefined));
  return (
    <aside className="pane person-pane" aria-label={say('person.label')} id="person" tabIndex={-1}>
      {id ? (
        <Button
          className="not-wide"
          variant="subtle"
          leftSection={<IconArrowLeft className="icon" aria-hidden />}
          onClick={() => go({ page: 'desk', conversation: id })}
        >
          {say('person.back')}
        </Button>
      ) : null}
      {conversation ? (
        <OpenPerson conversation={conversation} />
      ) : (
        <p className="empty">{say('person.none')}</p>
      )}
    </aside>
  );
}
