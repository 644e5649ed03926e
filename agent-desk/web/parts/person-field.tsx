import { Button, Input, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { api } from '../state/api';
import type { Person } from '../state/schemas';
import { phoneText } from '../words/dates';
import { phoneIn, startsLikePhone } from '../words/phone';
import { type Say, useWords } from '../words/words';
import { type Found, SearchBox } from './search-box';

/** Somebody we know, or somebody new with what was told. */
export type ChosenPerson =
  | { readonly kind: 'known'; readonly person: Person }
  | { readonly kind: 'new'; readonly name: string; readonly phone: string };

export const personText = (say: Say, chosen: ChosenPerson | undefined): string => {
  const { name, phone } = chosen?.kind === 'known' ? chosen.person : (chosen ?? {});
  return name || (phone ? phoneText(phone) : say('person.no-name'));
};

async function find(say: Say, text: string): Promise<readonly Found<ChosenPerson>[]> {
  const phone = phoneIn(text);
  if (!phone && startsLikePhone(text)) return [];
  const people = await api.findPeople(phone ? { phone } : { name: text });
  const known = people.map(person => ({
    id: person.id,
    label: person.name ?? say('person.no-name'),
    ...(person.phone ? { hint: phoneText(person.phone) } : {}),
    value: { kind: 'known', person } as const,
  }));
  const label = phone
    ? say('log.person.new-phone', { phone: phoneText(phone) })
    : say('log.person.new-name', { name: text });
  const fresh = {
    id: 'new',
    label,
    value: { kind: 'new', name: phone ? '' : text, phone: phone ?? '' } as const,
  };
  return [...known, fresh];
}

/** Finds the person by phone number or name, or takes them down as new. */
export function PersonField(props: {
  value: ChosenPerson | undefined;
  onChange: (chosen: ChosenPerson | undefined) => void;
}): ReactNode {
  const { say } = useWords();
  const { value, onChange } = props;
  const [picked, setPicked] = useState(false);
  if (!value) {
    return (
      <SearchBox
        label={say('log.person')}
        placeholder={say('log.person.placeholder')}
        description={say('log.person.help')}
        nothing={say('person.phone.bad')}
        autoFocus
        inputId="log-person"
        find={text => find(say, text)}
        onPick={hit => {
          setPicked(true);
          onChange(hit.value);
        }}
      />
    );
  }
  const phone = value.kind === 'known' ? value.person.phone : value.phone;
  return (
    <>
      <Input.Wrapper label={say('log.person')} labelElement="div">
        <div className="chosen">
          <span>
            <b>{personText(say, value)}</b>{' '}
            {phone && personText(say, value) !== phoneText(phone) ? phoneText(phone) : ''}{' '}
            {value.kind === 'new' ? <em>{say('log.person.new')}</em> : null}
          </span>
          <Button
            variant="subtle"
            size="compact-sm"
            autoFocus={picked && value.kind === 'known'}
            leftSection={<IconX className="icon" aria-hidden />}
            onClick={() => onChange(undefined)}
          >
            {say('log.person.change')}
          </Button>
        </div>
      </Input.Wrapper>
      {value.kind === 'new' ? <NewPerson value={value} onChange={onChange} /> : null}
    </>
  );
}

/** The other half of what we are told about somebody new. */
function NewPerson(props: {
  value: ChosenPerson & { kind: 'new' };
  onChange: (chosen: ChosenPerson) => void;
}): ReactNode {
  const { say } = useWords();
  const { value, onChange } = props;
  return (
    <div className="two">
      <TextInput
        label={say('log.person.add-name')}
        value={value.name}
        maxLength={120}
        autoComplete="off"
        autoFocus={value.name === ''}
        onChange={event => onChange({ ...value, name: event.currentTarget.value })}
      />
      <TextInput
        label={`${say('log.person.add-phone')} (${say('field.optional')})`}
        value={value.phone}
        inputMode="tel"
        autoComplete="off"
        autoFocus={value.name !== ''}
        error={value.phone.trim() && !phoneIn(value.phone) ? say('person.phone.bad') : null}
        onChange={event => onChange({ ...value, phone: event.currentTarget.value })}
      />
    </div>
  );
}
