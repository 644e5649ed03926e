import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KnownDate } from '../../state/reminder-api';
import { useWords } from '../../words/words';

const dayMs = 24 * 60 * 60 * 1000;

const inWords = (words: Readonly<Record<string, string>>, language: string): string =>
  words[language] ?? words['th'] ?? '';

/** Dates that stand in law, to choose from in place of looking them up; below it what to know and where that stands. */
export function KnownDateField(props: {
  dates: readonly KnownDate[];
  chosen: KnownDate | undefined;
  onChoose: (chosen: KnownDate | undefined) => void;
}): ReactNode {
  const { say, language } = useWords();
  const { dates, chosen, onChoose } = props;
  const days = chosen?.leadsMs.map(ms => Math.round(ms / dayMs)).join(', ');
  return (
    <div>
      <NativeSelect
        label={say('rem.known')}
        value={chosen?.id ?? ''}
        onChange={event => onChoose(dates.find(({ id }) => id === event.currentTarget.value))}
        data={[
          { value: '', label: say('rem.known.none') },
          ...dates.map(({ id, name }) => ({ value: id, label: inWords(name, language) })),
        ]}
      />
      {chosen && days !== undefined ? (
        <p className="quiet">
          {inWords(chosen.note, language)} · {chosen.source} ·{' '}
          {say(chosen.repeats === undefined ? 'rem.known.once' : 'rem.known.yearly', { days })}
        </p>
      ) : null}
    </div>
  );
}
