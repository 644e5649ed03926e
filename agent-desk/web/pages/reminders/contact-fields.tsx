import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { type ChosenTopic, TopicField } from '../../parts/topic-field';
import type { ContactFilter } from '../../state/reminder-api';
import { contactWay, episodeType } from '../../state/schemas';
import { fromLocalInput } from '../../words/dates';
import { typeKeys, wayKeys } from '../../words/labels';
import { useWords } from '../../words/words';

const dayMs = 24 * 60 * 60 * 1000;

/** Names written with commas between them. */
const listed = (text: string): string[] =>
  text
    .split(/[,、;]/u)
    .map(each => each.trim())
    .filter(Boolean);

/** Which contacts of the shared history are asked for: when, about what, how, where. Nothing chosen asks for all. */
export function ContactFields(props: {
  filter: ContactFilter;
  onChange: (to: ContactFilter) => void;
}): ReactNode {
  const { say } = useWords();
  const { filter, onChange } = props;
  const [topics, setTopics] = useState<readonly ChosenTopic[]>([]);
  const [days, setDays] = useState({ from: '', to: '' });

  function choose(to: readonly ChosenTopic[]): void {
    setTopics(to);
    onChange({ ...filter, topics: to.map(({ id }) => id) });
  }
  function changeDays(to: typeof days): void {
    setDays(to);
    const { from: _from, to: _to, ...rest } = filter;
    const from = to.from === '' ? undefined : fromLocalInput(`${to.from}T00:00`);
    const lastDay = to.to === '' ? undefined : fromLocalInput(`${to.to}T00:00`);
    onChange({
      ...rest,
      ...(from === undefined ? {} : { from }),
      ...(lastDay === undefined ? {} : { to: lastDay + dayMs }),
    });
  }

  return (
    <>
      <div className="two">
        <DateField
          of="day"
          label={say('camp.contact.from')}
          value={days.from}
          onChange={from => changeDays({ ...days, from })}
        />
        <DateField
          of="day"
          label={say('camp.contact.to')}
          value={days.to}
          onChange={to => changeDays({ ...days, to })}
        />
      </div>
      <TopicField
        value={undefined}
        onChange={topic => {
          if (topic && !topics.some(({ id }) => id === topic.id)) choose([...topics, topic]);
        }}
      />
      {topics.map(topic => (
        <div className="chosen" key={topic.id}>
          <span>{topic.name}</span>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconX className="icon" aria-hidden />}
            onClick={() => choose(topics.filter(({ id }) => id !== topic.id))}
          >
            {say('camp.contact.remove', { name: topic.name })}
          </Button>
        </div>
      ))}
      <Checkbox.Group
        label={say('camp.contact.ways')}
        value={[...filter.ways]}
        onChange={ways => onChange({ ...filter, ways: contactWay.options.filter(way => ways.includes(way)) })}
      >
        <div className="names">
          {contactWay.options.map(way => (
            <Checkbox key={way} value={way} label={say(wayKeys[way])} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group
        label={say('camp.contact.types')}
        value={[...filter.types]}
        onChange={types =>
          onChange({ ...filter, types: episodeType.options.filter(type => types.includes(type)) })
        }
      >
        <div className="names">
          {episodeType.options.map(type => (
            <Checkbox key={type} value={type} label={say(typeKeys[type])} />
          ))}
        </div>
      </Checkbox.Group>
      <div className="two">
        <TextInput
          label={say('camp.contact.provinces')}
          description={say('camp.contact.places')}
          onChange={event => onChange({ ...filter, provinces: listed(event.currentTarget.value) })}
        />
        <TextInput
          label={say('camp.contact.districts')}
          description={say('camp.contact.places')}
          onChange={event => onChange({ ...filter, districts: listed(event.currentTarget.value) })}
        />
      </div>
    </>
  );
}
