import type { ReactNode } from 'react';
import { caseApi } from '../../state/case-api';
import { momentText, phoneText } from '../../words/dates';
import { useWords } from '../../words/words';
import { CaseLink, Rows, Warning } from './rows';
import { useList } from './use-list';

const read = (): ReturnType<typeof caseApi.calls> => caseApi.calls();

/** Calls to make, the most urgent first: the number, when, about what, and how often it was tried. */
export function CallBacks(): ReactNode {
  const { say, language } = useWords();
  const { shown, problem } = useList(read);
  return (
    <section aria-labelledby="calls">
      <h2 id="calls">{say('cases.call-backs')}</h2>
      <Warning code={problem} />
      {shown?.length === 0 ? <p className="empty">{say('cases.empty')}</p> : null}
      <Rows
        rows={(shown ?? []).map(row => ({
          id: row.caseId,
          cells: [
            [say('cases.reference'), <CaseLink key="link" caseId={row.caseId} reference={row.reference} />],
            [say('cases.kind'), say('case-kind.callback')],
            [
              say('call.phone'),
              <a key="phone" href={`tel:${row.phone}`}>
                {phoneText(row.phone)}
              </a>,
            ],
            [
              say('call.when'),
              row.from === undefined ? say('case.any-time') : momentText(language, row.from),
            ],
            [say('call.about'), row.about ?? '–'],
            [say('call.tried'), String(row.attempts.length)],
            [
              say('cases.due-at'),
              <span key="due" className={row.dueAt < Date.now() ? 'late' : undefined}>
                {momentText(language, row.dueAt)}
              </span>,
            ],
          ],
        }))}
      />
    </section>
  );
}
