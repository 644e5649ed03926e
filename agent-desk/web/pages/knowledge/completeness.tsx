import { NativeSelect, Progress } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAsk } from '../../state/hooks';
import { type AgencyReport, type EntryPart, entryParts, knowledgeApi } from '../../state/knowledge-api';
import { useSorry, useWords } from '../../words/words';

/** Longer lists are worked on from the top. */
const shownAtMost = 50;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.floor((part / whole) * 100));

interface Row {
  readonly name: ReactNode;
  readonly key: string;
  readonly has: number;
  readonly of: number;
}

/** How much is there: a bar, and the numbers beside it. */
function Bars({ caption, rows }: { caption: string; rows: readonly Row[] }): ReactNode {
  return (
    <table className="figures bars">
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ key, name, has, of }) => (
          <tr key={key}>
            <th scope="row">
              {name}
              <Progress value={share(has, of)} aria-hidden size="md" />
            </th>
            <td>
              {has}/{of}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function partRows(reports: readonly AgencyReport[], nameOf: (part: EntryPart) => string): Row[] {
  const of = sum(reports.map(each => each.written));
  return entryParts.map(part => ({
    key: part,
    name: nameOf(part),
    has: of - sum(reports.map(each => each.missing[part])),
    of,
  }));
}

function agencyRow(report: AgencyReport, name: ReactNode): Row {
  const of = report.written * entryParts.length;
  return { key: report.agencyId, name, has: of - sum(Object.values(report.missing)), of };
}

/** What is missing in the register, by part, agency and entry. */
export function Completeness({ onOpen }: { onOpen: (id: string) => void }): ReactNode {
  const { say, language } = useWords();
  const sorry = useSorry();
  const [agency, setAgency] = useState('');
  const { data, code } = useAsk('report', () => knowledgeApi.report());
  const agencies = useAsk('agencies', () => knowledgeApi.agencies());
  if (code) return <p role="alert">{sorry(code)}</p>;
  if (!data) return null;
  const nameOf = (id: string): string => {
    const name = agencies.data?.find(each => each.id === id)?.name;
    return (language === 'en' ? name?.en : undefined) ?? name?.th ?? id;
  };
  const partName = (part: EntryPart): string => say(`knowledge.part-of.${part}`);
  const chosen = data.agencies.filter(each => agency === '' || each.agencyId === agency);
  const entries = data.entries.filter(each => agency === '' || each.agencyId === agency);
  const unwritten = data.unwritten.filter(each => agency === '' || each.agencyId === agency);
  return (
    <>
      <NativeSelect
        label={say('knowledge.agency')}
        value={agency}
        onChange={event => setAgency(event.currentTarget.value)}
        data={[
          { value: '', label: say('knowledge.every-agency') },
          ...data.agencies.map(({ agencyId: value }) => ({ value, label: nameOf(value) })),
        ]}
      />
      <Bars caption={say('knowledge.by-part')} rows={partRows(chosen, partName)} />
      {agency === '' && data.agencies.length > 1 ? (
        <details>
          <summary>{say('knowledge.by-agency')}</summary>
          <Bars
            caption={say('knowledge.by-agency.caption')}
            rows={data.agencies.map(each =>
              agencyRow(
                each,
                <button type="button" className="link" onClick={() => setAgency(each.agencyId)}>
                  {nameOf(each.agencyId)}
                </button>,
              ),
            )}
          />
        </details>
      ) : null}
      <h2>{say('knowledge.lacking', { count: entries.length })}</h2>
      <ul className="knowledge-list">
        {entries.slice(0, shownAtMost).map(({ id, name, missing }) => (
          <li key={id}>
            <button type="button" className="link" onClick={() => onOpen(id)}>
              {name}
            </button>
            <span className="quiet">
              {say('knowledge.lacks', { parts: missing.map(partName).join(' · ') })}
            </span>
            <Progress value={share(entryParts.length - missing.length, entryParts.length)} aria-hidden />
          </li>
        ))}
      </ul>
      {entries.length > shownAtMost ? (
        <p className="quiet">{say('knowledge.more', { count: entries.length - shownAtMost })}</p>
      ) : null}
      {unwritten.length > 0 ? (
        <>
          <h2>{say('knowledge.unwritten', { count: unwritten.length })}</h2>
          <ul className="knowledge-list">
            {unwritten.slice(0, shownAtMost).map(({ id, name }) => (
              <li key={id}>
                {name} <span className="quiet">{id}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
