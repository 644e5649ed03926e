import { type ReactNode, useState } from 'react';
import { Switch } from '@mantine/core';
import type { SampleResult, Samples } from '../../state/rules-api';
import { inWords } from '../../words/rule-text';
import { type Key, useWords } from '../../words/words';

type Mark = 'gained' | 'lost' | 'same' | 'none';
const markOf = (result: SampleResult | undefined): Mark => {
  const { before = false, after = false } = result ?? {};
  return before === after ? (after ? 'same' : 'none') : after ? 'gained' : 'lost';
};
const signs: Readonly<Record<Mark, string>> = { gained: '+', lost: '−', same: '✓', none: '·' };
const markKeys: Readonly<Record<Mark, Key>> = {
  gained: 'knowledge.sample.gained',
  lost: 'knowledge.sample.lost',
  same: 'knowledge.sample.same',
  none: 'knowledge.sample.none',
};
const changes = (result: SampleResult): boolean => result.before !== result.after;

/** Whether one service is shown to one person; and a warning where whoever wrote the person down expects otherwise. */
function Cell({ result, name }: { result: SampleResult | undefined; name: string }): ReactNode {
  const { say } = useWords();
  const mark = markOf(result);
  const unexpected = result?.expected !== undefined && result.expected !== result.after;
  return (
    <td data-label={name} data-mark={mark} data-empty={(mark === 'none' && !unexpected) || undefined}>
      <span className="mark">
        <b aria-hidden>{signs[mark]}</b> {say(markKeys[mark])}
      </span>
      {unexpected ? (
        <span className="warning">
          {say(result.expected ? 'knowledge.sample.should' : 'knowledge.sample.should-not')}
        </span>
      ) : null}
    </td>
  );
}

/** Who somebody is; what is answered alike stands in one line. */
function Facts({ facts }: { facts: Samples['people'][number]['facts'] }): ReactNode {
  const { language } = useWords();
  const said = facts.map(({ label, value }) => [inWords(label, language), inWords(value, language)] as const);
  return [...new Set(said.map(([, value]) => value))].map(value => {
    const labels = said.flatMap(([label, each]) => (each === value ? [label] : []));
    return (
      <li key={value}>{labels.length > 1 ? `${value}: ${labels.join(' · ')}` : `${labels[0]}: ${value}`}</li>
    );
  });
}

/** Sample people and what the quizzes show them, before and after: what a change of rules does to whom. */
export function SampleTable({ samples }: { samples: Samples }): ReactNode {
  const { say, language } = useWords();
  const [all, setAll] = useState(false);
  const names = new Map(samples.services.map(({ id, name }) => [id, inWords(name, language)]));
  const changed = new Set(
    samples.people.flatMap(({ results }) => results.filter(changes).map(({ service }) => service)),
  );
  for (const { id } of samples.drafts) changed.add(id);
  const columns = [...changed];
  const touched = samples.people.filter(({ results }) => results.some(changes));
  const shown = all ? samples.people : touched;
  return (
    <section aria-label={say('knowledge.part.samples')} className="sample-part">
      <p role="status">
        {touched.length > 0
          ? say('knowledge.sample.changes', { count: touched.length, of: samples.people.length })
          : say('knowledge.sample.no-changes', { of: samples.people.length })}
      </p>
      <Switch
        label={say('knowledge.sample.all')}
        checked={all}
        onChange={event => setAll(event.currentTarget.checked)}
      />
      {shown.length > 0 ? (
        <table className="contacts samples">
          <thead>
            <tr>
              <th scope="col">{say('knowledge.sample.person')}</th>
              {columns.map(id => (
                <th key={id} scope="col">
                  {names.get(id)}
                </th>
              ))}
              <th scope="col">{say('knowledge.sample.others')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ name, quiz, facts, results }) => {
              const others = results.filter(({ service, after }) => after && !changed.has(service));
              return (
                <tr key={name}>
                  <th scope="row">
                    <details>
                      <summary>{name}</summary>
                      <ul className="quiet">
                        <li>{say('knowledge.sample.quiz', { quiz: inWords(quiz, language) })}</li>
                        <Facts facts={facts} />
                      </ul>
                    </details>
                  </th>
                  {columns.map(id => (
                    <Cell
                      key={id}
                      name={names.get(id) ?? id}
                      result={results.find(({ service }) => service === id)}
                    />
                  ))}
                  <td data-label={say('knowledge.sample.others')}>
                    <details>
                      <summary>{say('knowledge.sample.count', { count: others.length })}</summary>
                      <ul>
                        {others.map(({ service }) => (
                          <li key={service}>{names.get(service)}</li>
                        ))}
                      </ul>
                    </details>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
