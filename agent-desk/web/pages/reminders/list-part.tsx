import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type Reminder, reminderApi } from '../../state/reminder-api';
import { dateText, dayOf, monthText, timeText, weekdayText } from '../../words/dates';
import { purposeKeys, reminderStateKeys } from '../../words/reminder-labels';
import { useWords } from '../../words/words';
import { Problem, Rows, aboutText } from './shared';

const bangkokMs = 7 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** Midnight in Bangkok of a day of a month; a day or month beyond its end runs on. */
const midnight = (year: number, month: number, day = 1): number => Date.UTC(year, month, day) - bangkokMs;

interface Month {
  readonly year: number;
  /** 0-11. */
  readonly month: number;
}

/** The weeks of a month as rows of seven days, from Sunday; days of other months are empty. */
function weeksOf({ year, month }: Month): (number | undefined)[][] {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const cells = Array.from({ length: Math.ceil((first + length) / 7) * 7 }, (_, index) => {
    const day = index - first + 1;
    return day >= 1 && day <= length ? day : undefined;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function Calendar(props: {
  shown: Month;
  counts: ReadonlyMap<string, number>;
  chosen: number;
  onChoose: (at: number) => void;
}): ReactNode {
  const { say, language } = useWords();
  const { shown, counts, chosen, onChoose } = props;
  // 2 August 2026 was a Sunday.
  const names = Array.from({ length: 7 }, (_, day) => weekdayText(language, Date.UTC(2026, 7, 2 + day)));
  return (
    <table className="month" aria-label={monthText(language, midnight(shown.year, shown.month))}>
      <thead>
        <tr>
          {names.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(shown).map((week, index) => (
          <tr key={index}>
            {week.map((day, weekday) => {
              if (day === undefined) return <td key={weekday} />;
              const at = midnight(shown.year, shown.month, day);
              const count = counts.get(dayOf(at)) ?? 0;
              return (
                <td key={weekday}>
                  <button
                    type="button"
                    aria-pressed={dayOf(chosen) === dayOf(at)}
                    aria-label={say('rem.month.day', { day: dateText(language, at), count })}
                    onClick={() => onChoose(at)}
                  >
                    <span>{day}</span>
                    {count > 0 ? <b>{count}</b> : null}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayList({ rows, onChanged }: { rows: readonly Reminder[]; onChanged: () => void }): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const cancel = (id: string): void => {
    reminderApi.cancel(id).then(
      () => {
        tell.done(say('rem.cancelled-told'));
        onChanged();
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

/** A month of reminders, and those of the day that is chosen. */
export function ListPart(): ReactNode {
  const { say, language } = useWords();
  const today = new Date(Date.now() + bangkokMs);
  const [shown, setShown] = useState<Month>({ year: today.getUTCFullYear(), month: today.getUTCMonth() });
  const [chosen, setChosen] = useState(Date.now());
  const from = midnight(shown.year, shown.month);
  const to = midnight(shown.year, shown.month + 1);
  const asked = useAsk(`${from}`, () => reminderApi.between(from, to));
  const rows = asked.data?.reminders ?? [];
  const counts = new Map<string, number>();
  for (const { dueAt } of rows) counts.set(dayOf(dueAt), (counts.get(dayOf(dueAt)) ?? 0) + 1);
  const ofDay = rows.filter(row => dayOf(row.dueAt) === dayOf(chosen));
  const turn = (by: number): void => {
    const at = new Date(Date.UTC(shown.year, shown.month + by, 1));
    setShown({ year: at.getUTCFullYear(), month: at.getUTCMonth() });
    setChosen(midnight(shown.year, shown.month + by) + dayMs / 2);
  };
  return (
    <div className="calendar-part">
      <section aria-labelledby="month-name">
        <div className="month-head">
          <Button variant="default" aria-label={say('rem.month.before')} onClick={() => turn(-1)}>
            <IconChevronLeft className="icon" aria-hidden />
          </Button>
          <h2 id="month-name" aria-live="polite">
            {monthText(language, from)}
          </h2>
          <Button variant="default" aria-label={say('rem.month.after')} onClick={() => turn(1)}>
            <IconChevronRight className="icon" aria-hidden />
          </Button>
        </div>
        <Calendar shown={shown} counts={counts} chosen={chosen} onChoose={setChosen} />
      </section>
      <section aria-labelledby="day-name">
        <h2 id="day-name">{say('rem.list.of', { day: dateText(language, chosen) })}</h2>
        <Problem code={asked.code} />
        {asked.data?.cursor ? <p className="quiet">{say('rem.list.more')}</p> : null}
        {ofDay.length === 0 && !asked.loading ? <p className="empty">{say('rem.list.none')}</p> : null}
        {ofDay.length > 0 ? <DayList rows={ofDay} onChanged={asked.reload} /> : null}
      </section>
    </div>
  );
}
