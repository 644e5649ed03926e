import { Button, FileInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { type ImportReport, exportAddress, knowledgeApi } from '../../state/knowledge-api';
import type { Officer } from '../../state/schemas';
import { useWords } from '../../words/words';

/** Entries out to a spreadsheet and in again: first a look at everything that is wrong, then in earnest. */
export function Files({ officer }: { officer: Officer }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport>();
  const run = (dryRun: boolean): void => {
    if (!file) return;
    knowledgeApi.import(file, dryRun).then(setReport, (error: unknown) => {
      setReport(undefined);
      tell.refused(codeOf(error));
    });
  };
  const ready = report?.dryRun === true && report.problems.length === 0 && report.changed.length > 0;
  return (
    <>
      <p className="row">
        {(['xlsx', 'csv', 'json'] as const).map(format => (
          <Button key={format} variant="default" component="a" href={exportAddress(format)} download>
            {say('knowledge.export', { format: format.toUpperCase() })}
          </Button>
        ))}
      </p>
      {officer.role === 'editor' || officer.role === 'admin' ? (
        <div className="row">
          <FileInput
            label={say('knowledge.file')}
            accept=".xlsx,.csv,.json"
            value={file}
            onChange={chosen => {
              setFile(chosen);
              setReport(undefined);
            }}
          />
          <Button disabled={!file} onClick={() => run(true)}>
            {say('knowledge.check-file')}
          </Button>
          <Button disabled={!ready} onClick={() => run(false)}>
            {say('knowledge.import')}
          </Button>
        </div>
      ) : null}
      {report ? (
        <div role="status">
          <p>
            {say(report.dryRun ? 'knowledge.would-change' : 'knowledge.changed', {
              rows: report.rows,
              changed: report.changed.length,
              problems: report.problems.length,
            })}
          </p>
          <ul className="knowledge-list">
            {report.problems.map(({ sheet, row, column, problem }) => (
              <li key={`${sheet}/${row}/${column}/${problem}`}>
                {say('knowledge.place', { sheet: sheet || '–', row, column })}: {problem}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
