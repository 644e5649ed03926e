import { Button, Checkbox, NativeSelect, NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Rule, RuleTest } from '../../../../core';
import type { Fact } from '../../state/rules-api';
import {
  type Comparison,
  boundKeys,
  bounds,
  comparisonOf,
  inWords,
  testOf,
  unwrapped,
} from '../../words/rule-text';
import { useWords } from '../../words/words';

interface Part<T> {
  readonly facts: readonly Fact[];
  readonly rule: T;
  readonly onChange: (rule: Rule) => void;
  /** Absent where it is the only one. */
  readonly onRemove?: (() => void) | undefined;
}

/** How a fact is asked first: by yes, by its first value, or from its lowest number on. */
function firstTest({ id: fact, kind, values }: Fact): RuleTest {
  if (kind === 'number') return testOf({ fact, by: '>=', bound: 0 });
  return testOf({ fact, by: 'is', values: [kind === 'yes-no' ? 'yes' : (values[0]?.id ?? '')] });
}

function Remove({ onRemove }: { onRemove?: (() => void) | undefined }): ReactNode {
  const { say } = useWords();
  return onRemove ? (
    <Button variant="subtle" color="red" onClick={onRemove}>
      {say('knowledge.rule.remove')}
    </Button>
  ) : null;
}

/** Numbers of a fact: from, up to, or between. */
function NumberTest({
  comparison,
  onChange,
}: {
  comparison: Exclude<Comparison, { by: 'is' }>;
  onChange: (comparison: Comparison) => void;
}): ReactNode {
  const { say } = useWords();
  const { fact, by } = comparison;
  const [low, high] = by === 'between' ? comparison.bounds : [comparison.bound, comparison.bound];
  const made = (how: (typeof bounds)[number], from: number, to: number): Comparison =>
    how === 'between' ? { fact, by: how, bounds: [from, to] } : { fact, by: how, bound: from };
  return (
    <>
      <NativeSelect
        aria-label={say('knowledge.rule.compare')}
        value={by}
        onChange={event =>
          onChange(made(bounds.find(each => each === event.currentTarget.value) ?? '>=', low, high))
        }
        data={bounds.map(value => ({ value, label: say(boundKeys[value]) }))}
      />
      <NumberInput
        aria-label={say('knowledge.rule.number')}
        value={low}
        min={0}
        thousandSeparator=","
        onChange={value => onChange(made(by, Number(value), high))}
      />
      {by === 'between' ? (
        <NumberInput
          aria-label={say('knowledge.rule.number-to')}
          value={high}
          min={0}
          thousandSeparator=","
          onChange={value => onChange(made(by, low, Number(value)))}
        />
      ) : null}
    </>
  );
}

/** One test of one fact, or its opposite. */
function TestRow({
  facts,
  rule,
  not,
  onChange,
  onRemove,
}: Part<RuleTest> & { readonly not: boolean }): ReactNode {
  const { say, language } = useWords();
  const comparison = comparisonOf(rule);
  const fact = facts.find(({ id }) => id === comparison.fact);
  const put = (test: RuleTest, opposite: boolean): void => onChange(opposite ? { '!': [test] } : test);
  return (
    <div className="rule-test">
      <NativeSelect
        aria-label={say('knowledge.rule.fact')}
        value={comparison.fact}
        onChange={event => {
          const chosen = facts.find(({ id }) => id === event.currentTarget.value);
          if (chosen) put(firstTest(chosen), false);
        }}
        data={facts.map(({ id, label }) => ({ value: id, label: inWords(label, language) }))}
      />
      <NativeSelect
        aria-label={say('knowledge.rule.is-or-not')}
        value={not ? 'not' : 'is'}
        onChange={event => put(rule, event.currentTarget.value === 'not')}
        data={[
          { value: 'is', label: say('knowledge.rule.is') },
          { value: 'not', label: say('knowledge.rule.is-not') },
        ]}
      />
      {comparison.by !== 'is' ? (
        <NumberTest comparison={comparison} onChange={next => put(testOf(next), not)} />
      ) : fact?.kind === 'choice' ? (
        <Checkbox.Group
          aria-label={say('knowledge.rule.values')}
          value={[...comparison.values]}
          onChange={values => {
            if (values.length > 0) put(testOf({ ...comparison, values }), not);
          }}
        >
          <div className="rule-values">
            {fact.values.map(({ id, label }) => (
              <Checkbox key={id} value={id} label={inWords(label, language)} />
            ))}
          </div>
        </Checkbox.Group>
      ) : null}
      <Remove onRemove={onRemove} />
    </div>
  );
}

/** Several parts of which all, or any one, must hold. */
function Group({
  facts,
  rule,
  not,
  onChange,
  onRemove,
}: Part<{ readonly and: readonly Rule[] } | { readonly or: readonly Rule[] }> & {
  readonly not: boolean;
}): ReactNode {
  const { say } = useWords();
  const parts = 'and' in rule ? rule.and : rule.or;
  const of = 'and' in rule ? 'and' : 'or';
  const put = (next: readonly Rule[], how = `${not ? 'not-' : ''}${of}`): void => {
    const group = how.endsWith('and') ? { and: next } : { or: next };
    onChange(how.startsWith('not-') ? { '!': [group] } : group);
  };
  const [first] = facts;
  return (
    <fieldset className="rule-group">
      <legend>{say('knowledge.rule.group')}</legend>
      <div className="rule-test">
        <NativeSelect
          aria-label={say('knowledge.rule.group')}
          value={`${not ? 'not-' : ''}${of}`}
          onChange={event => put(parts, event.currentTarget.value)}
          data={(['and', 'or', 'not-and', 'not-or'] as const).map(value => ({
            value,
            label: say(`knowledge.rule.group.${value}`),
          }))}
        />
        <Remove onRemove={onRemove} />
      </div>
      {parts.map((part, at) => (
        <RuleEditor
          // Parts have no name of their own; their place is all that tells them apart.
          key={at}
          facts={facts}
          rule={part}
          onChange={next => put(parts.with(at, next))}
          {...(parts.length > 1 ? { onRemove: () => put(parts.toSpliced(at, 1)) } : {})}
        />
      ))}
      {first ? (
        <div className="rule-test">
          <Button variant="default" onClick={() => put([...parts, firstTest(first)])}>
            {say('knowledge.rule.add')}
          </Button>
          <Button variant="default" onClick={() => put([...parts, { or: [firstTest(first)] }])}>
            {say('knowledge.rule.add-group')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

/** A rule as fields: what is asked of whom, without a bracket. */
export function RuleEditor({ facts, rule, onChange, onRemove }: Part<Rule>): ReactNode {
  const { say } = useWords();
  const { not, inner } = unwrapped(rule);
  const rest = { facts, not, onChange, onRemove };
  if (typeof inner === 'boolean')
    return (
      <div className="rule-test">
        {say(inner === not ? 'knowledge.rule.nobody' : 'knowledge.rule.everybody')}
        <Remove onRemove={onRemove} />
      </div>
    );
  if ('and' in inner || 'or' in inner) return <Group {...rest} rule={inner} />;
  return '!' in inner ? null : <TestRow {...rest} rule={inner} />;
}
