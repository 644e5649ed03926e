import { Button, Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type AudienceFilter, type Purpose, reminderApi } from '../../state/reminder-api';
import { go } from '../../state/route';
import { fromLocalInput } from '../../words/dates';
import { useWords } from '../../words/words';
import { Problem } from './shared';
import { type TextDraft, TextFields, TextPreview, textOf } from './text-form';

const purposes: readonly Purpose[] = ['announcement', 'promotion', 'benefit', 'renewal'];
const shownNames = 40;

/** Names with how many people each has, any of which may be chosen. */
function Names(props: {
  label: string;
  counts: Readonly<Record<string, number>>;
  chosen: readonly string[];
  onChange: (to: string[]) => void;
}): ReactNode {
  const { label, counts, chosen, onChange } = props;
  const names = Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, shownNames);
  if (names.length === 0) return null;
  return (
    <Checkbox.Group label={label} value={[...chosen]} onChange={onChange}>
      <div className="names">
        {names.map(([name, count]) => (
          <Checkbox key={name} value={name} label={`${name} (${count})`} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function AudienceFields(props: {
  filter: AudienceFilter;
  onChange: (to: AudienceFilter) => void;
}): ReactNode {
  const { say } = useWords();
  const { filter, onChange } = props;
  const asked = useAsk('audience', reminderApi.audience);
  const age = (name: 'ageFrom' | 'ageTo', typed: string): void => {
    const { [name]: _before, ...rest } = filter;
    const years = Number(typed);
    onChange(typed !== '' && Number.isInteger(years) && years >= 0 ? { ...rest, [name]: years } : rest);
  };
  if (!asked.data) return <Problem code={asked.code} />;
  const { people, consenting, areas, groups, services } = asked.data;
  return (
    <fieldset className="audience">
      <legend>{say('camp.audience')}</legend>
      <p className="quiet">{say('camp.audience.all', { people, consenting })}</p>
      <Names
        label={say('camp.areas')}
        counts={areas}
        chosen={filter.areas}
        onChange={to => onChange({ ...filter, areas: to })}
      />
      <Names
        label={say('camp.groups')}
        counts={groups}
        chosen={filter.groups}
        onChange={to => onChange({ ...filter, groups: to })}
      />
      <Names
        label={say('camp.services')}
        counts={services}
        chosen={filter.services}
        onChange={to => onChange({ ...filter, services: to })}
      />
      <div className="two">
        <TextInput
          label={say('camp.age-from')}
          inputMode="numeric"
          value={filter.ageFrom ?? ''}
          onChange={event => age('ageFrom', event.currentTarget.value)}
        />
        <TextInput
          label={say('camp.age-to')}
          inputMode="numeric"
          value={filter.ageTo ?? ''}
          onChange={event => age('ageTo', event.currentTarget.value)}
        />
      </div>
      <Checkbox
        label={say('camp.consent')}
        checked={filter.consent}
        onChange={event => onChange({ ...filter, consent: event.currentTarget.checked })}
      />
    </fieldset>
  );
}

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
          <TextInput
            type="datetime-local"
            label={say('camp.due')}
            value={due}
            onChange={event => setDue(event.currentTarget.value)}
          />
          <TextInput
            label={say('camp.per-second')}
            inputMode="numeric"
            value={perSecond}
            onChange={event => setPerSecond(event.currentTarget.value)}
          />
        </div>
        <AudienceFields filter={filter} onChange={setFilter} />
        <Problem code={problem ?? templates.code} />
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
