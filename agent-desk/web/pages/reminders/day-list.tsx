import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { type Reminder, reminderApi } from '../../state/reminder-api';
import { dateText, timeText } from '../../words/dates';
import { purposeKeys, reminderStateKeys } from '../../words/reminder-labels';
import { useWords } from '../../words/words';
import { Rows, aboutText } from './shared';
import { Refusal } from '../../parts/problem';

const dayMs = 24 * 60 * 60 * 1000;

interface Day {
  readonly rows: readonly Reminder[];
  readonly loading: boolean;
  readonly cursor?: string;
  readonly code?: string;
}

/** The reminders of a day, page by page; an answer about a day that is no longer shown is dropped. */
function useDay(from: number): Day & { more: () => void; replace: (row: Reminder) => void } {
  const [day, setDay] = useState<Day>({ rows: [], loading: true });
  const shown = useRef(from);
  const read = (before: readonly Reminder[], after?: string): void => {
    setDay({ rows: before, loading: true });
    reminderApi.between(from, from + dayMs, after).then(
      ({ reminders, cursor }) => {
        if (shown.current !== from) return;
        setDay({
          rows: [...before, ...reminders],
          loading: false,
          ...(cursor === undefined ? {} : { cursor }),
        });
      },
      (error: unknown) => {
        if (shown.current !== from) return;
        setDay({
          rows: before,
          loading: false,
          code: codeOf(error),
          ...(after === undefined ? {} : { cursor: after }),
        });
      },
    );
  };
  useEffect(() => {
    shown.current = from;
    read([]);
  }, [from]);
  return {
    ...day,
    more: () => read(day.rows, day.cursor),
    replace: row =>
      setDay(now => ({ ...now, rows: now.rows.map(each => (each.id === row.id ? row : each)) })),
  };
}

function DayRows({
  rows,
  onChanged,
}: {
  rows: readonly Reminder[];
  onChanged: (row: Reminder) => void;
}): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const cancel = (id: string): void => {
    reminderApi.cancel(id).then(
      row => {
        tell.done(say('rem.cancelled-told'));
        onChanged(row);
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  return (
    <Rows
      label={say('rem.title')}
      columns={[
        say('rem.column.when'),
        say('rem.column.what'),
        say('rem.column.purpose'),
        say('rem.column.to'),
        say('rem.column.state'),
        say('rem.column.act'),
      ]}
      rows={rows.map(row => ({
        key: row.id,
        cells: [
          timeText(language, row.dueAt),
          aboutText(row.text),
          say(purposeKeys[row.purpose]),
          row.phone ?? '–',
          say(reminderStateKeys[row.state]),
          row.state === 'scheduled' ? (
            <Button size="compact-sm" variant="default" onClick={() => cancel(row.id)}>
              {say('rem.cancel')}
            </Button>
          ) : (
            '–'
          ),
        ],
      }))}
    />
  );
}

/** What is due on one day, however much it is. `from`: midnight in Bangkok. */
export function DayList({ from }: { from: number }): ReactNode {
  const { say, language } = useWords();
  const { rows, loading, cursor, code, more, replace } = useDay(from);
  return (
    <section aria-labelledby="day-name">
      <h2 id="day-name">{say('rem.list.of', { day: dateText(language, from) })}</h2>
      <Refusal code={code} />
      {rows.length === 0 && !loading && code === undefined ? (
        <p className="empty">{say('rem.list.none')}</p>
      ) : null}
      {rows.length > 0 ? <DayRows rows={rows} onChanged={replace} /> : null}
      {cursor === undefined ? null : (
        <Button className="list-more" variant="default" loading={loading} onClick={more}>
          {say('rem.list.more')}
        </Button>
      )}
    </section>
  );
}
