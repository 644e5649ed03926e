import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useAsk, useDebounced } from '../state/hooks';
import { useSorry } from '../words/words';

export interface Found<T> {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: T;
}

/** Type a few letters, Enter picks the first hit. Results of an older text never replace those of a newer one. */
export function SearchBox<T>(props: {
  label: string;
  placeholder: string;
  description?: string;
  /** Said when there is no hit. */
  nothing: string;
  find: (text: string) => Promise<readonly Found<T>[]>;
  onPick: (found: Found<T>) => void;
  autoFocus?: boolean;
  /** What stands in the box when the search ends without a pick. */
  inputId?: string;
}): ReactNode {
  const sorry = useSorry();
  const combobox = useCombobox();
  /** Enter was pressed before the hits were there: the first one is taken when it comes. */
  const takeFirst = useRef(false);
  const [text, setText] = useState('');
  const asked = useDebounced(text.trim(), 150);
  const { data, code, loading } = useAsk(asked ? asked : undefined, () => props.find(asked));
  const hits = asked ? (data ?? []) : [];
  const searching = text.trim() !== asked || (asked !== '' && loading);

  function pick(hit: Found<T>): void {
    takeFirst.current = false;
    combobox.closeDropdown();
    setText('');
    props.onPick(hit);
  }
  useEffect(() => {
    if (searching) return;
    const [first] = hits;
    if (takeFirst.current && first) pick(first);
    else combobox.selectFirstOption();
    // Only new hits matter; the functions are new with every render.
  }, [data, searching]);

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={id => {
        const hit = hits.find(each => each.id === id);
        if (hit) pick(hit);
      }}
    >
      <Combobox.Target>
        <TextInput
          label={props.label}
          placeholder={props.placeholder}
          description={props.description}
          value={text}
          autoComplete="off"
          data-autofocus={props.autoFocus || undefined}
          autoFocus={props.autoFocus ?? false}
          id={props.inputId}
          rightSection={searching ? <Loader size="xs" aria-hidden /> : null}
          onChange={event => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            takeFirst.current = false;
          }}
          onKeyDown={event => {
            if (event.key === 'Enter' && searching && text.trim() !== '') takeFirst.current = true;
          }}
          onFocus={() => text && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === '' || searching}>
        <Combobox.Options mah="18rem" className="search-hits" aria-label={props.label}>
          {hits.map(hit => (
            <Combobox.Option key={hit.id} value={hit.id}>
              <span>{hit.label}</span>
              {hit.hint ? <small>{hit.hint}</small> : null}
            </Combobox.Option>
          ))}
          {hits.length === 0 ? <Combobox.Empty>{code ? sorry(code) : props.nothing}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
