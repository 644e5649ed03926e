import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type AudienceFilter, type Purpose, reminderApi } from '../../state/reminder-api';
import { go } from '../../state/route';
import { fromLocalInput } from '../../words/dates';
import { useWords } from '../../words/words';
import { AudienceFields } from './audience-fields';
import { type TextDraft, TextFields, TextPreview, textOf } from './text-form';
import { Refusal } from '../../parts/problem';

const purposes: readonly Purpose[] = ['announcement', 'promotion', 'benefit', 'renewal'];
/** A campaign: what, to whom; then it is counted, and nothing is sent yet. */
export function NewCampaign({ onBack }: { onBack: () => void }): ReactNode {
  const { say } = useWords();
  const templates = useAsk('templates', reminderApi.templates);
  const [name, setName] = useState('');
  const [draft, setDraft] = useState<TextDraft>({ purpose: 'announcement', template: 'free', fields: {} });
  const [due, setDue] = useState('');
  const [perSecond, setPerSecond] = useState('10');
  const [filter, setFilter] = useState<AudienceFilter>({
    areas: [],
    groups: [],
    services: [],
    consent: false,
  });
  const [problem, setProblem] = useState<string>();
  const text = textOf(draft, templates.data ?? []);
  const dueAt = due === '' ? undefined : fromLocalInput(due);

  async function make(): Promise<void> {
    if (!text || name.trim() === '') return setProblem('INPUT_INVALID');
    try {
      const made = await reminderApi.makeCampaign({
        ...{ name: name.trim(), purpose: draft.purpose, text, language: 'th', ways: ['line', 'sms'], filter },
        perSecond: Number(perSecond) || 1,
        ...(dueAt === undefined ? {} : { dueAt }),
      });
      go({ page: 'reminders', part: 'campaigns', id: made.id });
    } catch (error) {
      setProblem(codeOf(error));
    }
  }

  return (
    <div className="with-preview">
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          void make();
        }}
      >
        <TextInput
          label={say('camp.name')}
          maxLength={120}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <TextFields draft={draft} purposes={purposes} templates={templates.data ?? []} onChange={setDraft} />
        <div className="two">
          <DateField of="moment" label={say('camp.due')} value={due} onChange={setDue} />
          <TextInput
            label={say('camp.per-second')}
            inputMode="numeric"
            value={perSecond}
            onChange={event => setPerSecond(event.currentTarget.value)}
          />
        </div>
        <AudienceFields filter={filter} onChange={setFilter} />
        <Refusal code={problem ?? templates.code} />
        <div className="form-end">
          <Button type="submit">{say('camp.count')}</Button>
          <Button variant="default" onClick={onBack}>
            {say('camp.back')}
          </Button>
        </div>
      </form>
      <TextPreview text={text} dueAt={dueAt} />
    </div>
  );
}
