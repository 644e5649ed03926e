import type { ReactNode } from 'react';
import { go } from '../../state/route';
import { useWords } from '../../words/words';

export type Cells = readonly (readonly [label: string, cell: ReactNode])[];

/** A table of cases; on phones each row is a card with its labels. */
export function Rows({
  rows,
}: {
  rows: readonly { readonly id: string; readonly cells: Cells }[];
}): ReactNode {
  const [first] = rows;
  if (!first) return null;
  return (
    <table className="contacts">
      <thead>
        <tr>
          {first.cells.map(([label]) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, cells }) => (
          <tr key={id}>
            {cells.map(([label, cell]) => (
              <td key={label} data-label={label} data-empty={cell === '–' || undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Opens a case by its number. */
export function CaseLink({
  caseId,
  reference,
}: {
  caseId: string;
  reference: string | undefined;
}): ReactNode {
  const { say } = useWords();
  return (
    <button type="button" className="link" onClick={() => go({ page: 'cases', caseId })}>
      {reference?.replace(/(\d{4})(?=\d)/gu, '$1 ') ?? say('cases.no-number')}
    </button>
  );
}

export function Warning({ code }: { code: string | undefined }): ReactNode {
  const { say } = useWords();
  return code ? (
    <p role="alert" className="warning">
      {say('error.INTERNAL')}
    </p>
  ) : null;
}
