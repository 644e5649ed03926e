import { Chip } from '@mantine/core';
import type { ReactNode } from 'react';

/** One of a few, as large buttons that are radio buttons underneath: arrow keys choose. */
export function Options<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  onChange: (value: T) => void;
  /** Where a dialog puts the focus when it opens. */
  focusFirst?: boolean;
}): ReactNode {
  return (
    <fieldset className="options">
      <legend>{props.label}</legend>
      <Chip.Group
        multiple={false}
        value={props.value}
        onChange={value => {
          const chosen = props.options.find(option => option.value === value);
          if (chosen) props.onChange(chosen.value);
        }}
      >
        {props.options.map(option => (
          <Chip
            key={option.value}
            value={option.value}
            radius="md"
            size="md"
            variant="outline"
            data-autofocus={(props.focusFirst && option.value === props.value) || undefined}
          >
            {option.icon}
            {option.label}
          </Chip>
        ))}
      </Chip.Group>
    </fieldset>
  );
}
