import { Button, Input } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { api } from '../state/api';
import { useWords } from '../words/words';
import { SearchBox } from './search-box';

export interface ChosenTopic {
  readonly id: string;
  readonly name: string;
}

/** Which service or complaint the contact is about, found in the published register. */
export function TopicField(props: {
  value: ChosenTopic | undefined;
  onChange: (topic: ChosenTopic | undefined) => void;
}): ReactNode {
  const { say } = useWords();
  /** After a pick the focus stays where the box was, so that Tab goes on from there. */
  const [picked, setPicked] = useState(false);
  const label = `${say('field.topic')} (${say('field.optional')})`;
  if (props.value) {
    return (
      <Input.Wrapper label={say('field.topic')} labelElement="div">
        <div className="chosen">
          <span>{props.value.name}</span>
          <Button
            variant="subtle"
            size="compact-sm"
            autoFocus={picked}
            leftSection={<IconX className="icon" aria-hidden />}
            onClick={() => props.onChange(undefined)}
          >
            {say('field.topic.clear')}
          </Button>
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <SearchBox
      label={label}
      placeholder={say('field.topic.placeholder')}
      nothing={say('field.topic.none')}
      find={async text =>
        (await api.topics(text)).map(({ id, name, agency }) => ({
          id,
          label: name,
          hint: agency,
          value: { id, name },
        }))
      }
      onPick={hit => {
        setPicked(true);
        props.onChange(hit.value);
      }}
    />
  );
}
