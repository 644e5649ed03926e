import { Checkbox, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Options } from '../../parts/options';
import { useAsk } from '../../state/hooks';
import { type AudienceFilter, everyContact, reminderApi } from '../../state/reminder-api';
import { useWords } from '../../words/words';
import { ContactFields } from './contact-fields';
import { Refusal } from '../../parts/problem';

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

/** To whom: by the imported list, or by contacts of the shared history. */
export function AudienceFields(props: {
  filter: AudienceFilter;
  onChange: (to: AudienceFilter) => void;
}): ReactNode {
  const { say } = useWords();
  const { filter, onChange } = props;
  const { contacts, ...rest } = filter;
  const asked = useAsk('audience', reminderApi.audience);
  const age = (name: 'ageFrom' | 'ageTo', typed: string): void => {
    const { [name]: _before, ...rest } = filter;
    const years = Number(typed);
    onChange(typed !== '' && Number.isInteger(years) && years >= 0 ? { ...rest, [name]: years } : rest);
  };
  if (!asked.data) return <Refusal code={asked.code} />;
  const { people, consenting, areas, groups, services } = asked.data;
  return (
    <fieldset className="audience">
      <legend>{say('camp.audience')}</legend>
      <Options
        label={say('camp.source')}
        value={contacts ? 'contacts' : 'imported'}
        options={[
          { value: 'imported', label: say('camp.source.imported') },
          { value: 'contacts', label: say('camp.source.contacts') },
        ]}
        onChange={source => onChange(source === 'contacts' ? { ...rest, contacts: everyContact } : rest)}
      />
      <p className="quiet">
        {contacts ? say('camp.source.contacts-all') : say('camp.audience.all', { people, consenting })}
      </p>
      {contacts ? (
        <ContactFields filter={contacts} onChange={to => onChange({ ...rest, contacts: to })} />
      ) : null}
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
