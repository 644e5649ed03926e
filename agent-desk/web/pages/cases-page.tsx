import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconRefresh, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { CaseView } from '../parts/case-view';
import { AppointmentsDay } from './cases/appointments-day';
import { CallBacks } from './cases/call-backs';
import { NewCase } from './cases/new-case';
import { News } from './cases/news';
import { Options } from '../parts/options';
import { codeOf } from '../state/api';
import { type CaseQuery, caseApi } from '../state/case-api';
import type { CaseRow } from '../state/case-schemas';
import { go } from '../state/route';
import { dateText, dayOf, timeText } from '../words/dates';
import { caseKindKeys, caseStateKeys } from '../words/case-labels';
import { useWords } from '../words/words';
import { Refusal } from '../parts/problem';

const lists = [
  'due',
  'mine',
  'pre-check',
  'report',
  'problem',
  'appointment',
  'callback',
  'relay',
  'news',
] as const;
type ListName = (typeof lists)[number];

const listKeys = {
  due: 'cases.due',
  mine: 'cases.mine',
  appointment: 'cases.appointments',
  callback: 'cases.call-backs',
  relay: 'cases.relays',
  'pre-check': 'cases.pre-checks',
  report: 'cases.reports',
  problem: 'cases.problems',
  news: 'cases.news',
} as const satisfies Readonly<Record<ListName, string>>;

/** Lists of their own, with what only they can do. */
const pages: Readonly<Partial<Record<ListName, () => ReactNode>>> = {
  appointment: AppointmentsDay,
  callback: CallBacks,
  news: News,
};

const queryOf = (list: ListName): CaseQuery =>
  list === 'due' || list === 'mine' || list === 'news'
    ? { list: list === 'news' ? 'due' : list }
    : { list: 'due', kind: list };

function Row({ row }: { row: CaseRow }): ReactNode {
  const { say, language } = useWords();
  const cells: readonly (readonly [string, ReactNode])[] = [
    [
      say('cases.reference'),
      <button type="button" className="link" onClick={() => go({ page: 'cases', caseId: row.id })}>
        {row.reference?.replace(/(\d{4})(?=\d)/gu, '$1 ') ?? say('cases.no-number')}
      </button>,
    ],
    [say('cases.title-column'), row.title[language] ?? row.title.th],
    [say('cases.kind'), say(caseKindKeys[row.kind])],
    [say('cases.state'), say(caseStateKeys[row.state])],
    [say('cases.due-at'), timeText(language, row.dueAt)],
    [say('cases.assignee'), row.assignee?.name ?? '–'],
  ];
  return (
    <tr>
      {cells.map(([label, cell]) => (
        <td key={label} data-label={label} data-empty={cell === '–' || undefined}>
          {cell}
        </td>
      ))}
    </tr>
  );
}

/** Due first, by day; what is late stands on top. */
function ByDay({ rows }: { rows: readonly CaseRow[] }): ReactNode {
  const { say, language } = useWords();
  const days = new Map<string, CaseRow[]>();
  for (const row of rows) days.set(dayOf(row.dueAt), [...(days.get(dayOf(row.dueAt)) ?? []), row]);
  const columns = ['reference', 'title-column', 'kind', 'state', 'due-at', 'assignee'] as const;
  return [...days.entries()].map(([day, list]) => (
    <section key={day} aria-labelledby={`due-${day}`}>
      <h2 id={`due-${day}`}>
        {dateText(language, list[0]?.dueAt ?? 0)}
        <span className="count">{say('cases.count', { count: list.length })}</span>
        {list.some(row => row.overdue) ? <span className="late">{say('cases.overdue')}</span> : null}
      </h2>
      <table className="contacts">
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {say(`cases.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.map(row => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  ));
}

function CaseList(): ReactNode {
  const { say } = useWords();
  const [list, setList] = useState<ListName>('due');
  const [reference, setReference] = useState('');
  const [rows, setRows] = useState<readonly CaseRow[]>();
  const [problem, setProblem] = useState<string>();
  const [found, setFound] = useState(false);
  const Own = pages[list];

  const load = useCallback((query: CaseQuery): void => {
    caseApi.list(query).then(
      answered => {
        setRows(answered);
        setFound(query.reference !== undefined);
        setProblem(undefined);
      },
      (error: unknown) => setProblem(codeOf(error)),
    );
  }, []);
  useEffect(() => load(queryOf(list)), [load, list]);

  return (
    <div className="page">
      <header className="page-head">
        <h1>{say('cases.title')}</h1>
        <Button
          leftSection={<IconPlus className="icon" aria-hidden />}
          onClick={() => go({ page: 'cases', caseId: newCase })}
        >
          {say('new-case.begin')}
        </Button>
        <form
          className="find-case"
          onSubmit={event => {
            event.preventDefault();
            load(reference.trim() ? { list: 'due', reference: reference.trim() } : queryOf(list));
          }}
        >
          <TextInput
            aria-label={say('cases.find')}
            placeholder={say('cases.find')}
            inputMode="numeric"
            value={reference}
            onChange={event => setReference(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconSearch className="icon" aria-hidden />}>
            {say('cases.search')}
          </Button>
        </form>
        <Button
          variant="default"
          leftSection={<IconRefresh className="icon" aria-hidden />}
          onClick={() => load(queryOf(list))}
        >
          {say('contacts.refresh')}
        </Button>
      </header>
      <Options
        label={say('cases.list')}
        value={list}
        onChange={setList}
        options={lists.map(value => ({ value, label: say(listKeys[value]) }))}
      />
      <Refusal code={problem} />
      {Own && !found ? (
        <Own />
      ) : (
        <>
          {rows?.length === 0 ? <p className="empty">{say('cases.empty')}</p> : null}
          {rows ? <ByDay rows={rows} /> : null}
        </>
      )}
    </div>
  );
}

/** Stands in the address where the id of a case does. */
const newCase = 'new';

/** Cases to find, open and work on; appointments, calls and relays are cases too. */
export function CasesPage({ caseId }: { caseId: string | undefined }): ReactNode {
  if (caseId === undefined) return <CaseList />;
  return caseId === newCase ? <NewCase /> : <CaseView key={caseId} caseId={caseId} />;
}
