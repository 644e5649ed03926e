import type { ReactNode } from 'react';
import type { ReminderText } from '../../state/reminder-api';

/** What a reminder is about, in the words it was filled with. */
export const aboutText = ({ values }: ReminderText): string =>
  Object.values(values)
    .flatMap(value =>
      value.kind === 'text' ? [typeof value.text === 'string' ? value.text : (value.text['th'] ?? '')] : [],
    )
    .join(' · ');

export const bahtText = (satang: number): string =>
  (satang / 100).toLocaleString('en', { minimumFractionDigits: 2 });

/** A table that is a list of cards on a narrow page. */
export function Rows(props: {
  label: string;
  columns: readonly string[];
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}): ReactNode {
  const { label, columns, rows } = props;
  return (
    <table className="contacts" aria-label={label}>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={columns[index]} data-label={columns[index]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
