import type { ReactNode } from 'react';
import { useAsk } from '../../state/hooks';
import { rulesApi } from '../../state/rules-api';
import { useSorry, useWords } from '../../words/words';
import { SampleTable } from './sample-table';

/** The rules of the quizzes tried on sample people: as they are published, and with the drafts that are not. */
export function SamplesPart({ onOpen }: { onOpen: (id: string) => void }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const { data, code } = useAsk('samples', () => rulesApi.samples());
  if (code) return <p role="alert">{sorry(code)}</p>;
  if (!data) return null;
  return (
    <>
      <p>{say('knowledge.sample.lead')}</p>
      {data.drafts.length > 0 ? (
        <>
          <h2>{say('knowledge.sample.drafts')}</h2>
          <ul className="knowledge-list">
            {data.drafts.map(({ id, name }) => (
              <li key={id}>
                <button type="button" className="link" onClick={() => onOpen(id)}>
                  {name}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="empty">{say('knowledge.sample.no-drafts')}</p>
      )}
      <SampleTable samples={data} />
    </>
  );
}
