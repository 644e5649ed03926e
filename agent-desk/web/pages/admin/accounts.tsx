import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { useWork } from '../../parts/work';
import {
  type Account,
  type Invitation,
  type Role,
  type SignedIn,
  adminApi,
  roles,
} from '../../state/admin-api';
import { useDesk } from '../../state/desk-context';
import { useAsk } from '../../state/hooks';
import { momentText } from '../../words/dates';
import { useSorry, useWords } from '../../words/words';
import { Problem } from '../../parts/problem';

function RoleSelect(props: { label: string; value: Role; onChange: (role: Role) => void }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  // What reaches everywhere is given by who has it.
  const given = roles.filter(role => role !== 'admin' || officer.role === 'admin');
  return (
    <NativeSelect
      label={props.label}
      value={props.value}
      data={given.map(value => ({ value, label: say(`role.${value}`) }))}
      onChange={event => {
        const chosen = roles.find(role => role === event.currentTarget.value);
        if (chosen) props.onChange(chosen);
      }}
    />
  );
}

/** The code is shown once: it is handed over, and the officer sets a password that nobody else knows. */
function Code({ invitation, onKept }: { invitation: Invitation; onKept: () => void }): ReactNode {
  const { say, language } = useWords();
  return (
    <section className="notice form" aria-labelledby="code-title" role="status">
      <h2 id="code-title">{say('account.code-for', { name: invitation.account.name })}</h2>
      <p className="secret">
        <code>{invitation.code}</code>
      </p>
      <p>{say('account.code-lead', { at: momentText(language, invitation.expiresAt) })}</p>
      <Button onClick={onKept}>{say('account.code-kept')}</Button>
    </section>
  );
}

function Sessions({ account }: { account: Account }): ReactNode {
  const { say, language } = useWords();
  const tell = useTell();
  const { problem, busy, work } = useWork();
  const [sessions, setSessions] = useState<readonly SignedIn[]>();
  return (
    <>
      <div className="form-row">
        <Button
          variant="default"
          disabled={busy}
          onClick={() => work(async () => setSessions(await adminApi.sessionsOf(account.id)))}
        >
          {say('account.sessions')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          onClick={() =>
            work(async () => {
              await adminApi.signOutEverywhere(account.id);
              setSessions([]);
              tell.done(say('account.signed-out'));
            })
          }
        >
          {say('account.sign-out')}
        </Button>
      </div>
      <Problem text={problem} />
      {sessions?.length === 0 ? <p className="quiet">{say('account.no-sessions')}</p> : null}
      {sessions?.length ? (
        <ol className="trace">
          {sessions.map(each => (
            <li key={each.createdAt}>
              {say('account.session', {
                from: momentText(language, each.createdAt),
                seen: momentText(language, each.seenAt),
              })}
              {each.agent ? ` · ${each.agent}` : ''}
            </li>
          ))}
        </ol>
      ) : null}
    </>
  );
}

function AccountCard(props: {
  account: Account;
  onDone: () => void;
  onCode: (invitation: Invitation) => void;
}): ReactNode {
  const { account, onDone } = props;
  const { say } = useWords();
  const { officer } = useDesk();
  const { problem, busy, work } = useWork();
  const [sure, setSure] = useState(false);
  const me = account.id === officer.id;
  const marks = [
    account.disabled ? say('account.disabled') : undefined,
    account.locked ? say('account.locked') : undefined,
    account.invited ? say('account.invited') : undefined,
    say(account.secondFactor ? 'account.factor' : 'account.no-factor'),
  ].filter(mark => mark !== undefined);
  const change = (to: { role?: Role; disabled?: boolean }): void =>
    work(async () => {
      await adminApi.changeAccount(account.id, to);
      onDone();
    });
  return (
    <li className="admin-card form" data-off={account.disabled || undefined}>
      <h3>{account.name}</h3>
      <p className="facts">
        <span>{account.username}</span>
        <span>{account.agencyId}</span>
        {marks.map(mark => (
          <span key={mark}>{mark}</span>
        ))}
      </p>
      {me ? (
        <p className="quiet">{say('account.me')}</p>
      ) : (
        <>
          <RoleSelect label={say('account.role')} value={account.role} onChange={role => change({ role })} />
          <div className="form-row">
            <Button variant="default" disabled={busy} onClick={() => change({ disabled: !account.disabled })}>
              {say(account.disabled ? 'account.enable' : 'account.disable')}
            </Button>
            <Button
              variant="default"
              disabled={busy}
              onClick={() =>
                sure
                  ? work(async () => {
                      props.onCode(await adminApi.resetAccount(account.id));
                      onDone();
                    })
                  : setSure(true)
              }
            >
              {say(sure ? 'account.reset-sure' : 'account.reset')}
            </Button>
          </div>
          {sure ? <p className="notice">{say('account.reset-warning')}</p> : null}
          <Sessions account={account} />
        </>
      )}
      <Problem text={problem} />
    </li>
  );
}

function NewAccount(props: { onDone: () => void; onCode: (invitation: Invitation) => void }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  const { problem, busy, work } = useWork();
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('officer');
  const [agencyId, setAgencyId] = useState(officer.agencyId);
  return (
    <section aria-labelledby="new-account">
      <h2 id="new-account">{say('account.new')}</h2>
      <form
        className="form admin-card"
        onSubmit={event => {
          event.preventDefault();
          work(async () => {
            const given = { username: username.trim(), name: name.trim(), role };
            props.onCode(
              await adminApi.invite({
                ...given,
                ...(officer.role === 'admin' ? { agencyId: agencyId.trim() } : {}),
              }),
            );
            setUsername('');
            setName('');
            props.onDone();
          });
        }}
      >
        <TextInput
          label={say('account.username')}
          description={say('account.username-form')}
          required
          value={username}
          autoComplete="off"
          onChange={event => setUsername(event.currentTarget.value)}
        />
        <TextInput
          label={say('account.name')}
          required
          value={name}
          maxLength={120}
          autoComplete="off"
          onChange={event => setName(event.currentTarget.value)}
        />
        <RoleSelect label={say('account.role')} value={role} onChange={setRole} />
        {officer.role === 'admin' ? (
          <TextInput
            label={say('account.agency')}
            required
            value={agencyId}
            autoComplete="off"
            onChange={event => setAgencyId(event.currentTarget.value)}
          />
        ) : null}
        <Problem text={problem} />
        <Button type="submit" loading={busy}>
          {say('account.make')}
        </Button>
      </form>
    </section>
  );
}

/** Accounts: made with a code, given a role, disabled, reset, signed out. */
export function Accounts(): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [invitation, setInvitation] = useState<Invitation>();
  const { data, code, reload } = useAsk('accounts', () => adminApi.accounts());
  return (
    <>
      {invitation ? <Code invitation={invitation} onKept={() => setInvitation(undefined)} /> : null}
      <section aria-labelledby="accounts-title">
        <h2 id="accounts-title">
          {say('admin.accounts')}
          <span className="count">{data?.length ?? ''}</span>
        </h2>
        <Problem text={code ? sorry(code) : undefined} />
        <ul className="cards">
          {(data ?? []).map(account => (
            <AccountCard key={account.id} account={account} onDone={reload} onCode={setInvitation} />
          ))}
        </ul>
      </section>
      <NewAccount onDone={reload} onCode={setInvitation} />
    </>
  );
}
