import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from './date-field';
import { caseApi } from '../state/case-api';
import type { CaseAct } from '../state/case-schemas';
import { fromLocalInput } from '../words/dates';
import { useWords } from '../words/words';
import type { CasePartProps } from './case-details';
import { Options } from './options';

const acts = ['tell', 'ask-person', 'answer', 'note', 'delay', 'refuse'] as const;
type ActName = (typeof acts)[number];

const labelKeys = {
  tell: 'act.tell',
  'ask-person': 'act.ask-person',
  answer: 'act.answer',
  note: 'act.note',
  delay: 'act.delay',
  refuse: 'act.refuse',
} as const satisfies Readonly<Record<ActName, string>>;

function actOf(name: ActName, text: string, more: string): CaseAct | undefined {
  const said = text.trim();
  if (!said) return undefined;
  switch (name) {
    case 'tell':
    case 'answer':
    case 'note':
      return { kind: name, text: said };
    case 'ask-person':
      return {
        kind: name,
        needs: said
          .split(/\n+/u)
          .map(line => line.trim())
          .filter(Boolean),
      };
    case 'refuse':
      return more.trim() ? { kind: name, reasons: said, appeal: more.trim() } : undefined;
    case 'delay': {
      const newDueAt = fromLocalInput(more);
      return newDueAt === undefined ? undefined : { kind: name, why: said, newDueAt };
    }
  }
}

/** Steps to finish, and one thing to say or do; a refusal cannot be sent without its reasons and how to appeal. */
export function CaseActs({ shown, busy, run }: CasePartProps): ReactNode {
  const { say, language } = useWords();
  const [name, setName] = useState<ActName>('tell');
  const [text, setText] = useState('');
  const [more, setMore] = useState('');
  const ended = ['answered', 'refused', 'withdrawn'].includes(shown.state);
  const now = shown.steps.filter(step => step.startedAt !== undefined && step.doneAt === undefined);
  const act = actOf(name, text, more);
  return (
    <section aria-labelledby="case-work">
      <h2 id="case-work">{say('case.work')}</h2>
      {ended ? <p className="quiet">{say('case.ended')}</p> : null}
      {ended ? null : (
        <p className="form-row">
          <Button disabled={busy} onClick={() => run(() => caseApi.act(shown.id, { kind: 'take' }))}>
            {say('act.take')}
          </Button>
          {now.map(step => (
            <Button
              key={step.id}
              variant="default"
              disabled={busy}
              onClick={() => run(() => caseApi.act(shown.id, { kind: 'finish-step', step: step.id }))}
            >
              {say('act.finish', { step: step.name[language] ?? step.name.th })}
            </Button>
          ))}
        </p>
      )}
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          if (!act || busy) return;
          run(async () => {
            await caseApi.act(shown.id, act);
            setText('');
            setMore('');
          });
        }}
      >
        <Options
          label={say('act.which')}
          value={name}
          onChange={setName}
          options={acts
            .filter(each => !ended || each === 'note' || each === 'tell')
            .map(value => ({ value, label: say(labelKeys[value]) }))}
        />
        <Textarea
          label={say(name === 'refuse' ? 'act.reasons' : name === 'delay' ? 'act.why' : 'act.text')}
          autosize
          minRows={3}
          required
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        {name === 'refuse' ? (
          <Textarea
            label={say('act.appeal')}
            autosize
            minRows={2}
            required
            value={more}
            onChange={event => setMore(event.currentTarget.value)}
          />
        ) : null}
        {name === 'delay' ? (
          <DateField of="moment" label={say('act.new-date')} required value={more} onChange={setMore} />
        ) : null}
        <div className="form-end">
          <Button type="submit" disabled={busy || !act}>
            {say('act.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
