import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { LanguageChoice } from '../parts/settings';
import { codeOf } from '../state/api';
import { signInApi } from '../state/sign-in-api';
import { useSorry, useWords } from '../words/words';

/** Sets a password with a code: of an invitation, or of the very first start, which also asks for a name. */
export function SetupPage({ onDone }: { onDone: () => void }): ReactNode {
  const { say } = useWords();
  const sorry = useSorry();
  const [given, setGiven] = useState({ code: '', password: '', username: '', name: '' });
  const [first, setFirst] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const change = (part: Partial<typeof given>): void => setGiven(before => ({ ...before, ...part }));

  async function submit(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    const { code, password, username, name } = given;
    try {
      await signInApi.setUp({ code, password, ...(first ? { username: username.trim(), name } : {}) });
      onDone();
    } catch (error) {
      const refused = codeOf(error);
      const known = { SIGN_IN_REFUSED: 'setup.wrong-code', INPUT_INVALID: 'setup.weak' } as const;
      setProblem(
        refused === 'SIGN_IN_REFUSED' || refused === 'INPUT_INVALID' ? say(known[refused]) : sorry(refused),
      );
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
          <h1>{say('setup.title')}</h1>
          <p className="quiet">{say('setup.lead')}</p>
        </header>
        <TextInput
          label={say('setup.code')}
          value={given.code}
          required
          withAsterisk={false}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          onChange={event => change({ code: event.currentTarget.value })}
        />
        <label className="check">
          <input type="checkbox" checked={first} onChange={event => setFirst(event.currentTarget.checked)} />
          {say('setup.first')}
        </label>
        {first ? (
          <>
            <TextInput
              label={say('sign-in.username')}
              description={say('setup.username-rule')}
              value={given.username}
              required
              withAsterisk={false}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              onChange={event => change({ username: event.currentTarget.value })}
            />
            <TextInput
              label={say('setup.name')}
              value={given.name}
              required
              withAsterisk={false}
              autoComplete="name"
              onChange={event => change({ name: event.currentTarget.value })}
            />
          </>
        ) : null}
        <PasswordInput
          label={say('setup.password')}
          description={say('setup.password-rule')}
          value={given.password}
          required
          withAsterisk={false}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': say('sign-in.show') }}
          onChange={event => change({ password: event.currentTarget.value })}
        />
        {problem ? (
          <p role="alert" className="warning">
            {problem}
          </p>
        ) : null}
        <Button type="submit" size="md" loading={busy}>
          {say('setup.submit')}
        </Button>
        <LanguageChoice />
      </form>
    </main>
  );
}
