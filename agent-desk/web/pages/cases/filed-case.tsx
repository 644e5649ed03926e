import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { personText } from '../../parts/person-field';
import type { CaseDraft, FileOutcome } from '../../state/case-filing';
import { go } from '../../state/route';
import { caseKindKeys } from '../../words/case-labels';
import { momentText } from '../../words/dates';
import { wayKeys } from '../../words/labels';
import { useWords } from '../../words/words';

export type Filed = FileOutcome;

/** Puts the focus on the heading of a stage that has just come, so that it is read aloud. */
function Heading({ id, children }: { id: string; children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 id={id} ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Read back to the citizen before it is filed. */
export function Summary(props: {
  draft: CaseDraft;
  missing: readonly string[];
  busy: boolean;
  onBack: () => void;
  onFile: () => void;
}): ReactNode {
  const { say } = useWords();
  const { draft, missing } = props;
  const facts = [
    [say('log.way'), say(wayKeys[draft.way])],
    [say('log.person'), personText(say, draft.person)],
    [say('new-case.on-behalf'), draft.onBehalfOf.trim()],
    [say('new-case.kind'), say(caseKindKeys[draft.kind])],
    [say('field.topic'), draft.topic?.name ?? ''],
    [say('new-case.what'), draft.what.trim()],
    [say('new-case.where'), draft.where.trim()],
    [say('new-case.when'), draft.when.trim()],
    [say('new-case.missing'), missing.join(' · ')],
  ] as const;
  return (
    <section className="form" aria-labelledby="summary-title">
      <Heading id="summary-title">{say('new-case.summary')}</Heading>
      <p className="quiet">{say('new-case.summary-lead')}</p>
      <dl className="summary">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className="form-end">
        <Button variant="default" onClick={props.onBack}>
          {say('new-case.change')}
        </Button>
        <Button size="md" loading={props.busy} onClick={props.onFile}>
          {say('new-case.file')}
        </Button>
      </div>
    </section>
  );
}

const grouped = (digits: string): string => digits.replace(/(\d{4})(?=\d)/gu, '$1 ');

/** The number to take along, or where to go where we cannot take the matter in. */
export function FiledCase(props: { filed: Filed; draft: CaseDraft; onNext: () => void }): ReactNode {
  const { say, language } = useWords();
  const { filed, draft } = props;
  const { reception } = filed;
  return (
    <section className="form filed" aria-labelledby="filed-title">
      {filed.outcome === 'not-received' ? (
        <>
          <Heading id="filed-title">{say('new-case.not-received')}</Heading>
          <p>
            {reception?.agency[language] ?? reception?.agency.th}
            {reception?.url ? (
              <>
                {' · '}
                <a href={reception.url} target="_blank" rel="noreferrer">
                  {reception.label?.[language] ?? reception.label?.th ?? reception.url}
                </a>
              </>
            ) : null}
          </p>
          <ul>
            {(reception?.where?.[language] ?? reception?.where?.th ?? []).map(place => (
              <li key={place}>{place}</li>
            ))}
          </ul>
        </>
      ) : (
        <div className="slip">
          <Heading id="filed-title">
            {say(filed.outcome === 'filed' ? 'new-case.filed' : 'new-case.forwarding')}
          </Heading>
          {filed.reference ? (
            <p className="number" aria-label={filed.reference.replace(/\d(?=\d)/gu, '$& ')}>
              {grouped(filed.reference)}
            </p>
          ) : null}
          {filed.pin ? <p>{say('new-case.pin', { pin: filed.pin })}</p> : null}
          {filed.dueAt === undefined ? null : (
            <p>{say('new-case.due', { due: momentText(language, filed.dueAt) })}</p>
          )}
          {filed.unit ? <p>{say('new-case.unit', { unit: filed.unit[language] ?? filed.unit.th })}</p> : null}
          {filed.sensitive ? null : <p className="quiet">{draft.topic?.name}</p>}
        </div>
      )}
      <div className="form-end no-print">
        <Button variant="default" onClick={props.onNext}>
          {say('new-case.next')}
        </Button>
        {filed.outcome === 'filed' && !filed.sensitive ? (
          <Button
            variant="default"
            leftSection={<IconPrinter className="icon" aria-hidden />}
            onClick={() => print()}
          >
            {say('new-case.print')}
          </Button>
        ) : null}
        {filed.caseId === undefined ? null : (
          <Button onClick={() => go({ page: 'cases', caseId: filed.caseId ?? '' })}>
            {say('new-case.open')}
          </Button>
        )}
      </div>
    </section>
  );
}
