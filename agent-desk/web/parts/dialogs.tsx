import { Button, Kbd, Modal, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api, codeOf } from '../state/api';
import { contactsChanged, dialog, openDialog, useDesk } from '../state/desk-context';
import {
  type Conversation,
  type EpisodeResult,
  type EpisodeType,
  episodeResult,
  episodeType,
} from '../state/schemas';
import { useStore } from '../state/store';
import { resultKeys, typeKeys } from '../words/labels';
import { type Key, useWords } from '../words/words';
import { Options } from './options';
import { useTell } from './tell';
import { type ChosenTopic, TopicField } from './topic-field';
import { TransferForm } from './transfer-form';
import { Refusal } from './problem';

const dismiss = (): void => openDialog(undefined);

function CloseForm({ conversation }: { conversation: Conversation }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const { live } = useDesk();
  const [type, setType] = useState<EpisodeType>(conversation.episode?.type ?? 'inquiry');
  const [result, setResult] = useState<EpisodeResult>('resolved');
  const [topic, setTopic] = useState<ChosenTopic | undefined>(
    conversation.topic
      ? { id: conversation.topic, name: conversation.topicName ?? conversation.topic }
      : undefined,
  );
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(): Promise<void> {
    setBusy(true);
    const code = await live.close(conversation.id, {
      type,
      result,
      ...(topic ? { topic: topic.id } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
    setBusy(false);
    if (code) return setProblem(code);
    contactsChanged();
    tell.done(say('close.done'));
    dismiss();
  }
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={event => {
        if (event.ctrlKey && event.key === 'Enter') event.currentTarget.requestSubmit();
      }}
    >
      <p className="quiet">{say('close.lead')}</p>
      <Options
        label={say('field.type')}
        value={type}
        focusFirst
        onChange={setType}
        options={episodeType.options.map(value => ({ value, label: say(typeKeys[value]) }))}
      />
      <Options
        label={say('field.result')}
        value={result}
        onChange={setResult}
        options={episodeResult.options.map(value => ({ value, label: say(resultKeys[value]) }))}
      />
      <TopicField value={topic} onChange={setTopic} />
      <Textarea
        label={`${say('field.note')} (${say('field.optional')})`}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Refusal code={problem} />
      <div className="form-end">
        <Button variant="default" onClick={dismiss}>
          {say('close.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {say('close.submit')}
        </Button>
      </div>
    </form>
  );
}

function NoteForm({ conversation }: { conversation: Conversation }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(): Promise<void> {
    if (note.trim() === '') return;
    setBusy(true);
    try {
      await api.note(conversation.id, note.trim());
      contactsChanged();
      tell.done(say('note.saved'));
      dismiss();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  }
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={event => {
        if (event.ctrlKey && event.key === 'Enter') event.currentTarget.requestSubmit();
      }}
    >
      <p className="quiet">{say('note.lead')}</p>
      {conversation.episode?.note ? (
        <div className="notes">
          <b>{say('note.so-far')}</b>
          <p>{conversation.episode.note}</p>
        </div>
      ) : null}
      <Textarea
        data-autofocus
        label={say('note.label')}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={4000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Refusal code={problem} />
      <div className="form-end">
        <Button type="submit" loading={busy}>
          {say('note.save')}
        </Button>
      </div>
    </form>
  );
}

const shortcuts: readonly (readonly [string, Key])[] = [
  ['Q', 'keys.claim'],
  ['1', 'keys.list'],
  ['2', 'keys.reply'],
  ['3', 'keys.person'],
  ['K', 'keys.close'],
  ['J', 'keys.note'],
  ['S', 'keys.transfer'],
  ['N', 'keys.log'],
  ['T', 'keys.contacts'],
  ['H', 'keys.help'],
];

function Shortcuts(): ReactNode {
  const { say } = useWords();
  return (
    <dl className="shortcuts">
      {shortcuts.map(([key, name]) => (
        <div key={key}>
          <dt>
            <Kbd>Alt</Kbd> + <Kbd>{key}</Kbd>
          </dt>
          <dd>{say(name)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The dialogs of the desk; one at a time, and the focus goes back where it was. */
export function Dialogs({ conversation }: { conversation: Conversation | undefined }): ReactNode {
  const { say } = useWords();
  const open = useStore(dialog, value => value);
  const shown = open === 'keys' || conversation ? open : undefined;
  const titles = {
    close: 'close.title',
    note: 'note.title',
    transfer: 'transfer.title',
    keys: 'keys.title',
  } as const satisfies Record<string, Key>;
  return (
    <Modal
      opened={shown !== undefined}
      onClose={dismiss}
      title={shown ? say(titles[shown]) : ''}
      size="lg"
      closeButtonProps={{ 'aria-label': say('dialog.dismiss') }}
      transitionProps={{ duration: 0 }}
    >
      {shown === 'close' && conversation ? <CloseForm conversation={conversation} /> : null}
      {shown === 'note' && conversation ? <NoteForm conversation={conversation} /> : null}
      {shown === 'transfer' && conversation ? <TransferForm conversation={conversation} /> : null}
      {shown === 'keys' ? <Shortcuts /> : null}
    </Modal>
  );
}
