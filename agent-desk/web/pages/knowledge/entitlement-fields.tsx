import { Button, NumberInput, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Rule } from '../../../../core';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import type { EntryContent } from '../../state/knowledge-api';
import {
  type Entitlement,
  type Fact,
  type Samples,
  entitlement as schema,
  rulesApi,
} from '../../state/rules-api';
import { inWords, ruleText, unwrapped } from '../../words/rule-text';
import { useSorry, useWords } from '../../words/words';
import { RuleEditor } from './rule-editor';
import { SampleTable } from './sample-table';

type Condition = Entitlement['conditions'][number];

/** The rules as they are now, for reading. */
export function RulesInWords({ rules, facts }: { rules: Entitlement; facts: readonly Fact[] }): ReactNode {
  const { say, language } = useWords();
  return (
    <ul>
      {rules.conditions.map(({ rule, because }) => (
        <li key={because.th}>
          {inWords(because, language)} <span className="quiet">{ruleText(rule, facts, say, language)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A single test as a group of one, which can grow. */
function grouped(rule: Rule): Rule {
  const { inner } = unwrapped(rule);
  return typeof inner === 'object' && ('and' in inner || 'or' in inner) ? rule : { or: [rule] };
}

function ConditionFields({
  number,
  facts,
  condition,
  onChange,
  onRemove,
}: {
  number: number;
  facts: readonly Fact[];
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
}): ReactNode {
  const { say } = useWords();
  const { rule, because } = condition;
  return (
    <fieldset className="rule-condition">
      <legend>{say('knowledge.rule.condition', { number })}</legend>
      <TextInput
        label={say('knowledge.rule.because')}
        value={because.th}
        onChange={event => onChange({ rule, because: { ...because, th: event.currentTarget.value } })}
      />
      <TextInput
        label={say('knowledge.rule.because-en')}
        value={because.en ?? ''}
        onChange={event => {
          const en = event.currentTarget.value;
          onChange({ rule, because: en === '' ? { th: because.th } : { th: because.th, en } });
        }}
      />
      <RuleEditor facts={facts} rule={grouped(rule)} onChange={next => onChange({ rule: next, because })} />
      {onRemove ? (
        <Button variant="subtle" color="red" onClick={onRemove}>
          {say('knowledge.rule.remove-condition')}
        </Button>
      ) : null}
    </fieldset>
  );
}

function Fields({
  rules,
  facts,
  onChange,
}: {
  rules: Entitlement;
  facts: readonly Fact[];
  onChange: (rules: Entitlement) => void;
}): ReactNode {
  const { say } = useWords();
  const { conditions } = rules;
  const put = (next: readonly Condition[]): void => onChange({ ...rules, conditions: [...next] });
  return (
    <div className="form">
      {conditions.map((condition, at) => (
        <ConditionFields
          // Conditions have no name of their own.
          key={at}
          number={at + 1}
          facts={facts}
          condition={condition}
          onChange={next => put(conditions.with(at, next))}
          {...(conditions.length > 1 ? { onRemove: () => put(conditions.toSpliced(at, 1)) } : {})}
        />
      ))}
      <div className="row">
        <Button variant="default" onClick={() => put([...conditions, freshCondition(facts)])}>
          {say('knowledge.rule.add-condition')}
        </Button>
      </div>
      <NumberInput
        label={say('knowledge.rule.weight')}
        description={say('knowledge.rule.weight.hint')}
        value={rules.weight}
        min={1}
        max={9}
        onChange={value => onChange({ ...rules, weight: Number(value) })}
      />
      <TextInput
        label={say('knowledge.field.source')}
        value={rules.source}
        onChange={event => onChange({ ...rules, source: event.currentTarget.value })}
      />
    </div>
  );
}

const freshCondition = (facts: readonly Fact[]): Condition => ({
  rule: { or: [{ var: facts.find(({ kind }) => kind === 'yes-no')?.id ?? '' }] },
  because: { th: '' },
});

/** Who the quizzes show the service to; tried on sample people before anything is saved. */
export function EntitlementFields({
  id,
  content,
  onChange,
}: {
  id: string;
  content: EntryContent;
  onChange: (content: EntryContent) => void;
}): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const tell = useTell();
  const { data, code } = useAsk(id, () => rulesApi.of(id));
  const [samples, setSamples] = useState<Samples>();
  const { entitlement: _old, ...others } = content;
  const written = schema.nullable().optional().safeParse(content['entitlement']).data;
  const put = (entitlement: Entitlement | null | undefined): void => {
    setSamples(undefined);
    onChange(entitlement === undefined ? others : { ...others, entitlement });
  };
  const attempt = (): void => {
    if (written === undefined) return;
    rulesApi.try(id, written).then(
      ({ problems, ...tried }) => {
        setSamples(problems.length > 0 ? undefined : tried);
        for (const each of problems) tell.beware(each.problem);
      },
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  if (code) return <p role="alert">{sorry(code)}</p>;
  if (!data) return null;
  const { facts, entitlement: inForce } = data;
  const begin = inForce ?? { weight: 5, conditions: [freshCondition(facts)], source: '' };
  return (
    <details className="rules">
      <summary>{say('knowledge.rules')}</summary>
      {written === undefined ? (
        <>
          <p>{say(inForce ? 'knowledge.rules.in-force' : 'knowledge.rules.none')}</p>
          {inForce ? <RulesInWords rules={inForce} facts={facts} /> : null}
          <div className="row">
            <Button variant="default" onClick={() => put(begin)}>
              {say(inForce ? 'knowledge.rules.edit' : 'knowledge.rules.begin')}
            </Button>
            {inForce ? (
              <Button variant="default" onClick={() => put(null)}>
                {say('knowledge.rules.leave')}
              </Button>
            ) : null}
          </div>
        </>
      ) : (
        <>
          {written === null ? (
            <p>{say('knowledge.rules.left')}</p>
          ) : (
            <Fields rules={written} facts={facts} onChange={put} />
          )}
          <div className="row">
            <Button variant="default" onClick={attempt}>
              {say('knowledge.rules.try')}
            </Button>
            <Button variant="default" onClick={() => put(undefined)}>
              {say('knowledge.rules.undo')}
            </Button>
          </div>
          {samples ? <SampleTable samples={samples} /> : null}
        </>
      )}
    </details>
  );
}
