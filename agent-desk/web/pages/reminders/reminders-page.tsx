import { type ReactNode } from 'react';
import { Options } from '../../parts/options';
import { useDesk } from '../../state/desk-context';
import { type ReminderPart, go, reminderParts } from '../../state/route';
import { useWords } from '../../words/words';
import { CampaignPage } from './campaign-page';
import { CampaignsPart } from './campaigns-part';
import { ImportPart } from './import-part';
import { LettersPart } from './letters-part';
import { ListPart } from './list-part';
import { NewPart } from './new-part';

const partKeys = {
  list: 'rem.part.list',
  new: 'rem.part.new',
  import: 'rem.part.import',
  campaigns: 'rem.part.campaigns',
  letters: 'rem.part.letters',
} as const satisfies Readonly<Record<ReminderPart, string>>;

function Part({ part, id }: { part: ReminderPart; id: string | undefined }): ReactNode {
  switch (part) {
    case 'list':
      return <ListPart />;
    case 'new':
      return <NewPart />;
    case 'import':
      return <ImportPart />;
    case 'campaigns':
      return id === undefined ? <CampaignsPart /> : <CampaignPage key={id} id={id} />;
    case 'letters':
      return <LettersPart />;
  }
}

/** Dated messages to people: a calendar of them, one by one or from a file, and campaigns to many. */
export default function RemindersPage({
  part,
  id,
}: {
  part: ReminderPart;
  id: string | undefined;
}): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  const leads = officer.role !== 'officer';
  const shown = reminderParts.filter(each => each !== 'campaigns' || leads);
  return (
    <div className="page reminders-page">
      <header className="page-head">
        <h1>{say('rem.title')}</h1>
      </header>
      <Options
        label={say('rem.part')}
        value={part}
        onChange={to => go({ page: 'reminders', part: to })}
        options={shown.map(value => ({ value, label: say(partKeys[value]) }))}
      />
      <Part part={part} id={id} />
    </div>
  );
}
