import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type Campaign, type CampaignAct, reminderApi } from '../../state/reminder-api';
import { go } from '../../state/route';
import { actKeys, campaignStateKeys, purposeKeys, reasonText } from '../../words/reminder-labels';
import { useWords } from '../../words/words';
import { CampaignCharts } from './campaign-charts';
import { bahtText } from './shared';
import { Refusal } from '../../parts/problem';

const pollMs = 2_000;
const stillPollMs = 10_000;
const moving: readonly Campaign['state'][] = ['counting', 'running', 'stopping'];

/** What may be done with it now, by whoever looks. */
function actsOf({ state, needsApproval, byMe, people }: Campaign): readonly CampaignAct[] {
  switch (state) {
    case 'counted':
      if (people === 0) return ['stop'];
      return needsApproval ? ['submit', 'stop'] : ['start', 'stop'];
    case 'waiting-approval':
      return byMe ? ['stop'] : ['approve', 'refuse'];
    case 'running':
      return ['pause', 'stop'];
    case 'paused':
      return ['start', 'stop'];
    default:
      return [];
  }
}

function Counts({ counts, title }: { counts: Readonly<Record<string, number>>; title: string }): ReactNode {
  const { say } = useWords();
  const rows = Object.entries(counts);
  return rows.length === 0 ? null : (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {rows.map(([why, count]) => (
          <li key={why}>
            {reasonText(say, why)}: <b>{count}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One campaign: its estimate, the second person's word, its course and its results. */
export function CampaignPage({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const [problem, setProblem] = useState<string>();
  const asked = useAsk(id, () => reminderApi.campaign(id));
  const { data, reload } = asked;
  const every = data && moving.includes(data.state) ? pollMs : stillPollMs;
  useEffect(() => {
    const timer = setInterval(reload, every);
    return () => clearInterval(timer);
  }, [every, reload]);
  if (!data) return <Refusal code={asked.code} />;
  const act = (what: CampaignAct): void => {
    setProblem(undefined);
    reminderApi.campaignAct(id, what).then(reload, (error: unknown) => setProblem(codeOf(error)));
  };
  const { people, segments, costSatang, leftOut, results } = data;
  return (
    <article className="campaign" aria-labelledby="campaign-name">
      <h2 id="campaign-name">{data.name}</h2>
      <p role="status">
        <b>{say(campaignStateKeys[data.state])}</b> · {say(purposeKeys[data.purpose])} ·{' '}
        {say('camp.by', { name: data.by })}
        {data.approvedBy === undefined ? '' : ` · ${say('camp.approved', { name: data.approvedBy })}`}
      </p>
      <blockquote className="campaign-text">{data.text}</blockquote>
      <p>{say('camp.estimate', { people, segments, cost: bahtText(costSatang) })}</p>
      {Object.entries(leftOut).map(([why, count]) => (
        <p key={why}>{say('camp.left-out', { count, why: reasonText(say, why) })}</p>
      ))}
      {data.needsApproval && people > 0 ? <p className="warning">{say('camp.needs-approval')}</p> : null}
      {data.state === 'waiting-approval' && data.byMe ? <p>{say('camp.not-by-me')}</p> : null}
      {data.state === 'running' ? <p className="quiet">{say('camp.slow')}</p> : null}
      <Refusal code={problem ?? asked.code} />
      <div className="form-end">
        {actsOf(data).map((each, index) => (
          <Button key={each} variant={index === 0 ? 'filled' : 'default'} onClick={() => act(each)}>
            {say(actKeys[each])}
          </Button>
        ))}
        <Button variant="subtle" onClick={() => go({ page: 'reminders', part: 'campaigns' })}>
          {say('camp.back')}
        </Button>
      </div>
      <CampaignCharts results={results} />
      <Counts counts={results.failures} title={say('camp.failures')} />
      <Counts counts={results.skipped} title={say('camp.skipped')} />
    </article>
  );
}
