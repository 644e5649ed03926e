import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { codeOf } from '../state/api';
import type { Officer } from '../state/schemas';
import { type Ways, signInApi } from '../state/sign-in-api';
import { LanguageChoice } from '../parts/settings';
import { useWords } from '../words/words';
import { Refusal } from '../parts/problem';

/** The door. A refusal never says which of the two was wrong. */
export function SignInPage(props: {
  over: boolean;
  /** The identity provider's answer did not let anybody in. */
  refused: boolean;
  onSignedIn: (officer: Officer) => void;
}): ReactNode {
  const { say } = useWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [ways, setWays] = useState<Ways>({ provider: false, passkeys: false });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    // Without an answer the password is still there.
    signInApi.ways().then(setWays, () => undefined);
  }, []);

  async function enter(how: () => Promise<Officer>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      props.onSignedIn(await how());
    } catch (error) {
      const refused = codeOf(error);
      const asks = refused === 'SECOND_FACTOR_NEEDED';
      if (!asks || asksCode) setProblem(refused);
      if (asks) setAsksCode(true);
      setBusy(false);
    }
  }
  return (
    <main className="door">
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          void enter(() => signInApi.signIn(username.trim(), password, code.trim()));
        }}
      >
        <header>
          <p className="brand">{say('app.name')}</p>
          <h1>{say('sign-in.title')}</h1>
          <p className="quiet">{say('sign-in.lead')}</p>
        </header>
        {props.refused && !problem ? <p className="notice">{say('sign-in.refused')}</p> : null}
        {props.over && !problem ? <p className="notice">{say('sign-in.over')}</p> : null}
        <TextInput
          label={say('sign-in.username')}
          value={username}
          required
          withAsterisk={false}
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          onChange={event => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label={say('sign-in.password')}
          value={password}
          required
          withAsterisk={false}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': say('sign-in.show') }}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        {asksCode ? (
          <TextInput
            label={say('sign-in.code')}
            description={say('sign-in.code-lead')}
            value={code}
            required
            withAsterisk={false}
            autoFocus
            autoComplete="one-time-code"
            spellCheck={false}
            onChange={event => setCode(event.currentTarget.value)}
          />
        ) : null}
        <Refusal code={problem} />
        <Button type="submit" size="md" loading={busy}>
          {say('sign-in.submit')}
        </Button>
        {ways.passkeys ? (
          <Button variant="default" disabled={busy} onClick={() => void enter(() => signInApi.passkey())}>
            {say('sign-in.passkey')}
          </Button>
        ) : null}
        {ways.provider ? (
          <Button variant="default" component="a" href="/api/v1/session/oidc">
            {say('sign-in.provider')}
          </Button>
        ) : null}
        <LanguageChoice />
      </form>
    </main>
  );
}
