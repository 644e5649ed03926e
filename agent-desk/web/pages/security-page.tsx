import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { QrCode } from '../parts/qr-code';
import { codeOf } from '../state/api';
import { type Security, type SessionRow, type Ways, signInApi } from '../state/sign-in-api';
import { momentText } from '../words/dates';
import { useSorry, useWords } from '../words/words';
import { Problem } from '../parts/problem';

interface State {
  readonly security: Security;
  readonly ways: Ways;
  readonly sessions: readonly SessionRow[];
}

/** Runs what a button asks for, and keeps the words for a refusal. */
function useAttempt(after: () => void): {
  problem: string | undefined;
  attempt: (work: () => Promise<unknown>) => void;
} {
  const { say } = useWords();
  const sorry = useSorry();
  const [problem, setProblem] = useState<string>();
  const attempt = (work: () => Promise<unknown>): void => {
    setProblem(undefined);
    work().then(after, (error: unknown) => {
      const code = codeOf(error);
      const own = code === 'SIGN_IN_REFUSED' || code === 'INPUT_INVALID';
      setProblem(own ? say('security.wrong') : sorry(code));
    });
  };
  return { problem, attempt };
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }): ReactNode {
  const { say } = useWords();
  return (
    <section className="form notice" aria-labelledby="codes-title">
      <h2 id="codes-title">{say('security.codes')}</h2>
      <p>{say('security.codes-lead')}</p>
      <ul className="codes">
        {codes.map(each => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </ul>
      <Button onClick={onKept}>{say('security.codes-kept')}</Button>
    </section>
  );
}

function AuthenticatorApp(props: {
  inForce: boolean;
  onCodes: (codes: readonly string[]) => void;
  onChanged: () => void;
}): ReactNode {
  const { say } = useWords();
  const [started, setStarted] = useState<{ secret: string; uri: string }>();
  const [code, setCode] = useState('');
  const { problem, attempt } = useAttempt(props.onChanged);
  const field = (
    <TextInput
      label={say('security.app-code')}
      value={code}
      inputMode="numeric"
      autoComplete="one-time-code"
      onChange={event => setCode(event.currentTarget.value)}
    />
  );
  return (
    <section className="form" aria-labelledby="app-title">
      <h2 id="app-title">{say('security.app')}</h2>
      <p>{say(props.inForce ? 'security.app-on' : 'security.app-lead')}</p>
      {props.inForce ? (
        <>
          {field}
          <Button variant="default" onClick={() => attempt(() => signInApi.removeApp(code))}>
            {say('security.app-remove')}
          </Button>
        </>
      ) : started ? (
        <form
          className="form"
          onSubmit={event => {
            event.preventDefault();
            attempt(async () => {
              const codes = await signInApi.confirmApp(code.trim());
              setStarted(undefined);
              props.onCodes(codes);
            });
          }}
        >
          <QrCode text={started.uri} label={say('security.app-picture')} />
          <p>
            {say('security.app-secret')} <code className="secret">{started.secret}</code>
          </p>
          {field}
          <Button type="submit">{say('security.app-confirm')}</Button>
        </form>
      ) : (
        <Button onClick={() => attempt(async () => setStarted(await signInApi.startApp()))}>
          {say('security.app-start')}
        </Button>
      )}
      <Problem text={problem} />
    </section>
  );
}

function PasskeyList(props: {
  security: Security;
  onCodes: (codes: readonly string[]) => void;
  onChanged: () => void;
}): ReactNode {
  const { say, language } = useWords();
  const [name, setName] = useState('');
  const { problem, attempt } = useAttempt(props.onChanged);
  return (
    <section className="form" aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{say('security.passkeys')}</h2>
      <p>{say('security.passkeys-lead')}</p>
      <ul className="rows">
        {props.security.passkeys.map(each => (
          <li key={each.id}>
            <span>
              {each.name} <small>{momentText(language, each.createdAt)}</small>
            </span>
            <Button variant="default" onClick={() => attempt(() => signInApi.removePasskey(each.id))}>
              {say('security.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <TextInput
        label={say('security.passkey-name')}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!name.trim()}
        onClick={() =>
          attempt(async () => {
            const codes = await signInApi.addPasskey(name.trim());
            setName('');
            if (codes.length > 0) props.onCodes(codes);
          })
        }
      >
        {say('security.passkey-add')}
      </Button>
      <Problem text={problem} />
    </section>
  );
}

function PasswordChange({ onChanged }: { onChanged: () => void }): ReactNode {
  const { say } = useWords();
  const [words, setWords] = useState({ current: '', next: '' });
  const { problem, attempt } = useAttempt(() => {
    setWords({ current: '', next: '' });
    onChanged();
  });
  const toggle = { 'aria-label': say('sign-in.show') };
  return (
    <form
      className="form"
      aria-labelledby="password-title"
      onSubmit={event => {
        event.preventDefault();
        attempt(() => signInApi.changePassword(words.current, words.next));
      }}
    >
      <h2 id="password-title">{say('security.password')}</h2>
      <PasswordInput
        label={say('security.password-current')}
        value={words.current}
        autoComplete="current-password"
        visibilityToggleButtonProps={toggle}
        onChange={event => setWords({ ...words, current: event.currentTarget.value })}
      />
      <PasswordInput
        label={say('setup.password')}
        description={say('setup.password-rule')}
        value={words.next}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        onChange={event => setWords({ ...words, next: event.currentTarget.value })}
      />
      <Button type="submit" variant="default" disabled={!words.current || !words.next}>
        {say('security.password-change')}
      </Button>
      <Problem text={problem} />
    </form>
  );
}

function SessionList({
  sessions,
  onChanged,
}: {
  sessions: readonly SessionRow[];
  onChanged: () => void;
}): ReactNode {
  const { say, language } = useWords();
  const { problem, attempt } = useAttempt(onChanged);
  return (
    <section className="form" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{say('security.sessions')}</h2>
      <ul className="rows">
        {sessions.map(each => (
          <li key={each.id}>
            <span>
              {each.current ? <b>{say('security.session-here')} </b> : null}
              {momentText(language, each.createdAt)} <small>{each.agent}</small>
            </span>
            {each.current ? null : (
              <Button variant="default" onClick={() => attempt(() => signInApi.endSession(each.id))}>
                {say('security.session-end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </section>
  );
}

/** How the officer signs in. With `forced` there is no way past it before a second factor is there. */
export function SecurityPage(props: {
  forced: boolean;
  onLeave: () => void;
  onSignOut: () => void;
}): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [state, setState] = useState<State>();
  const [failed, setFailed] = useState<string>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [code, setCode] = useState('');
  const load = useCallback(() => {
    Promise.all([signInApi.security(), signInApi.ways(), signInApi.sessions()]).then(
      ([security, ways, sessions]) => setState({ security, ways, sessions }),
      (error: unknown) => setFailed(codeOf(error)),
    );
  }, []);
  useEffect(load, [load]);
  const { problem, attempt } = useAttempt(props.onLeave);
  const has = state && (state.security.authenticatorApp || state.security.passkeys.length > 0);

  return (
    <main className="door">
      <div className="form security">
        <header>
          <p className="brand">{say('app.name')}</p>
          <h1>{say('security.title')}</h1>
          {props.forced ? <p className="notice">{say('security.forced')}</p> : null}
        </header>
        {failed ? <p role="alert">{sorry(failed)}</p> : null}
        {codes ? (
          <RecoveryCodes
            codes={codes}
            onKept={() => {
              setCodes(undefined);
              if (props.forced) props.onLeave();
            }}
          />
        ) : state && props.forced && has ? (
          <form
            className="form"
            onSubmit={event => {
              event.preventDefault();
              attempt(() => signInApi.stepUp(code.trim()));
            }}
          >
            <TextInput
              label={say('sign-in.code')}
              value={code}
              autoFocus
              autoComplete="one-time-code"
              onChange={event => setCode(event.currentTarget.value)}
            />
            <Button type="submit">{say('sign-in.submit')}</Button>
            <Problem text={problem} />
          </form>
        ) : state ? (
          <>
            <AuthenticatorApp inForce={state.security.authenticatorApp} onCodes={setCodes} onChanged={load} />
            {state.ways.passkeys ? (
              <PasskeyList security={state.security} onCodes={setCodes} onChanged={load} />
            ) : null}
            {has ? (
              <section className="form" aria-labelledby="left-title">
                <h2 id="left-title">{say('security.codes')}</h2>
                <p>{say('security.codes-left', { count: state.security.recoveryCodesLeft })}</p>
                <Button
                  variant="default"
                  onClick={() => {
                    signInApi.newCodes().then(setCodes, (error: unknown) => setFailed(codeOf(error)));
                  }}
                >
                  {say('security.codes-new')}
                </Button>
              </section>
            ) : null}
            {state.security.hasPassword && !props.forced ? <PasswordChange onChanged={load} /> : null}
            {props.forced ? null : <SessionList sessions={state.sessions} onChanged={load} />}
          </>
        ) : (
          <p role="status">{say('app.loading')}</p>
        )}
        <div className="form-end">
          {props.forced ? null : (
            <Button variant="default" onClick={props.onLeave}>
              {say('security.back')}
            </Button>
          )}
          <Button variant="default" onClick={props.onSignOut}>
            {say('menu.sign-out')}
          </Button>
        </div>
      </div>
    </main>
  );
}
