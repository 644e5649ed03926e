import { Button, TextInput, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type EntryContent, type Problem } from '../../state/knowledge-api';
import { fieldText } from '../../words/entry-fields';
import { useWords } from '../../words/words';
import { EntitlementFields } from './entitlement-fields';

/** Fields of an entry that have a place of their own; all others are edited in the whole text below them. */
const fields = [
  { name: 'name', kind: 'text' },
  { name: 'answer', kind: 'text' },
  { name: 'eligibility', kind: 'lines' },
  { name: 'documents', kind: 'lines' },
  { name: 'where', kind: 'lines' },
  { name: 'hours', kind: 'text' },
  { name: 'fee', kind: 'text' },
  { name: 'duration', kind: 'text' },
  { name: 'steps', kind: 'lines' },
  { name: 'synonyms', kind: 'lines' },
  { name: 'readAloud', kind: 'text' },
] as const;
const languages = ['th', 'en'] as const;
type Field = (typeof fields)[number];

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(content: EntryContent, { name }: Field, language: string): string {
  const value = content[name];
  const text = isTree(value) ? value[language] : undefined;
  if (Array.isArray(text)) return text.join('\n');
  return typeof text === 'string' ? text : '';
}

/** The content with one text of it changed; empty English is left out, an empty text in Thai says that nothing is known. */
function changed(content: EntryContent, { name, kind }: Field, language: string, text: string): EntryContent {
  const before = content[name];
  const { [language]: _old, ...others } = isTree(before) ? before : {};
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const value = kind === 'lines' ? lines : text;
  const keeps = language === 'th' || (kind === 'lines' ? lines.length > 0 : text !== '');
  const next = keeps ? { ...others, [language]: value } : others;
  const unknown = ['hours', 'fee', 'duration', 'readAloud'].includes(name) && next['th'] === '';
  return { ...content, [name]: unknown ? null : next };
}

function Whole({
  content,
  onChange,
}: {
  content: EntryContent;
  onChange: (content: EntryContent) => void;
}): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState(() => JSON.stringify(content, null, 2));
  const [wrong, setWrong] = useState(false);
  return (
    <details
      onToggle={event => {
        if (event.currentTarget.open) setText(JSON.stringify(content, null, 2));
      }}
    >
      <summary>{say('knowledge.whole')}</summary>
      <Textarea
        aria-label={say('knowledge.whole')}
        autosize
        minRows={8}
        maxRows={30}
        value={text}
        error={wrong ? say('knowledge.not-json') : undefined}
        onChange={event => {
          const given = event.currentTarget.value;
          setText(given);
          try {
            const read: unknown = JSON.parse(given);
            setWrong(!isTree(read));
            if (isTree(read)) onChange(read);
          } catch {
            setWrong(true);
          }
        }}
      />
    </details>
  );
}

/** Writing one entry: its texts in both languages, and why it was changed. */
export function EntryForm({
  id,
  content: given,
  problems,
  onSave,
}: {
  id: string;
  content: EntryContent;
  problems: readonly Problem[];
  onSave: (content: EntryContent, why: string) => void;
}): ReactNode {
  const { say } = useWords();
  const [content, setContent] = useState(given);
  const [why, setWhy] = useState('');
  const problemAt = (field: string): string | undefined =>
    problems.find(each => each.field === field || each.field.startsWith(`${field}.`))?.problem;
  return (
    <form
      className="form"
      onSubmit={event => {
        event.preventDefault();
        onSave(content, why.trim());
      }}
    >
      {problems.length > 0 ? (
        <ul role="alert" className="warning">
          {problems.map(each => (
            <li key={`${each.field} ${each.problem}`}>
              {fieldText(say, each.field)}: {each.problem}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="entry-texts">
        {fields.flatMap(field =>
          languages.map(language => (
            <Textarea
              key={`${field.name}.${language}`}
              label={`${say(`knowledge.field.${field.name}`)} (${say(`knowledge.language.${language}`)})`}
              description={field.kind === 'lines' ? say('knowledge.one-a-line') : undefined}
              autosize
              minRows={1}
              value={shown(content, field, language)}
              error={problemAt(`${field.name}.${language}`)}
              onChange={event => setContent(changed(content, field, language, event.currentTarget.value))}
            />
          )),
        )}
      </div>
      <EntitlementFields id={id} content={content} onChange={setContent} />
      <Whole content={content} onChange={setContent} />
      <TextInput
        label={say('knowledge.why')}
        required
        minLength={3}
        value={why}
        onChange={event => setWhy(event.currentTarget.value)}
      />
      <Button type="submit" disabled={why.trim().length < 3}>
        {say('knowledge.save')}
      </Button>
    </form>
  );
}
