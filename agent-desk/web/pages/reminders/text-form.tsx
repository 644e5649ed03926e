import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk, useDebounced } from '../../state/hooks';
import {
  type Preview,
  type Purpose,
  type ReminderText,
  type Template,
  type TextValue,
  reminderApi,
} from '../../state/reminder-api';
import { phoneIn } from '../../words/phone';
import { purposeKeys, templateKey, variableKey } from '../../words/reminder-labels';
import { type Key, type Say, useWords } from '../../words/words';
import { bahtText } from './shared';

/** What an officer has typed of a text so far. */
export interface TextDraft {
  readonly purpose: Purpose;
  readonly template: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** `+66812345678` of a number as people type it. */
export const internationalPhone = (typed: string): string | undefined =>
  phoneIn(typed)?.replace(/^(?:\+?66|0)/u, '+66');

function valueOf(kind: string, typed: string): TextValue | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (kind === 'amount') {
    const satang = Math.round(Number(text.replaceAll(',', '')) * 100);
    return Number.isFinite(satang) && satang > 0 ? { kind: 'amount', satang } : undefined;
  }
  return kind === 'phone' ? { kind: 'phone', number: text } : { kind: 'text', text };
}

/** The text to send, once everything is filled in. */
export function textOf(draft: TextDraft, templates: readonly Template[]): ReminderText | undefined {
  const template = templates.find(each => each.id === draft.template);
  const values: Record<string, TextValue> = {};
  for (const { name, kind } of template?.variables ?? []) {
    const value = valueOf(kind, draft.fields[name] ?? '');
    if (!value) return undefined;
    values[name] = value;
  }
  return template && { template: template.id, values };
}

const faultKeys: readonly (readonly [RegExp, Key])[] = [
  [/link/u, 'rem.fault.link'],
  [/phones/u, 'rem.fault.phones'],
  [/long/u, 'rem.fault.long'],
  [/signs/u, 'rem.fault.signs'],
];
const faultText = (say: Say, fault: string): string =>
  say(faultKeys.find(([pattern]) => pattern.test(fault))?.[1] ?? 'rem.fault.other');

export function TextFields(props: {
  draft: TextDraft;
  purposes: readonly Purpose[];
  templates: readonly Template[];
  onChange: (draft: TextDraft) => void;
}): ReactNode {
  const { say } = useWords();
  const { draft, purposes, templates, onChange } = props;
  const fitting = templates.filter(each => each.purposes.includes(draft.purpose));
  const template = fitting.find(each => each.id === draft.template);
  const choosePurpose = (purpose: Purpose): void => {
    const first = templates.find(each => each.purposes.includes(purpose));
    onChange({ ...draft, purpose, template: first?.id ?? '' });
  };
  const set = (name: string, value: string): void =>
    onChange({ ...draft, fields: { ...draft.fields, [name]: value } });
  return (
    <>
      <div className="two">
        <NativeSelect
          label={say('rem.field.purpose')}
          value={draft.purpose}
          onChange={event => {
            const chosen = purposes.find(each => each === event.currentTarget.value);
            if (chosen) choosePurpose(chosen);
          }}
          data={purposes.map(value => ({ value, label: say(purposeKeys[value]) }))}
        />
        <NativeSelect
          label={say('rem.template')}
          value={draft.template}
          onChange={event => onChange({ ...draft, template: event.currentTarget.value })}
          data={fitting.map(({ id }) => ({ value: id, label: say(templateKey(id)) }))}
        />
      </div>
      {template?.variables.map(({ name, kind, maxUnits }) => {
        const common = {
          label: say(variableKey(name)),
          value: draft.fields[name] ?? '',
          ...(maxUnits === undefined ? {} : { maxLength: maxUnits }),
        };
        return name === 'text' ? (
          <Textarea
            key={name}
            {...common}
            autosize
            minRows={2}
            onChange={event => set(name, event.currentTarget.value)}
          />
        ) : (
          <TextInput
            key={name}
            {...common}
            {...(kind === 'text' ? {} : { inputMode: 'decimal' as const })}
            onChange={event => set(name, event.currentTarget.value)}
          />
        );
      })}
    </>
  );
}

function Shown({ preview }: { preview: Preview }): ReactNode {
  const { say } = useWords();
  if (preview.fault !== undefined)
    return (
      <p role="alert" className="warning">
        {say('rem.preview.fault', { fault: faultText(say, preview.fault) })}
      </p>
    );
  const { units = 0, segments = 0, costSatang = 0, spoken = '', hints } = preview;
  return (
    <>
      <p>{say('rem.preview.size', { units, segments, cost: bahtText(costSatang) })}</p>
      {hints.length > 0 ? (
        <p className="warning">
          {say('rem.preview.hints')}{' '}
          {hints
            .map(({ word, instead }) =>
              instead === ''
                ? say('rem.preview.leave-out', { word })
                : say('rem.preview.hint', { word, instead }),
            )
            .join(', ')}
        </p>
      ) : null}
      <details>
        <summary>{say('rem.preview.spoken')}</summary>
        <p className="spoken">{spoken}</p>
      </details>
    </>
  );
}

/** The text on a small phone, as it arrives; its size and price; and once to the officer's own number. */
export function TextPreview({
  text,
  dueAt,
}: {
  text: ReminderText | undefined;
  dueAt: number | undefined;
}): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const [own, setOwn] = useState('');
  const key = useDebounced(text ? JSON.stringify([text, dueAt]) : '', 300);
  const asked = useAsk(key === '' ? undefined : key, () => {
    if (!text) throw new TypeError('asked for a preview of nothing');
    return reminderApi.preview(text, dueAt);
  });
  const phone = internationalPhone(own);
  const preview = text ? asked.data : undefined;
  const test = (): void => {
    if (!text || !phone) return;
    reminderApi.test(text, phone, dueAt).then(
      () => tell.done(say('rem.test.sent')),
      (error: unknown) => tell.refused(codeOf(error)),
    );
  };
  return (
    <section className="preview" aria-labelledby="preview-name">
      <h2 id="preview-name">{say('rem.preview')}</h2>
      <div className="feature-phone">
        <div className="feature-screen" aria-live="polite">
          {preview?.text ?? say('rem.preview.wait')}
        </div>
        <div className="feature-keys" aria-hidden>
          {['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'].map(each => (
            <span key={each}>{each}</span>
          ))}
        </div>
      </div>
      {preview ? <Shown preview={preview} /> : null}
      <form
        className="test-send"
        onSubmit={event => {
          event.preventDefault();
          test();
        }}
      >
        <TextInput
          label={say('rem.test.phone')}
          inputMode="tel"
          value={own}
          error={own.trim() !== '' && !phone ? say('rem.field.bad-phone') : null}
          onChange={event => setOwn(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!phone || preview?.text === undefined}>
          {say('rem.test')}
        </Button>
      </form>
    </section>
  );
}
