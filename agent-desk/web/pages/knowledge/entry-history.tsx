import { type ReactNode, useState } from 'react';
import { useAsk } from '../../state/hooks';
import { type EntryView, type FieldChange, knowledgeApi } from '../../state/knowledge-api';
import { rulesApi } from '../../state/rules-api';
import { momentText } from '../../words/dates';
import { fieldText } from '../../words/entry-fields';
import { type Sayings, linesOf } from '../../words/entry-lines';
import { useWords } from '../../words/words';

/** What a side of a change says; lines that the other side has too stand back. */
function Side({
  of,
  lines,
  other,
}: {
  of: 'before' | 'after';
  lines: readonly string[];
  other: readonly string[];
}): ReactNode {
  const { say } = useWords();
  const Line = of === 'before' ? 'del' : 'ins';
  return (
    <div className="side">
      <span className="quiet">{say(`knowledge.diff.${of}`)}</span>
      {lines.length === 0 ? <p className="quiet">{say('knowledge.diff.nothing')}</p> : null}
      {lines.map((line, at) =>
        other.includes(line) ? (
          <p key={`${at} ${line}`}>{line}</p>
        ) : (
          <p key={`${at} ${line}`}>
            <Line>{line}</Line>
          </p>
        ),
      )}
    </div>
  );
}

/** What differs between two versions of an entry, field by field, before and after side by side. */
export function EntryChanges({ id, changes }: { id: string; changes: readonly FieldChange[] }): ReactNode {
  const { say, language } = useWords();
  const needsFacts = changes.some(({ field }) => field.startsWith('entitlement'));
  const rules = useAsk(needsFacts ? id : undefined, () => rulesApi.of(id));
  const sayings: Sayings = { say, language, facts: rules.data?.facts ?? [] };
  if (changes.length === 0) return <p className="empty">{say('knowledge.diff.same')}</p>;
  return (
    <dl className="changes">
      {changes.map(({ field, before, after }) => {
        const [was, is] = [linesOf(field, before, sayings), linesOf(field, after, sayings)];
        return (
          <div key={field}>
            <dt>{fieldText(say, field)}</dt>
            <dd>
              <Side of="before" lines={was} other={is} />
              <Side of="after" lines={is} other={was} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** How an entry came to be: every version, what it changed, and the way back to it. */
export function History({
  entry: { id, revision },
  mayRestore,
  act,
}: {
  entry: EntryView;
  mayRestore: boolean;
  act: (work: () => Promise<unknown>) => void;
}): ReactNode {
  const { say, language } = useWords();
  const { data, loading } = useAsk(`${id}/${revision}`, () => knowledgeApi.revisions(id));
  const [seen, setSeen] = useState<number>();
  const changes = useAsk(seen === undefined ? undefined : `${id}/${seen}`, () =>
    knowledgeApi.diff(id, (seen ?? 1) - 1, seen ?? 1),
  );
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('knowledge.history')}</h2>
      {data?.length === 0 && !loading ? <p className="empty">{say('knowledge.history.none')}</p> : null}
      <ol className="knowledge-list">
        {(data ?? []).map(each => (
          <li key={each.revision}>
            <b>{say('knowledge.history.version', { number: each.revision })}</b> {each.why}
            <span className="quiet">
              {each.author.name} · {momentText(language, each.at)}
            </span>
            <span className="row">
              <button
                type="button"
                className="link"
                aria-expanded={seen === each.revision}
                onClick={() => setSeen(seen === each.revision ? undefined : each.revision)}
              >
                {say('knowledge.changes')}
              </button>
              {mayRestore && each.revision !== revision ? (
                <button
                  type="button"
                  className="link"
                  onClick={() =>
                    act(() =>
                      knowledgeApi.act(id, 'restore', {
                        revision: each.revision,
                        why: say('knowledge.restored'),
                      }),
                    )
                  }
                >
                  {say('knowledge.restore')}
                </button>
              ) : null}
            </span>
            {seen === each.revision && changes.data ? <EntryChanges id={id} changes={changes.data} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
