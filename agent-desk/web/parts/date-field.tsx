import { TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText, fromLocalInput, momentText } from '../words/dates';
import { useWords } from '../words/words';

interface DateFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'onChange' | 'description'> {
  /** `day`: `2026-11-24`. `moment`: `2026-11-24T14:05`, on Bangkok's clock. Empty while none is chosen. */
  readonly of: 'day' | 'moment';
  readonly value: string;
  /** Shown while no date is chosen. */
  readonly description?: string;
  readonly onChange: (value: string) => void;
}

/** The browser's own field for a date, which keyboards and screen readers know; below it the date as people here write it. */
export function DateField({ of, value, description, onChange, ...rest }: DateFieldProps): ReactNode {
  const { language } = useWords();
  const at = fromLocalInput(of === 'day' ? `${value}T00:00` : value);
  const words = of === 'day' ? dateText : momentText;
  return (
    <TextInput
      {...rest}
      type={of === 'day' ? 'date' : 'datetime-local'}
      value={value}
      description={at === undefined ? description : words(language, at)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={event => onChange(event.currentTarget.value)}
    />
  );
}
