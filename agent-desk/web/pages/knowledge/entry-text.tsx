import type { ReactNode } from 'react';
import { useAsk } from '../../state/hooks';
import type { EntryContent } from '../../state/knowledge-api';
import { rulesApi } from '../../state/rules-api';
import { fieldText } from '../../words/entry-fields';
import { linesOf } from '../../words/entry-lines';
import { useWords } from '../../words/words';

/** What is written in an entry, for those who read it and do not write. */
export function EntryText({ id, content }: { id: string; content: EntryContent }): ReactNode {
  const { say, language } = useWords();
  const rules = useAsk('entitlement' in content ? id : undefined, () => rulesApi.of(id));
  const sayings = { say, language, facts: rules.data?.facts ?? [] };
  return (
    <details>
      <summary>{say('knowledge.read-whole')}</summary>
      <dl className="changes">
        {Object.entries(content).flatMap(([field, value]) => {
          const lines = field === 'id' ? [] : linesOf(field, value, sayings);
          if (lines.length === 0) return [];
          return [
            <div key={field}>
              <dt>{fieldText(say, field)}</dt>
              <dd>
                {lines.map((line, at) => (
                  <p key={`${at} ${line}`}>{line}</p>
                ))}
              </dd>
            </div>,
          ];
        })}
      </dl>
    </details>
  );
}
