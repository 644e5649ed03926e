import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Options } from '../../parts/options';
import { LanguageChoice } from '../../parts/settings';
import type { Officer } from '../../state/schemas';
import { useWords } from '../../words/words';
import { Completeness } from './completeness';
import { EntryList } from './entry-list';
import { EntryPage, writes } from './entry-page';
import { Feedback } from './feedback';
import { Files } from './files';
import { NewEntry } from './new-entry';
import { Publications } from './publications';
import { Questions } from './questions';
import { SamplesPart } from './samples-part';

const parts = [
  'entries',
  'completeness',
  'feedback',
  'questions',
  'samples',
  'publications',
  'files',
] as const;
type Part = (typeof parts)[number];

export const keepsKnowledge = ({ role }: Officer): boolean =>
  role === 'editor' || role === 'reviewer' || role === 'admin';

/** Where editors and reviewers work: with texts, never with people's conversations. */
export function KnowledgePage({
  officer,
  onLeave,
  onSignOut,
}: {
  officer: Officer;
  /** Back to the desk, for those who have one. */
  onLeave?: () => void;
  onSignOut: () => void;
}): ReactNode {
  const { say } = useWords();
  const [part, setPart] = useState<Part>('entries');
  const [open, setOpen] = useState<string>();
  const [begins, setBegins] = useState(false);
  return (
    <main className="page knowledge">
      <header className="page-head">
        <h1>{say('knowledge.title')}</h1>
        <span className="quiet">
          {officer.name} · {say(`role.${officer.role}`)}
        </span>
        <LanguageChoice />
        {onLeave ? (
          <Button variant="default" onClick={onLeave}>
            {say('knowledge.leave')}
          </Button>
        ) : null}
        <Button variant="default" component="a" href="#security">
          {say('menu.security')}
        </Button>
        <Button variant="default" onClick={onSignOut}>
          {say('menu.sign-out')}
        </Button>
      </header>
      {begins ? (
        <NewEntry
          onLeave={() => setBegins(false)}
          onMade={id => {
            setBegins(false);
            setOpen(id);
          }}
        />
      ) : open === undefined ? (
        <>
          <Options
            label={say('knowledge.part')}
            value={part}
            onChange={setPart}
            options={parts.map(value => ({ value, label: say(`knowledge.part.${value}`) }))}
          />
          {part === 'entries' ? (
            <EntryList onOpen={setOpen} {...(writes(officer) ? { onNew: () => setBegins(true) } : {})} />
          ) : null}
          {part === 'completeness' ? <Completeness onOpen={setOpen} /> : null}
          {part === 'feedback' ? <Feedback onOpen={setOpen} /> : null}
          {part === 'questions' ? <Questions officer={officer} onOpen={setOpen} /> : null}
          {part === 'samples' ? <SamplesPart onOpen={setOpen} /> : null}
          {part === 'publications' ? <Publications officer={officer} onOpen={setOpen} /> : null}
          {part === 'files' ? <Files officer={officer} /> : null}
        </>
      ) : (
        <EntryPage id={open} officer={officer} onLeave={() => setOpen(undefined)} />
      )}
    </main>
  );
}
