import type { ReactNode } from 'react';
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Campaign } from '../../state/reminder-api';
import { timeText } from '../../words/dates';
import { resultKeys } from '../../words/reminder-labels';
import { useWords } from '../../words/words';

const shown = ['waiting', 'handed', 'sent', 'delivered', 'in-doubt', 'failed', 'cancelled'] as const;
const rowPx = 36;
const axisPx = 40;

/** Results as bars with their numbers, and the same as a table; what was sent by minute. */
export function CampaignCharts({ results }: { results: Campaign['results'] }): ReactNode {
  const { say, language } = useWords();
  const rows = shown.map(name => ({
    name: say(resultKeys[name]),
    count: name === 'waiting' ? results.waiting : (results.results[name] ?? 0),
  }));
  const minutes = results.perMinute.map(({ at, sent }) => ({ name: timeText(language, at), count: sent }));
  return (
    <section aria-labelledby="results-name">
      <h3 id="results-name">{say('camp.results')}</h3>
      <div className="charts">
        {/* The table below says the same: the pictures are for the eye alone. */}
        <figure aria-hidden>
          <figcaption>{say('camp.chart')}</figcaption>
          <ResponsiveContainer width="100%" height={rows.length * rowPx + axisPx}>
            <BarChart data={rows} layout="vertical" accessibilityLayer={false} margin={{ right: 48 }}>
              <CartesianGrid stroke="var(--line)" horizontal={false} />
              <XAxis type="number" allowDecimals={false} stroke="var(--quiet)" />
              <YAxis type="category" dataKey="name" width={110} stroke="var(--ink)" />
              <Bar dataKey="count" fill="var(--accent)" isAnimationActive={false}>
                <LabelList dataKey="count" position="right" fill="var(--ink)" />
              </Bar>
            </BarChart>
          </ResponsiveContainer>
        </figure>
        {minutes.length > 0 ? (
          <figure aria-hidden>
            <figcaption>{say('camp.chart.minutes')}</figcaption>
            <ResponsiveContainer width="100%" height={rows.length * rowPx + axisPx}>
              <BarChart data={minutes} accessibilityLayer={false}>
                <CartesianGrid stroke="var(--line)" vertical={false} />
                <XAxis dataKey="name" stroke="var(--quiet)" />
                <YAxis allowDecimals={false} width={40} stroke="var(--quiet)" />
                <Bar dataKey="count" fill="var(--accent)" isAnimationActive={false} />
              </BarChart>
            </ResponsiveContainer>
          </figure>
        ) : null}
      </div>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{say('camp.result')}</th>
            <th scope="col">{say('camp.people')}</th>
          </tr>
        </thead>
        <tbody>
          {[
            ...rows,
            { name: say('camp.replied'), count: results.replied },
            { name: say('camp.opted-out'), count: results.optedOut },
          ].map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
