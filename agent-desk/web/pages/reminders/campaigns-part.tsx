import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useAsk } from '../../state/hooks';
import { reminderApi } from '../../state/reminder-api';
import { go } from '../../state/route';
import { dateText } from '../../words/dates';
import { campaignStateKeys, purposeKeys } from '../../words/reminder-labels';
import { useWords } from '../../words/words';
import { NewCampaign } from './new-campaign';
import { Rows, bahtText } from './shared';
import { Refusal } from '../../parts/problem';

/** All campaigns, and the making of another. */
export function CampaignsPart(): ReactNode {
  const { say, language } = useWords();
  const [making, setMaking] = useState(false);
  const asked = useAsk('campaigns', reminderApi.campaigns);
  if (making) return <NewCampaign onBack={() => setMaking(false)} />;
  const rows = asked.data ?? [];
  return (
    <section aria-label={say('rem.part.campaigns')}>
      <Button onClick={() => setMaking(true)}>{say('camp.new')}</Button>
      <Refusal code={asked.code} />
      {rows.length === 0 && !asked.loading ? <p className="empty">{say('camp.none')}</p> : null}
      {rows.length > 0 ? (
        <Rows
          label={say('rem.part.campaigns')}
          columns={[
            say('camp.name'),
            say('rem.field.purpose'),
            say('rem.column.state'),
            say('camp.people'),
            say('rem.column.when'),
          ]}
          rows={rows.map(row => ({
            key: row.id,
            cells: [
              <button
                key="open"
                type="button"
                className="link"
                onClick={() => go({ page: 'reminders', part: 'campaigns', id: row.id })}
              >
                {row.name}
              </button>,
              say(purposeKeys[row.purpose]),
              say(campaignStateKeys[row.state]),
              `${row.people} (${bahtText(row.costSatang)} ฿)`,
              dateText(language, row.createdAt),
            ],
          }))}
        />
      ) : null}
    </section>
  );
}
