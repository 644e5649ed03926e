import { Button, NativeSelect, Progress, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { Options } from '../../parts/options';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type ImportView, type Purpose, type Template, reminderApi } from '../../state/reminder-api';
import { momentText } from '../../words/dates';
import {
  fileFaultKeys,
  importStateKeys,
  problemKeys,
  reasonText,
  templateKey,
  variableKey,
} from '../../words/reminder-labels';
import { useWords } from '../../words/words';
import { LeadField, type LeadName, leadChoices } from './new-part';
import { Rows } from './shared';
import { Refusal } from '../../parts/problem';

const pollMs = 1_000;
const moving: readonly ImportView['state'][] = ['checking', 'applying', 'cancelling'];
const cancellable: readonly ImportView['state'][] = ['checking', 'checked', 'refused', 'applying'];
const shownProblems = 200;
const purposes: readonly Purpose[] = ['appointment', 'document', 'benefit', 'renewal', 'case'];

function Problems({ of }: { of: ImportView }): ReactNode {
  const { say } = useWords();
  const asked = useAsk(`${of.id}/${of.state}`, () => reminderApi.problems(of.id));
  const problems = (asked.data?.problems ?? []).slice(0, shownProblems);
  return problems.length === 0 ? null : (
    <Rows
      label={say('rem.problem.what')}
      columns={[say('rem.problem.row'), say('rem.problem.column'), say('rem.problem.what')]}
      rows={problems.map((each, index) => ({
        key: `${index}`,
        cells: [each.row, each.column, say(problemKeys[each.problem], { detail: each.detail ?? '' })],
      }))}
    />
  );
}

/** One import: how far it is, what is wrong, and what can be done with it. */
function Current({ id, onBack }: { id: string; onBack: () => void }): ReactNode {
  const { say } = useWords();
  const [problem, setProblem] = useState<string>();
  const asked = useAsk(id, () => reminderApi.importOne(id));
  const { data, reload } = asked;
  const moves = data !== undefined && moving.includes(data.state);
  useEffect(() => {
    if (!moves) return undefined;
    const timer = setInterval(reload, pollMs);
    return () => clearInterval(timer);
  }, [moves, reload]);
  if (!data) return <Refusal code={asked.code} />;
  const act = (what: 'apply' | 'cancel'): void => {
    reminderApi.importAct(id, what).then(reload, (error: unknown) => setProblem(codeOf(error)));
  };
  const { rows = 0, at } = data;
  const isBeingRead = data.state === 'checking' && data.rows === undefined;
  const progress = isBeingRead ? say('rem.import.read', { at }) : say('rem.import.progress', { at, rows });
  return (
    <section className="import-one" aria-labelledby="import-name">
      <h2 id="import-name">{data.name}</h2>
      <p role="status">
        <b>{say(importStateKeys[data.state])}</b> {data.state === 'cancelling' ? '' : progress}
      </p>
      <Progress value={rows === 0 ? 0 : (at / rows) * 100} aria-label={say(importStateKeys[data.state])} />
      <p>{say('rem.import.result', { rows, problems: data.problems, made: data.made })}</p>
      {data.fault === undefined ? null : (
        <p className="warning">{say(fileFaultKeys[data.fault], { columns: data.needed.join(', ') })}</p>
      )}
      {Object.entries(data.skipped).map(([why, count]) => (
        <p key={why}>{say('rem.import.skipped', { count, why: reasonText(say, why) })}</p>
      ))}
      <Refusal code={problem ?? asked.code} />
      <div className="form-end">
        {data.state === 'checked' ? (
          <Button onClick={() => act('apply')}>{say('rem.import.apply')}</Button>
        ) : null}
        {cancellable.includes(data.state) ? (
          <Button variant="default" onClick={() => act('cancel')}>
            {say('rem.import.cancel')}
          </Button>
        ) : null}
        <Button variant="subtle" onClick={onBack}>
          {say('camp.back')}
        </Button>
      </div>
      {data.problems > 0 ? <Problems of={data} /> : null}
    </section>
  );
}

interface Settings {
  readonly kind: 'reminders' | 'audience';
  readonly purpose: Purpose;
  readonly template: string;
  readonly lead: LeadName;
  readonly how: string;
  readonly group: string;
}

const settingsOf = ({ kind, purpose, template, lead, how, group }: Settings): object =>
  kind === 'audience'
    ? { kind, ...(group.trim() ? { group: group.trim() } : {}) }
    : {
        ...{ kind, purpose, template, leadsMs: leadChoices[lead], how: how.trim(), basis: 'public-task' },
        ...{ ladder: [{ way: 'line' }, { way: 'sms' }, { way: 'voice' }], language: 'th' },
      };

function ReminderSettings(props: {
  settings: Settings;
  templates: readonly Template[];
  onChange: (to: Settings) => void;
}): ReactNode {
  const { say } = useWords();
  const { settings, templates, onChange } = props;
  const usual = templates.filter(each => purposes.some(purpose => each.purposes.includes(purpose)));
  return (
    <>
      <div className="two">
        <NativeSelect
          label={say('rem.template')}
          value={settings.template}
          onChange={event => {
            const template = usual.find(each => each.id === event.currentTarget.value);
            const purpose = purposes.find(each => template?.purposes.includes(each));
            if (template && purpose) onChange({ ...settings, template: template.id, purpose });
          }}
          data={usual.map(({ id }) => ({ value: id, label: say(templateKey(id)) }))}
        />
        <LeadField value={settings.lead} onChange={lead => onChange({ ...settings, lead })} />
      </div>
      <TextInput
        label={say('rem.field.how')}
        placeholder={say('rem.field.how-example')}
        maxLength={300}
        value={settings.how}
        onChange={event => onChange({ ...settings, how: event.currentTarget.value })}
      />
    </>
  );
}

/** Hands in a file: first what its rows are, then the file, then what is wrong with it, then yes. */
export function ImportPart(): ReactNode {
  const { say, language } = useWords();
  const templates = useAsk('templates', reminderApi.templates);
  const imports = useAsk('imports', reminderApi.imports);
  const [current, setCurrent] = useState<string>();
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [settings, setSettings] = useState<Settings>({
    ...{
      kind: 'reminders',
      purpose: 'appointment',
      template: 'appointment',
      lead: 'day',
      how: '',
      group: '',
    },
  });
  if (current !== undefined)
    return (
      <Current
        id={current}
        onBack={() => {
          setCurrent(undefined);
          imports.reload();
        }}
      />
    );
  const template = templates.data?.find(each => each.id === settings.template);
  const columns =
    settings.kind === 'audience'
      ? 'เบอร์โทร (พื้นที่, กลุ่ม, ปีเกิด, บริการ, ยินยอมรับข่าว)'
      : ['เบอร์โทร', 'วันที่', ...(template?.variables ?? []).map(({ name }) => say(variableKey(name)))].join(
          ', ',
        );
  async function hand(): Promise<void> {
    if (!file || (settings.kind === 'reminders' && settings.how.trim() === ''))
      return setProblem('INPUT_INVALID');
    setBusy(true);
    setProblem(undefined);
    try {
      setCurrent((await reminderApi.hand(file.name, settingsOf(settings), file)).id);
      setFile(undefined);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          void hand();
        }}
      >
        <Options
          label={say('rem.import.kind')}
          value={settings.kind}
          onChange={kind => setSettings({ ...settings, kind })}
          options={[
            { value: 'reminders', label: say('rem.import.kind.reminders') },
            { value: 'audience', label: say('rem.import.kind.audience') },
          ]}
        />
        {settings.kind === 'reminders' ? (
          <ReminderSettings settings={settings} templates={templates.data ?? []} onChange={setSettings} />
        ) : (
          <TextInput
            label={say('rem.import.group')}
            maxLength={60}
            value={settings.group}
            onChange={event => setSettings({ ...settings, group: event.currentTarget.value })}
          />
        )}
        <div>
          <label htmlFor="import-file">{say('rem.import.file')}</label>
          <input
            id="import-file"
            type="file"
            accept=".csv,.xlsx,text/csv"
            onChange={event => setFile(event.currentTarget.files?.[0])}
          />
          <p className="quiet">{say('rem.import.columns', { columns })}</p>
        </div>
        <Refusal code={problem ?? templates.code} />
        <div className="form-end">
          <Button type="submit" loading={busy} disabled={!file}>
            {say('rem.import.give')}
          </Button>
          <small>{say('rem.import.nothing-made')}</small>
        </div>
      </form>
      <section aria-labelledby="imports-name">
        <h2 id="imports-name">{say('rem.import.list')}</h2>
        {imports.data?.length === 0 ? <p className="empty">{say('rem.import.none')}</p> : null}
        <ul className="import-list">
          {(imports.data ?? []).map(each => (
            <li key={each.id}>
              <button type="button" className="link" onClick={() => setCurrent(each.id)}>
                {each.name}
              </button>{' '}
              {say(importStateKeys[each.state])} · {each.by} · {momentText(language, each.createdAt)}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
