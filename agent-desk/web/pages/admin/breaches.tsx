import { Button, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DateField } from '../../parts/date-field';
import { Options } from '../../parts/options';
import { useWork } from '../../parts/work';
import { type Breach, type BreachChange, type Risk, adminApi, risks } from '../../state/admin-api';
import { useAsk } from '../../state/hooks';
import { fromLocalInput, momentText, toLocalInput } from '../../words/dates';
import { type Key, useSorry, useWords } from '../../words/words';
import { Clock } from './clock';
import { Problem } from '../../parts/problem';

const riskKeys = {
  unknown: 'breach.risk-unknown',
  none: 'breach.risk-none',
  some: 'breach.risk-some',
  high: 'breach.risk-high',
} as const satisfies Readonly<Record<Risk, Key>>;

const stateKeys = {
  running: 'breach.running',
  overdue: 'breach.overdue',
  reported: 'breach.reported',
  'reported-late': 'breach.reported-late',
  'no-report-needed': 'breach.no-report',
} as const satisfies Readonly<Record<Breach['state'], Key>>;

function BreachCard({ breach, onDone }: { breach: Breach; onDone: () => void }): ReactNode {
  const { say, language } = useWords();
  const { problem, busy, work } = useWork();
  const [because, setBecause] = useState('');
  const change = (to: BreachChange): void =>
    work(async () => {
      await adminApi.changeBreach(breach.id, to);
      onDone();
    });
  const late = breach.state === 'overdue';
  const isReported = breach.reportedAt !== undefined;
  const moment = (at: number): string => momentText(language, at);
  return (
    <li className="admin-card form">
      <h3>{breach.what}</h3>
      <p className="facts">
        <span data-late={late || undefined}>{say(stateKeys[breach.state])}</span>
        <span>{say('breach.noticed', { at: moment(breach.noticedAt) })}</span>
        <span>{say('breach.people', { count: breach.people })}</span>
        {breach.state === 'running' || late ? <Clock until={breach.reportBy} /> : null}
      </p>
      {breach.reportedAt ? <p>{say('breach.reported-at', { at: moment(breach.reportedAt) })}</p> : null}
      {breach.lateBecause ? <p>{say('breach.because', { why: breach.lateBecause })}</p> : null}
      {breach.peopleToldAt ? <p>{say('breach.told-at', { at: moment(breach.peopleToldAt) })}</p> : null}
      {breach.risk === 'high' && !breach.peopleToldAt ? (
        <p className="notice">{say('breach.tell-now')}</p>
      ) : null}
      {breach.closedAt ? (
        <p className="quiet">{say('breach.closed-at', { at: moment(breach.closedAt) })}</p>
      ) : (
        <>
          <Options
            label={say('breach.risk')}
            value={breach.risk}
            onChange={risk => change({ risk })}
            options={risks.map(value => ({ value, label: say(riskKeys[value]) }))}
          />
          {late ? (
            <TextInput
              label={say('breach.late-because')}
              value={because}
              maxLength={1000}
              onChange={event => setBecause(event.currentTarget.value)}
            />
          ) : null}
          <div className="form-row">
            {isReported ? null : (
              <Button
                loading={busy}
                disabled={late && because.trim().length < 3}
                onClick={() =>
                  change({ reportedAt: Date.now(), ...(late ? { lateBecause: because.trim() } : {}) })
                }
              >
                {say('breach.report')}
              </Button>
            )}
            {breach.peopleToldAt ? null : (
              <Button variant="default" disabled={busy} onClick={() => change({ peopleToldAt: Date.now() })}>
                {say('breach.tell')}
              </Button>
            )}
            <Button
              variant="default"
              disabled={busy || (!isReported && breach.risk !== 'none')}
              onClick={() => change({ closedAt: Date.now() })}
            >
              {say('breach.close')}
            </Button>
          </div>
        </>
      )}
      <Problem text={problem} />
    </li>
  );
}

function NewBreach({ onDone }: { onDone: () => void }): ReactNode {
  const { say } = useWords();
  const { problem, busy, work } = useWork();
  const [what, setWhat] = useState('');
  const [noticed, setNoticed] = useState(() => toLocalInput(Date.now()));
  const [people, setPeople] = useState<number | string>(0);
  const [risk, setRisk] = useState<Risk>('unknown');
  const at = fromLocalInput(noticed);
  return (
    <section aria-labelledby="new-breach">
      <h2 id="new-breach">{say('breach.new')}</h2>
      <p className="quiet">{say('breach.lead')}</p>
      <form
        className="form admin-card"
        onSubmit={event => {
          event.preventDefault();
          if (at === undefined || what.trim().length < 3) return;
          work(async () => {
            await adminApi.openBreach({
              what: what.trim(),
              noticedAt: Math.min(at, Date.now()),
              people: Number(people) || 0,
              risk,
            });
            setWhat('');
            onDone();
          });
        }}
      >
        <Textarea
          label={say('breach.what')}
          required
          value={what}
          maxLength={1000}
          autosize
          minRows={2}
          onChange={event => setWhat(event.currentTarget.value)}
        />
        <div className="form-row">
          <DateField of="moment" label={say('breach.when')} value={noticed} onChange={setNoticed} />
          <NumberInput
            label={say('breach.how-many')}
            value={people}
            min={0}
            max={100_000_000}
            allowDecimal={false}
            hideControls
            onChange={setPeople}
          />
        </div>
        <Options
          label={say('breach.risk')}
          value={risk}
          onChange={setRisk}
          options={risks.map(value => ({ value, label: say(riskKeys[value]) }))}
        />
        <Problem text={problem} />
        <Button type="submit" loading={busy}>
          {say('breach.enter')}
        </Button>
      </form>
    </section>
  );
}

/** The breach register: the law gives 72 hours from when it was noticed. */
export function Breaches(): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const { data, code, reload } = useAsk('breaches', () => adminApi.breaches());
  return (
    <>
      <section aria-labelledby="breaches-title">
        <h2 id="breaches-title">{say('admin.breaches')}</h2>
        <Problem text={code ? sorry(code) : undefined} />
        {data?.length === 0 ? <p className="empty">{say('breach.none')}</p> : null}
        <ul className="cards">
          {(data ?? []).map(breach => (
            <BreachCard key={breach.id} breach={breach} onDone={reload} />
          ))}
        </ul>
      </section>
      <NewBreach onDone={reload} />
    </>
  );
}
