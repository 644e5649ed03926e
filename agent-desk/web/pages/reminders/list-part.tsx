import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useAsk } from '../../state/hooks';
import { type DayCount, reminderApi } from '../../state/reminder-api';
import { dateText, dayOf, monthText, weekdayText } from '../../words/dates';
import { useWords } from '../../words/words';
import { DayList } from './day-list';
import { Refusal } from '../../parts/problem';

const bangkokMs = 7 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** Midnight in Bangkok of a day of a month; a day or month beyond its end runs on. */
const midnight = (year: number, month: number, day = 1): number => Date.UTC(year, month, day) - bangkokMs;

interface Month {
  readonly year: number;
  /** 0-11. */
  readonly month: number;
}

const monthOf = (at: number): Month => {
  const local = new Date(at + bangkokMs);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() };
};
const midnightOf = (at: number): number => Math.floor((at + bangkokMs) / dayMs) * dayMs - bangkokMs;

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
  counts: readonly DayCount[];
  chosen: number;
  onChoose: (at: number) => void;
}): ReactNode {
  const { say, language } = useWords();
  const { shown, counts, chosen, onChoose } = props;
  const of = new Map(counts.map(each => [each.day, each]));
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
              const { count, more } = of.get(dayOf(at)) ?? { count: 0, more: false };
              return (
                <td key={weekday}>
                  <button
                    type="button"
                    aria-pressed={dayOf(chosen) === dayOf(at)}
                    aria-label={say(more ? 'rem.month.day-more' : 'rem.month.day', {
                      day: dateText(language, at),
                      count,
                    })}
                    onClick={() => onChoose(at)}
                  >
                    <span>{day}</span>
                    {count > 0 ? <b>{more ? `${count}+` : count}</b> : null}
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

/** A month of reminders, and those of the day that is chosen. */
export function ListPart(): ReactNode {
  const { say, language } = useWords();
  const [shown, setShown] = useState<Month>(() => monthOf(Date.now()));
  const [chosen, setChosen] = useState(() => midnightOf(Date.now()));
  const from = midnight(shown.year, shown.month);
  const days = (midnight(shown.year, shown.month + 1) - from) / dayMs;
  const asked = useAsk(`${from}`, () => reminderApi.byDay(from, days));
  const turn = (by: number): void => {
    const first = midnight(shown.year, shown.month + by);
    setShown(monthOf(first));
    setChosen(first);
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
        <Refusal code={asked.code} />
        <Calendar shown={shown} counts={asked.data ?? []} chosen={chosen} onChoose={setChosen} />
      </section>
      <DayList from={chosen} />
    </div>
  );
}
