import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { codeOf } from '../state/api';
import { caseApi, sheetAddress } from '../state/case-api';
import type { WholeCase } from '../state/case-schemas';
import { attemptKeys } from '../words/case-labels';
import { momentText, phoneText } from '../words/dates';
import { useSorry, useWords } from '../words/words';
import { CaseFiles } from './attachment';

export interface CasePartProps {
  readonly shown: WholeCase;
  readonly busy: boolean;
  /** Does it, then reads the case again. */
  readonly run: (work: () => Promise<unknown>) => void;
}

const attempts = ['reached', 'no-answer', 'busy', 'wrong-number'] as const;

function Question(
  props: CasePartProps & { item: number; question: string; answer: string | undefined },
): ReactNode {
  const { say } = useWords();
  const { shown, item, question, answer } = props;
  const [text, setText] = useState(answer ?? '');
  return (
    <li>
      <p>
        <b>{question}</b>
      </p>
      <Textarea
        label={say('case.answer-to', { number: item + 1 })}
        autosize
        minRows={2}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <Button
        mt="xs"
        disabled={props.busy || !text.trim()}
        onClick={() => props.run(() => caseApi.answerItem(shown.id, item, text.trim()))}
      >
        {say('case.send-answer')}
      </Button>
    </li>
  );
}

function Loudspeaker({ caseId }: { caseId: string }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [said, setSaid] = useState<string>();
  const show = (): void => {
    caseApi.announcement(caseId).then(
      ({ text, slotSeconds }) => setSaid(`${say('case.seconds', { seconds: slotSeconds })}\n${text}`),
      (error: unknown) => setSaid(sorry(codeOf(error))),
    );
  };
  return (
    <>
      <p>
        <Button variant="default" onClick={show}>
          {say('case.loudspeaker')}
        </Button>{' '}
        <a href={sheetAddress(caseId)} target="_blank" rel="noreferrer">
          {say('case.print')}
        </a>
      </p>
      {said === undefined ? null : <p className="said">{said}</p>}
    </>
  );
}

/** What the case is about, with what its kind alone can do: attendance, calls, answers to a village. */
export function CaseDetailsView({ shown, busy, run }: CasePartProps): ReactNode {
  const { say, language } = useWords();
  const { details } = shown;
  switch (details.kind) {
    case 'matter': {
      const pictures =
        details.attachments.length + shown.history.flatMap(({ attachments }) => attachments).length;
      return (
        <section aria-labelledby="case-what">
          <h2 id="case-what">{say('case.what')}</h2>
          <p className="said">{details.what}</p>
          <p>
            {say('case.where')}: {details.where?.text ?? '–'}
            {details.where?.latitude === undefined
              ? null
              : ` (${details.where.latitude.toFixed(5)}, ${details.where.longitude?.toFixed(5) ?? ''})`}
          </p>
          <p>
            {say('case.when')}: {details.when ?? '–'} · {say('case.photos', { count: pictures })}
          </p>
          {pictures > 0 ? <CaseFiles key={pictures} caseId={shown.id} /> : null}
        </section>
      );
    }
    case 'appointment':
      return (
        <section aria-labelledby="case-what">
          <h2 id="case-what">{momentText(language, details.startsAt)}</h2>
          <p>{say(details.priority ? 'case.priority' : 'case.ordinary')}</p>
          {details.state === 'booked' && details.startsAt <= Date.now() ? (
            <p className="form-row">
              <Button disabled={busy} onClick={() => run(() => caseApi.attend(shown.id, true))}>
                {say('case.came')}
              </Button>
              <Button
                variant="default"
                disabled={busy}
                onClick={() => run(() => caseApi.attend(shown.id, false))}
              >
                {say('case.missed')}
              </Button>
            </p>
          ) : null}
        </section>
      );
    case 'callback':
      return (
        <section aria-labelledby="case-what">
          <h2 id="case-what">
            <a href={`tel:${details.phone}`}>{phoneText(details.phone)}</a>
          </h2>
          <p>{details.about ?? '–'}</p>
          <p>{details.from === undefined ? say('case.any-time') : momentText(language, details.from)}</p>
          <ul>
            {details.attempts.map(each => (
              <li key={each.at}>
                {momentText(language, each.at)} · {each.by} · {say(attemptKeys[each.outcome])}
              </li>
            ))}
          </ul>
          <p className="form-row">
            {attempts.map(outcome => (
              <Button
                key={outcome}
                variant={outcome === 'reached' ? 'filled' : 'default'}
                disabled={busy}
                onClick={() => run(() => caseApi.attempt(shown.id, outcome))}
              >
                {say(attemptKeys[outcome])}
              </Button>
            ))}
          </p>
        </section>
      );
    case 'relay':
      return (
        <section aria-labelledby="case-what">
          <h2 id="case-what">{details.village}</h2>
          <ol>
            {details.items.map(({ question, answer }, item) => (
              <Question key={item} {...{ shown, busy, run, item, question, answer }} />
            ))}
          </ol>
          <Loudspeaker caseId={shown.id} />
        </section>
      );
  }
}
