import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { openDialog, useDesk } from '../state/desk-context';
import { useAsk } from '../state/hooks';
import { go } from '../state/route';
import type { Conversation, Officer } from '../state/schemas';
import { type TransferDesks, type TransferTo, transferDesks } from '../state/transfer-api';
import { type Say, useWords } from '../words/words';
import { useTell } from './tell';
import { Refusal } from './problem';

const valueOf = ({ kind, id }: TransferTo): string => `${kind}:${id}`;
const placeOf = (value: string): TransferTo => ({
  kind: value.startsWith('colleague:') ? 'colleague' : 'agency',
  id: value.slice(value.indexOf(':') + 1),
});

/** Colleagues first, who is at the desk before who is not; then the queues, our own before others. */
function places(say: Say, language: string, desks: TransferDesks, me: Officer, holder: string | undefined) {
  const colleagues = desks.colleagues
    .filter(({ id }) => id !== holder)
    .toSorted((a, b) => Number(b.here) - Number(a.here))
    .map(({ id, name, here }) => ({
      value: valueOf({ kind: 'colleague', id }),
      label: say(here ? 'transfer.here' : 'transfer.away', { name }),
    }));
  const queues = [
    { value: valueOf({ kind: 'agency', id: me.agencyId }), label: say('transfer.own-queue') },
    ...desks.agencies
      .filter(({ id }) => id !== me.agencyId)
      .map(({ id, name }) => ({
        value: valueOf({ kind: 'agency', id }),
        label: say('transfer.queue-of', { agency: name[language] ?? name['th'] ?? id }),
      })),
  ];
  return [
    ...(colleagues.length > 0 ? [{ group: say('transfer.colleagues'), items: colleagues }] : []),
    { group: say('transfer.queues'), items: queues },
  ];
}

function leadFor(say: Say, to: TransferTo | undefined, me: Officer): string {
  if (!to) return say('transfer.lead');
  if (to.kind === 'colleague') return say('transfer.lead.colleague');
  return say(to.id === me.agencyId ? 'transfer.lead.own-queue' : 'transfer.lead.agency');
}

/** Hands a conversation to a colleague or into a queue, with a note that the person does not see. */
export function TransferForm({ conversation }: { conversation: Conversation }): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const { live, officer } = useDesk();
  const { data: desks, code } = useAsk(conversation.id, transferDesks);
  const [chosen, setChosen] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const to = chosen ? placeOf(chosen) : undefined;
  const holder = conversation.owner.kind === 'officer' ? conversation.owner.officer.id : undefined;

  async function submit(): Promise<void> {
    if (!to) return;
    setBusy(true);
    const refused = await live.transfer(conversation.id, to, note.trim());
    setBusy(false);
    if (refused) return setProblem(refused);
    tell.done(say(to.kind === 'colleague' ? 'transfer.offered' : 'transfer.queued'));
    openDialog(undefined);
    if (to.kind === 'agency' && to.id !== officer.agencyId) go({ page: 'desk' });
  }
  const failed = problem ?? (desks ? undefined : code);
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
      <NativeSelect
        data-autofocus
        label={say('transfer.to')}
        value={chosen}
        onChange={event => setChosen(event.currentTarget.value)}
        data={[
          { value: '', label: say('give.choose') },
          ...(desks ? places(say, language, desks, officer, holder) : []),
        ]}
      />
      <p className="quiet" role="status">
        {leadFor(say, to, officer)}
      </p>
      <Textarea
        label={`${say('transfer.note')} (${say('field.optional')})`}
        description={say('note.lead')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={4000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Refusal code={failed} />
      <div className="form-end">
        <Button variant="default" onClick={() => openDialog(undefined)}>
          {say('transfer.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!to}>
          {say('transfer.submit')}
        </Button>
      </div>
    </form>
  );
}
