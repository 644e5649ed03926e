import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { reminderApi } from '../../state/reminder-api';
import { momentText } from '../../words/dates';
import { purposeKeys, reasonText } from '../../words/reminder-labels';
import { useWords } from '../../words/words';
import { Rows, aboutText } from './shared';
import { Refusal } from '../../parts/problem';

/** Reminders that got through on no way, or of which nobody knows: an officer calls, or has them tried again. */
export function LettersPart(): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const asked = useAsk('letters', reminderApi.troubled);
  const dealWith = (id: string, how: 'told' | 'again'): void => {
    reminderApi.dealWith(id, how).then(
      () => {
        tell.done(say('rem.letters.done'));
        asked.reload();
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  const rows = asked.data?.reminders ?? [];
  return (
    <section aria-label={say('rem.part.letters')}>
      <Refusal code={asked.code} />
      {rows.length === 0 && !asked.loading ? <p className="empty">{say('rem.letters.none')}</p> : null}
      {rows.length > 0 ? (
        <Rows
          label={say('rem.part.letters')}
          columns={[
            say('rem.column.when'),
            say('rem.column.what'),
            say('rem.column.purpose'),
            say('rem.column.to'),
            say('rem.column.why'),
            say('rem.column.act'),
          ]}
          rows={rows.map(row => ({
            key: row.id,
            cells: [
              momentText(language, row.dueAt),
              aboutText(row.text),
              say(purposeKeys[row.purpose]),
              row.phone ?? '–',
              reasonText(say, row.history.findLast(each => each.why !== undefined)?.why ?? '–'),
              <span key="acts" className="row-acts">
                <Button size="compact-sm" onClick={() => dealWith(row.id, 'told')}>
                  {say('rem.letters.told')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => dealWith(row.id, 'again')}>
                  {say('rem.letters.again')}
                </Button>
              </span>,
            ],
          }))}
        />
      ) : null}
    </section>
  );
}
