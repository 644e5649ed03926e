import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { newId } from '../../state/new-id';
import { type KnownDate, type Purpose, reminderApi } from '../../state/reminder-api';
import { fromLocalInput, toLocalInput } from '../../words/dates';
import { useWords } from '../../words/words';
import { KnownDateField } from './known-date-field';
import { type TextDraft, TextFields, TextPreview, internationalPhone, textOf } from './text-form';
import { Refusal } from '../../parts/problem';

const dayMs = 24 * 60 * 60 * 1000;
const hourMs = 60 * 60 * 1000;
const purposes: readonly Purpose[] = ['appointment', 'document', 'benefit', 'renewal', 'case'];

/** How long before, by name. */
export const leadChoices = {
  day: [dayMs],
  week: [7 * dayMs, dayMs],
  quarter: [90 * dayMs, 30 * dayMs, 7 * dayMs],
  now: [0],
} as const satisfies Readonly<Record<string, readonly number[]>>;
export const leadNames = ['day', 'week', 'quarter', 'now'] as const;
export type LeadName = (typeof leadNames)[number];

export function LeadField({
  value,
  onChange,
}: {
  value: LeadName;
  onChange: (to: LeadName) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <NativeSelect
      label={say('rem.field.lead')}
      value={value}
      onChange={event => {
        const chosen = leadNames.find(each => each === event.currentTarget.value);
        if (chosen) onChange(chosen);
      }}
      data={leadNames.map(each => ({ value: each, label: say(`rem.lead.${each}`) }))}
    />
  );
}

const tomorrow = (): string =>
  toLocalInput(Math.floor((Date.now() + 7 * hourMs) / dayMs + 1) * dayMs + 2 * hourMs);

/** One reminder to one number, with the text as it arrives beside it. */
export function NewPart(): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const templates = useAsk('templates', reminderApi.templates);
  const dates = useAsk('dates', reminderApi.dates);
  const [known, setKnown] = useState<KnownDate>();
  const [clientId, setClientId] = useState(newId);
  const [draft, setDraft] = useState<TextDraft>({
    purpose: 'appointment',
    template: 'appointment',
    fields: {},
  });
  const [phone, setPhone] = useState('');
  const [due, setDue] = useState(tomorrow);
  const [lead, setLead] = useState<LeadName>('day');
  const [how, setHow] = useState('');
  const [problem, setProblem] = useState<string>();
  const number = internationalPhone(phone);
  const dueAt = fromLocalInput(due);
  const text = textOf(draft, templates.data ?? []);
  const fitting = (dates.data ?? []).filter(each => each.purpose === draft.purpose);

  function changeDraft(next: TextDraft): void {
    if (next.purpose !== draft.purpose) setKnown(undefined);
    setDraft(next);
  }

  /** Fills in what is known; all of it can still be changed. */
  function choose(date: KnownDate | undefined): void {
    setKnown(date);
    if (!date) return;
    const field = date.purpose === 'benefit' ? 'benefit' : 'thing';
    setDraft({ purpose: date.purpose, template: date.purpose, fields: { [field]: date.name['th'] ?? '' } });
    if (date.day !== undefined) setDue(toLocalInput(date.day + 9 * hourMs));
  }

  async function save(): Promise<void> {
    if (!text || !number || dueAt === undefined || how.trim() === '') return setProblem('INPUT_INVALID');
    try {
      await reminderApi.make({
        ...{ clientId, phone: number, purpose: draft.purpose, text, dueAt },
        leadsMs: known?.leadsMs ?? leadChoices[lead],
        ...(known?.repeats === undefined ? {} : { repeats: known.repeats }),
        basis: { basis: 'public-task', at: Date.now(), how: how.trim() },
        ladder: [{ way: 'line' }, { way: 'sms' }, { way: 'voice' }],
        language: 'th',
        asks: draft.purpose === 'appointment',
      });
      tell.done(say('rem.saved'));
      setProblem(undefined);
      setClientId(newId());
      setDraft({ ...draft, fields: {} });
      setKnown(undefined);
      setPhone('');
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
          void save();
        }}
      >
        <TextInput
          label={say('rem.field.phone')}
          inputMode="tel"
          autoComplete="off"
          value={phone}
          error={phone.trim() !== '' && !number ? say('rem.field.bad-phone') : null}
          onChange={event => setPhone(event.currentTarget.value)}
        />
        <TextFields
          draft={draft}
          purposes={purposes}
          templates={templates.data ?? []}
          onChange={changeDraft}
        />
        {fitting.length > 0 ? <KnownDateField dates={fitting} chosen={known} onChoose={choose} /> : null}
        <div className="two">
          <DateField of="moment" label={say('rem.field.due')} value={due} onChange={setDue} />
          {known ? null : <LeadField value={lead} onChange={setLead} />}
        </div>
        <TextInput
          label={say('rem.field.how')}
          placeholder={say('rem.field.how-example')}
          maxLength={300}
          value={how}
          onChange={event => setHow(event.currentTarget.value)}
        />
        <Refusal code={problem ?? templates.code ?? dates.code} />
        <div className="form-end">
          <Button type="submit">{say('rem.save')}</Button>
        </div>
      </form>
      <TextPreview text={text} dueAt={dueAt} />
    </div>
  );
}
