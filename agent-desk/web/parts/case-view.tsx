import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { codeOf } from '../state/api';
import { caseApi } from '../state/case-api';
import type { WholeCase } from '../state/case-schemas';
import { go } from '../state/route';
import { actKey, caseKindKeys, caseStateKeys } from '../words/case-labels';
import { dateText, momentText } from '../words/dates';
import { type Say, useWords } from '../words/words';
import { CaseActs } from './case-acts';
import { CaseDetailsView } from './case-details';
import { CaseGive } from './case-give';
import { PhotoCheck } from './photo-check';
import { useTell } from './tell';
import { Refusal } from './problem';

function byText(say: Say, { by }: WholeCase['history'][number]): string {
  if (by.name !== undefined && by.forName !== undefined)
    return say('case.by-carer-for', { name: by.name, forName: by.forName });
  if (by.name !== undefined) return by.name;
  const keys = { person: 'case.by-person', carer: 'case.by-carer' } as const;
  return say(by.kind === 'person' || by.kind === 'carer' ? keys[by.kind] : 'case.by-system');
}

/** What happened, oldest first; marked where the person does not see it. */
function Timeline({ shown }: { shown: WholeCase }): ReactNode {
  const { say, language } = useWords();
  return (
    <section aria-labelledby="case-history">
      <h2 id="case-history">{say('case.history')}</h2>
      <ol className="timeline">
        {shown.history.map((event, index) => (
          <li key={`${event.at}-${index}`}>
            <p className="quiet">
              <time dateTime={new Date(event.at).toISOString()}>{momentText(language, event.at)}</time>
              {` · ${byText(say, event)}`}
              {event.public ? null : ` · ${say('case.hidden')}`}
            </p>
            <p>
              <b>{say(actKey(event.kind))}</b> {event.text}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One case: what it is about, where it stands, what happened, and what can be done now. */
export function CaseView({ caseId }: { caseId: string }): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const [shown, setShown] = useState<WholeCase>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const load = useCallback(
    () =>
      caseApi.open(caseId).then(setShown, (error: unknown) => {
        setProblem(codeOf(error));
      }),
    [caseId],
  );
  useEffect(() => void load(), [load]);

  const run = (work: () => Promise<unknown>): void => {
    setBusy(true);
    work()
      .then(() => {
        setProblem(undefined);
        tell.done(say('case.saved'));
        return load();
      })
      .catch((error: unknown) => setProblem(codeOf(error)))
      .finally(() => setBusy(false));
  };

  const isOpen = shown !== undefined && !['answered', 'refused', 'withdrawn'].includes(shown.state);
  return (
    <div className="page case-page">
      <header className="page-head">
        <Button
          variant="default"
          leftSection={<IconArrowLeft className="icon" aria-hidden />}
          onClick={() => go({ page: 'cases' })}
        >
          {say('case.back')}
        </Button>
        <h1>{shown ? (shown.title[language] ?? shown.title.th) : say('cases.title')}</h1>
      </header>
      <Refusal code={problem} />
      {shown ? (
        <>
          <p>
            {shown.reference?.replace(/(\d{4})(?=\d)/gu, '$1 ') ?? say('cases.no-number')}
            {` · ${say(caseKindKeys[shown.kind])} · ${say(caseStateKeys[shown.state])} · `}
            <span className={shown.overdue ? 'late' : undefined}>
              {say('case.due', { due: momentText(language, shown.dueAt) })}
            </span>
            {shown.assignee ? ` · ${shown.assignee.name}` : null}
          </p>
          {shown.carers.map(carer => (
            <p key={`${carer.name} ${carer.until}`}>
              {say('case.carer', { ...carer, until: dateText(language, carer.until) })}
            </p>
          ))}
          {shown.conversationId ? (
            <button
              type="button"
              className="link"
              onClick={() => go({ page: 'desk', conversation: shown.conversationId ?? '' })}
            >
              {say('case.chat')}
            </button>
          ) : null}
          <CaseDetailsView shown={shown} busy={busy} run={run} />
          {shown.kind === 'pre-check' && isOpen ? <PhotoCheck shown={shown} busy={busy} run={run} /> : null}
          <CaseActs shown={shown} busy={busy} run={run} />
          {isOpen ? <CaseGive shown={shown} busy={busy} run={run} /> : null}
          <Timeline shown={shown} />
        </>
      ) : null}
    </div>
  );
}
