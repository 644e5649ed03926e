import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { api, codeOf } from '../state/api';
import type { Officer } from '../state/schemas';
import { LanguageChoice } from '../parts/settings';
import { useSorry, useWords } from '../words/words';

/** The door. A refusal never says which of the two was wrong. */
export function SignInPage(props: { over: boolean; onSignedIn: (officer: Officer) => void }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      props.onSignedIn(await api.signIn(username.trim(), password));
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  }
  return (
    <main className="door">
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          void submit();
        }}
      >
        <header>
          <p className="brand">{say('app.name')}</p>
          <h1>{say('sign-in.title')}</h1>
          <p className="quiet">{say('sign-in.lead')}</p>
        </header>
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
        {problem ? (
          <p role="alert" className="warning">
            {sorry(problem)}
          </p>
        ) : null}
        <Button type="submit" size="md" loading={busy}>
          {say('sign-in.submit')}
        </Button>
        <LanguageChoice />
      </form>
    </main>
  );
}
