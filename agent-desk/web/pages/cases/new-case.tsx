import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { WayIcon } from '../../parts/icons';
import { Options } from '../../parts/options';
import { PersonField } from '../../parts/person-field';
import { TopicField } from '../../parts/topic-field';
import { codeOf } from '../../state/api';
import { contactsChanged } from '../../state/desk-context';
import {
  type CaseDraft,
  type ServicePapers,
  blankCase,
  fileCase,
  filedKinds,
  isReady,
  lacksTopic,
  servicePapers,
} from '../../state/case-filing';
import { go } from '../../state/route';
import { caseKindKeys } from '../../words/case-labels';
import { wayKeys } from '../../words/labels';
import { useWords } from '../../words/words';
import { type Filed, FiledCase, Summary } from './filed-case';
import { Refusal } from '../../parts/problem';

const ways = ['walk-in', 'call'] as const;

/** What the service needs, ticked off with the citizen; what is missing is asked for in the case. */
function Papers(props: {
  papers: ServicePapers;
  brought: readonly string[];
  onChange: (brought: readonly string[]) => void;
}): ReactNode {
  const { say } = useWords();
  const { papers, brought } = props;
  return (
    <>
      {papers.documents.length > 0 ? (
        <fieldset className="papers">
          <legend>{say('new-case.papers')}</legend>
          <small className="quiet">{say('new-case.papers-help')}</small>
          {papers.documents.map(name => (
            <Checkbox
              key={name}
              label={name}
              checked={brought.includes(name)}
              onChange={({ currentTarget: { checked } }) =>
                props.onChange(checked ? [...brought, name] : brought.filter(each => each !== name))
              }
            />
          ))}
        </fieldset>
      ) : null}
      {papers.steps.length > 0 ? (
        <details className="papers">
          <summary>{say('new-case.steps')}</summary>
          <ol>
            {papers.steps.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </details>
      ) : null}
      {papers.forms.length > 0 ? (
        <details className="papers">
          <summary>{say('new-case.forms')}</summary>
          <dl>
            {papers.forms.map(({ form, part, how }) => (
              <div key={`${form} ${part}`}>
                <dt>
                  {form} · {part}
                </dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}

function Form(props: {
  draft: CaseDraft;
  papers: ServicePapers | undefined;
  onChange: (part: Partial<CaseDraft>) => void;
  onReady: () => void;
}): ReactNode {
  const { say } = useWords();
  const { draft, papers, onChange } = props;
  const [lacks, setLacks] = useState(false);
  return (
    <form
      className="form"
      aria-labelledby="new-case-title"
      onSubmit={event => {
        event.preventDefault();
        setLacks(!isReady(draft));
        if (isReady(draft)) props.onReady();
      }}
      onKeyDown={event => {
        if (event.ctrlKey && event.key === 'Enter') event.currentTarget.requestSubmit();
        else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <header>
        <h1 id="new-case-title">{say('new-case.title')}</h1>
        <p className="quiet">{say('new-case.lead')}</p>
      </header>
      <Options
        label={say('log.way')}
        value={draft.way}
        onChange={way => onChange({ way })}
        options={ways.map(value => ({ value, label: say(wayKeys[value]), icon: <WayIcon way={value} /> }))}
      />
      <PersonField value={draft.person} onChange={person => onChange({ person })} />
      <TextInput
        label={`${say('new-case.on-behalf')} (${say('field.optional')})`}
        placeholder={say('new-case.on-behalf-example')}
        maxLength={200}
        value={draft.onBehalfOf}
        onChange={event => onChange({ onBehalfOf: event.currentTarget.value })}
      />
      <Options
        label={say('new-case.kind')}
        value={draft.kind}
        onChange={kind => onChange({ kind })}
        options={filedKinds.map(value => ({ value, label: say(caseKindKeys[value]) }))}
      />
      <TopicField value={draft.topic} onChange={topic => onChange({ topic, brought: [] })} />
      {lacks && lacksTopic(draft) ? <p className="warning">{say('new-case.topic-missing')}</p> : null}
      {papers ? (
        <Papers papers={papers} brought={draft.brought} onChange={brought => onChange({ brought })} />
      ) : null}
      <Textarea
        label={say('new-case.what')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        value={draft.what}
        error={lacks && !draft.what.trim() ? say('new-case.what-missing') : null}
        onChange={event => onChange({ what: event.currentTarget.value })}
      />
      <TextInput
        label={`${say('new-case.where')} (${say('field.optional')})`}
        maxLength={500}
        value={draft.where}
        onChange={event => onChange({ where: event.currentTarget.value })}
      />
      <TextInput
        label={`${say('new-case.when')} (${say('field.optional')})`}
        maxLength={200}
        value={draft.when}
        onChange={event => onChange({ when: event.currentTarget.value })}
      />
      <Checkbox
        label={say('new-case.notice')}
        checked={draft.told}
        error={lacks && !draft.told ? say('new-case.notice-missing') : null}
        onChange={event => onChange({ told: event.currentTarget.checked })}
      />
      <div className="form-end">
        <Button variant="default" onClick={() => go({ page: 'cases' })}>
          {say('case.back')}
        </Button>
        <Button type="submit" size="md">
          {say('new-case.check')}
        </Button>
      </div>
    </form>
  );
}

/** A matter of somebody at the counter or on the phone: written down, read back, filed, and its number given. */
export function NewCase(): ReactNode {
  const { language } = useWords();
  const [draft, setDraft] = useState(blankCase);
  const [papers, setPapers] = useState<ServicePapers>();
  const [stage, setStage] = useState<'form' | 'summary' | Filed>('form');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const topicId = draft.topic?.id;
  const missing = papers?.documents.filter(name => !draft.brought.includes(name)) ?? [];

  useEffect(() => {
    setPapers(undefined);
    if (!topicId?.startsWith('service:')) return undefined;
    let current = true;
    servicePapers(topicId.slice('service:'.length), language).then(
      found => {
        if (current) setPapers(found);
      },
      (error: unknown) => setProblem(codeOf(error)),
    );
    return () => {
      current = false;
    };
  }, [topicId, language]);

  async function file(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const outcome = await fileCase(draft, draft.brought.length > 0 ? missing : []);
      contactsChanged();
      setStage(outcome);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="page log-page">
      {stage === 'form' ? (
        <Form
          draft={draft}
          papers={papers}
          onChange={part => setDraft(before => ({ ...before, ...part }))}
          onReady={() => setStage('summary')}
        />
      ) : stage === 'summary' ? (
        <Summary
          draft={draft}
          missing={draft.brought.length > 0 ? missing : []}
          busy={busy}
          onBack={() => setStage('form')}
          onFile={() => void file()}
        />
      ) : (
        <FiledCase
          filed={stage}
          draft={draft}
          onNext={() => {
            setDraft(blankCase());
            setStage('form');
          }}
        />
      )}
      <Refusal code={problem} />
    </div>
  );
}
