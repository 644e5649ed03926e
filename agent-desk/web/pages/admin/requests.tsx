import { Button, Textarea, TextInput } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Options } from '../../parts/options';
import { useTell } from '../../parts/tell';
import { useWork } from '../../parts/work';
import { type Request, type RequestKind, adminApi, requestKinds } from '../../state/admin-api';
import { api } from '../../state/api';
import { useAsk } from '../../state/hooks';
import type { Person } from '../../state/schemas';
import { momentText, phoneText } from '../../words/dates';
import { channelText } from '../../words/labels';
import { phoneIn } from '../../words/phone';
import { type Key, type Say, useSorry, useWords } from '../../words/words';
import { Clock } from './clock';
import { Problem } from '../../parts/problem';

const kindKeys = {
  access: 'right.access',
  correction: 'right.correction',
  erasure: 'right.erasure',
  restriction: 'right.restriction',
  objection: 'right.objection',
  portability: 'right.portability',
} as const satisfies Readonly<Record<RequestKind, Key>>;

const stateKeys = {
  received: 'request.received',
  identified: 'request.identified',
  running: 'request.running',
  done: 'request.done',
  refused: 'request.refused',
} as const satisfies Readonly<Record<Request['state'], Key>>;

const stepKeys: Readonly<Record<string, Key>> = {
  received: 'step.received',
  identified: 'step.identified',
  refused: 'step.refused',
  answered: 'step.answered',
  'erasure begun': 'step.erasing',
  erased: 'step.erased',
};

/** The register keeps what was done as `identified: how`; the first word is ours, the rest a steward's. */
function stepText(say: Say, what: string): string {
  const [done = what, ...how] = what.split(': ');
  const key = stepKeys[done];
  return key ? [say(key), how.join(': ')].filter(Boolean).join(': ') : what;
}

/** Everything kept about a person: a page to print, and the same for machines. */
function Bundle({ personId }: { personId: string }): ReactNode {
  const { say } = useWords();
  return (
    <div className="form-row">
      <Button
        component="a"
        variant="default"
        href={adminApi.bundleAddress(personId, 'html')}
        target="_blank"
        rel="noopener"
        leftSection={<IconPrinter className="icon" aria-hidden />}
      >
        {say('request.bundle-print')}
      </Button>
      <Button
        component="a"
        variant="default"
        href={adminApi.bundleAddress(personId, 'json')}
        download={`${personId}.json`}
        leftSection={<IconDownload className="icon" aria-hidden />}
      >
        {say('request.bundle-file')}
      </Button>
    </div>
  );
}

/** What is right is written down before the request is closed. */
function Correction({ personId }: { personId: string }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const { problem, busy, work } = useWork();
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const number = phoneIn(phone);
  const save = async (): Promise<void> => {
    await api.describePerson(personId, {
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(number ? { phone: number } : {}),
    });
    tell.done(say('person.saved'));
  };
  return (
    <form
      className="form-row"
      onSubmit={event => {
        event.preventDefault();
        work(save);
      }}
    >
      <TextInput
        label={say('request.right-name')}
        value={name}
        maxLength={120}
        autoComplete="off"
        onChange={event => setName(event.currentTarget.value)}
      />
      <TextInput
        label={say('request.right-phone')}
        value={phone}
        inputMode="tel"
        autoComplete="off"
        error={phone.trim() && !number ? say('person.phone.bad') : undefined}
        onChange={event => setPhone(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={busy} disabled={!name.trim() && !number}>
        {say('request.correct')}
      </Button>
      <Problem text={problem} />
    </form>
  );
}

function Acts({ request, onDone }: { request: Request; onDone: () => void }): ReactNode {
  const { say } = useWords();
  const { problem, busy, work } = useWork();
  const [words, setWords] = useState('');
  const [sure, setSure] = useState(false);
  const long = words.trim().length >= 3;
  const act = (task: () => Promise<unknown>): void =>
    work(async () => {
      await task();
      setWords('');
      onDone();
    });
  const { id, kind, state } = request;
  return (
    <div className="form">
      {state === 'identified' && (kind === 'access' || kind === 'portability') ? (
        <Bundle personId={request.personId} />
      ) : null}
      {state === 'identified' && kind === 'correction' ? <Correction personId={request.personId} /> : null}
      <Textarea
        label={say(state === 'received' ? 'request.how' : 'request.what')}
        value={words}
        maxLength={1000}
        autosize
        minRows={1}
        onChange={event => setWords(event.currentTarget.value)}
      />
      <div className="form-row">
        {state === 'received' ? (
          <Button
            loading={busy}
            disabled={!long}
            onClick={() => act(() => adminApi.identify(id, words.trim()))}
          >
            {say('request.identify')}
          </Button>
        ) : kind === 'erasure' ? (
          <Button
            color="red"
            loading={busy}
            onClick={() => (sure ? act(() => adminApi.erase(id)) : setSure(true))}
          >
            {say(sure ? 'request.erase-sure' : 'request.erase')}
          </Button>
        ) : (
          <Button
            loading={busy}
            disabled={!long}
            onClick={() => act(() => adminApi.complete(id, words.trim()))}
          >
            {say('request.complete')}
          </Button>
        )}
        <Button
          variant="default"
          disabled={!long || busy}
          onClick={() => act(() => adminApi.refuse(id, words.trim()))}
        >
          {say('request.refuse')}
        </Button>
      </div>
      {sure ? <p className="notice">{say('request.erase-warning')}</p> : null}
      <Problem text={problem} />
    </div>
  );
}

function RequestCard({ request, onDone }: { request: Request; onDone: () => void }): ReactNode {
  const { say, language } = useWords();
  const open = request.state === 'received' || request.state === 'identified';
  const removed = Object.entries(request.removed ?? {}).filter(([, count]) => count > 0);
  return (
    <li className="admin-card">
      <h3>{say(kindKeys[request.kind])}</h3>
      <p className="facts">
        <span>{say(stateKeys[request.state])}</span>
        <span>{say('request.came', { at: momentText(language, request.receivedAt) })}</span>
        <span>{channelText(say, request.channel)}</span>
        {open ? <Clock until={request.dueAt} /> : null}
      </p>
      <ol className="trace">
        {request.steps.map(step => (
          <li key={`${step.at}${step.what}`}>
            {momentText(language, step.at)} ·{' '}
            {step.by.name === 'system' ? say('speaker.system') : step.by.name} · {stepText(say, step.what)}
          </li>
        ))}
      </ol>
      {removed.length > 0 ? (
        <p className="quiet">
          {say('request.removed', { what: removed.map(([name, count]) => `${name} ${count}`).join(', ') })}
        </p>
      ) : null}
      {open ? <Acts request={request} onDone={onDone} /> : null}
    </li>
  );
}

function PersonActs({ person, onDone }: { person: Person; onDone: () => void }): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const { problem, busy, work } = useWork();
  const [kind, setKind] = useState<RequestKind>('access');
  const [words, setWords] = useState('');
  const long = words.trim().length >= 3;
  const act = (task: () => Promise<unknown>, said: Key): void =>
    work(async () => {
      await task();
      tell.done(say(said));
      setWords('');
      onDone();
    });
  return (
    <li className="admin-card form">
      <h3>{person.name ?? say('request.unnamed')}</h3>
      {person.phone ? <p className="facts">{phoneText(person.phone)}</p> : null}
      <Options
        label={say('request.kind')}
        value={kind}
        onChange={setKind}
        options={requestKinds.map(value => ({ value, label: say(kindKeys[value]) }))}
      />
      <Button loading={busy} onClick={() => act(() => adminApi.receive(person.id, kind), 'request.noted')}>
        {say('request.note')}
      </Button>
      <Textarea
        label={say('request.words')}
        value={words}
        maxLength={400}
        autosize
        minRows={1}
        onChange={event => setWords(event.currentTarget.value)}
      />
      <div className="form-row">
        <Button
          variant="default"
          disabled={!long || busy}
          onClick={() => act(() => adminApi.withdraw(person.id, words.trim()), 'request.withdrawn')}
        >
          {say('request.withdraw')}
        </Button>
        <Button
          variant="default"
          disabled={!long || busy}
          onClick={() => act(() => adminApi.hold(person.id, words.trim()), 'request.held')}
        >
          {say('request.hold')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={() => act(() => adminApi.endHold(person.id), 'request.hold-ended')}
        >
          {say('request.end-hold')}
        </Button>
      </div>
      <Problem text={problem} />
    </li>
  );
}

/** Somebody who asked at the counter or on the phone is found first. */
function AtTheCounter({ onDone }: { onDone: () => void }): ReactNode {
  const { say } = useWords();
  const { problem, busy, work } = useWork();
  const [text, setText] = useState('');
  const [people, setPeople] = useState<readonly Person[]>();
  const find = async (): Promise<void> => {
    const phone = phoneIn(text);
    setPeople(await api.findPeople(phone ? { phone } : { name: text.trim() }));
  };
  return (
    <section aria-labelledby="counter-title">
      <h2 id="counter-title">{say('request.counter')}</h2>
      <form
        className="form-row"
        onSubmit={event => {
          event.preventDefault();
          if (text.trim()) work(find);
        }}
      >
        <TextInput
          label={say('request.find')}
          value={text}
          autoComplete="off"
          maxLength={120}
          onChange={event => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {say('cases.search')}
        </Button>
      </form>
      <Problem text={problem} />
      {people?.length === 0 ? <p className="empty">{say('request.nobody')}</p> : null}
      <ul className="cards">
        {(people ?? []).map(person => (
          <PersonActs key={person.id} person={person} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}

/** Requests of people for their rights, due first, each with its clock and what may be done next. */
export function Requests(): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [which, setWhich] = useState<'open' | 'all'>('open');
  const { data, code, reload } = useAsk(which, () => adminApi.requests(which === 'all'));
  return (
    <>
      <section aria-labelledby="requests-title">
        <h2 id="requests-title">{say('admin.requests')}</h2>
        <Options
          label={say('request.list')}
          value={which}
          onChange={setWhich}
          options={[
            { value: 'open', label: say('request.open') },
            { value: 'all', label: say('request.all') },
          ]}
        />
        <Problem text={code ? sorry(code) : undefined} />
        {data?.length === 0 ? <p className="empty">{say('request.none')}</p> : null}
        <ul className="cards">
          {(data ?? []).map(request => (
            <RequestCard key={request.id} request={request} onDone={reload} />
          ))}
        </ul>
      </section>
      <AtTheCounter onDone={reload} />
    </>
  );
}
