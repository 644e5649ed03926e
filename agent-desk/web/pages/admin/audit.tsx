import { Button, Select } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWork } from '../../parts/work';
import { type AuditEntry, type AuditQuery, type Verified, adminApi } from '../../state/admin-api';
import { actionKeys, actionText, subjectText } from '../../words/audit-labels';
import { momentText } from '../../words/dates';
import { type Say, useWords } from '../../words/words';
import { Problem } from '../../parts/problem';

function whoText(say: Say, { actor }: AuditEntry): string {
  switch (actor.kind) {
    case 'officer':
      return actor.name ?? '';
    case 'person':
      return say('speaker.citizen');
    case 'system':
      return say('speaker.system');
    case 'nobody':
      return say('audit.nobody');
  }
}

const detailText = (say: Say, { subject, names, detail = {} }: AuditEntry): string =>
  [
    names ? say('audit.names', names) : '',
    subject ? subjectText(say, subject) : '',
    ...Object.entries(detail)
      .filter(([, value]) => value !== 0)
      .map(([name, value]) => `${name} ${String(value)}`),
  ]
    .filter(Boolean)
    .join(' · ');

function Chain(): ReactNode {
  const { say } = useWords();
  const { problem, busy, work } = useWork();
  const [verified, setVerified] = useState<Verified>();
  return (
    <div className="admin-card form">
      <p>{say('audit.chain')}</p>
      <div className="form-row">
        <Button loading={busy} onClick={() => work(async () => setVerified(await adminApi.verify()))}>
          {say('audit.verify')}
        </Button>
      </div>
      {verified ? (
        <p role="status" className={verified.ok ? 'good' : 'warning'}>
          {verified.ok
            ? say('audit.whole', { count: verified.entries })
            : say('audit.broken', { at: verified.brokenAt ?? 0, why: verified.why ?? '' })}
        </p>
      ) : null}
      <Problem text={problem} />
    </div>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }): ReactNode {
  const { say, language } = useWords();
  const columns = ['audit.number', 'audit.at', 'audit.who', 'audit.what', 'audit.about'] as const;
  return (
    <table className="contacts">
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column} scope="col">
              {say(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map(entry => {
          const cells: readonly string[] = [
            String(entry.seq),
            momentText(language, entry.at),
            whoText(say, entry),
            actionText(say, entry.action),
            detailText(say, entry),
          ];
          return (
            <tr key={entry.seq}>
              {columns.map((column, index) => (
                <td key={column} data-label={say(column)} data-empty={cells[index] === '' || undefined}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What was done, newest first, and whether the record is whole. */
export function AuditTrail(): ReactNode {
  const { say } = useWords();
  const { problem, busy, work } = useWork();
  const [action, setAction] = useState<string | null>(null);
  const [entries, setEntries] = useState<readonly AuditEntry[]>([]);
  const [more, setMore] = useState(false);
  const page = 50;
  const load = (query: AuditQuery, before: readonly AuditEntry[]): void =>
    work(async () => {
      const found = await adminApi.audit({
        limit: page,
        ...query,
        ...(action === null ? {} : { action }),
      });
      setEntries([...before, ...found]);
      setMore(found.length >= page);
    });
  const first = useRef(load);
  useEffect(() => first.current({}, []), []);
  const last = entries.at(-1);
  const choices = Object.entries(actionKeys).map(([value, key]) => ({ value, label: say(key) }));
  return (
    <section aria-labelledby="audit-title">
      <h2 id="audit-title">{say('admin.audit')}</h2>
      <Chain />
      <form
        className="form-row"
        onSubmit={event => {
          event.preventDefault();
          load({}, []);
        }}
      >
        <Select
          label={say('audit.action')}
          placeholder={say('audit.any')}
          data={choices}
          value={action}
          onChange={setAction}
          searchable
          clearable
        />
        <Button type="submit" variant="default" loading={busy}>
          {say('cases.search')}
        </Button>
      </form>
      <Problem text={problem} />
      <Entries entries={entries} />
      {more && last ? (
        <Button variant="default" disabled={busy} onClick={() => load({ before: last.seq }, entries)}>
          {say('audit.older')}
        </Button>
      ) : null}
    </section>
  );
}
