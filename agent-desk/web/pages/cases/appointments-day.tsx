import { Button, NativeSelect } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { caseApi } from '../../state/case-api';
import type { AppointmentRow } from '../../state/case-schemas';
import { timeText } from '../../words/dates';
import { useWords } from '../../words/words';
import { CaseLink, Rows, Warning } from './rows';
import { useList } from './use-list';

const bangkokDay = (at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' }).format(at);
const readPoints = (): ReturnType<typeof caseApi.points> => caseApi.points();

const stateKeys = {
  booked: 'visit.booked',
  cancelled: 'visit.cancelled',
  came: 'visit.came',
  'no-show': 'visit.no-show',
} as const;

function Day({ point, day }: { point: string; day: string }): ReactNode {
  const { say, language } = useWords();
  const read = useCallback(
    () => caseApi.appointments(point, Date.parse(`${day}T12:00:00+07:00`)),
    [point, day],
  );
  const { shown, problem, load } = useList(read);
  const attend = (row: AppointmentRow, came: boolean): ReactNode => (
    <Button
      variant={came ? 'filled' : 'default'}
      size="compact-md"
      onClick={() => void caseApi.attend(row.caseId, came).then(load, load)}
    >
      {say(came ? 'case.came' : 'case.missed')}
    </Button>
  );
  return (
    <>
      <Warning code={problem} />
      {shown && shown.length > 0 ? (
        <p className="quiet">
          {(['booked', 'came', 'no-show'] as const)
            .map(state => [say(stateKeys[state]), shown.filter(row => row.state === state).length].join(' '))
            .join(' · ')}
        </p>
      ) : null}
      {shown?.length === 0 ? <p className="empty">{say('cases.empty')}</p> : null}
      <Rows
        rows={(shown ?? []).map(row => ({
          id: row.caseId,
          cells: [
            [say('visit.time'), timeText(language, row.startsAt)],
            [say('cases.reference'), <CaseLink key="link" caseId={row.caseId} reference={row.reference} />],
            [say('cases.title-column'), row.title[language] ?? row.title.th],
            [say('visit.priority'), say(row.priority ? 'case.priority' : 'case.ordinary')],
            [
              say('cases.state'),
              row.missedBefore > 0
                ? `${say(stateKeys[row.state])} · ${say('visit.missed-before', { count: row.missedBefore })}`
                : say(stateKeys[row.state]),
            ],
            [
              say('visit.note'),
              row.state === 'booked' && row.startsAt <= Date.now() ? (
                <span key="note" className="form-row">
                  {attend(row, true)} {attend(row, false)}
                </span>
              ) : (
                '–'
              ),
            ],
          ],
        }))}
      />
    </>
  );
}

/** Who comes to a service point on a day, and who came. */
export function AppointmentsDay(): ReactNode {
  const { say, language } = useWords();
  const { shown: points, problem } = useList(readPoints);
  const [chosen, setChosen] = useState('');
  const [day, setDay] = useState(() => bangkokDay(Date.now()));
  const point = chosen || points?.[0]?.id;
  return (
    <section aria-labelledby="visits">
      <h2 id="visits">{say('visit.title')}</h2>
      <Warning code={problem} />
      <div className="two">
        <NativeSelect
          label={say('visit.point')}
          value={point ?? ''}
          onChange={event => setChosen(event.currentTarget.value)}
          data={(points ?? []).map(({ id, name }) => ({ value: id, label: name[language] ?? name.th }))}
        />
        <DateField of="day" label={say('visit.day')} value={day} onChange={setDay} />
      </div>
      {point && day ? <Day point={point} day={day} /> : null}
    </section>
  );
}
