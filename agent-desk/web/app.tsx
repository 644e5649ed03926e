import { Button, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { KnowledgePage, keepsKnowledge } from './pages/knowledge/knowledge-page';
import { SecurityPage } from './pages/security-page';
import { SetupPage } from './pages/setup-page';
import { SignInPage } from './pages/sign-in-page';
import { Workspace } from './pages/workspace';
import { useTell } from './parts/tell';
import { api, codeOf } from './state/api';
import { useHash } from './state/hash';
import { preferences } from './state/preferences';
import type { Officer } from './state/schemas';
import { useStore } from './state/store';
import { theme } from './theme';
import { type Catalogues, WordsProvider, useSorry, useWords } from './words/words';

type Door =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable'; readonly code: string }
  | { readonly kind: 'outside'; readonly over: boolean }
  | { readonly kind: 'inside'; readonly officer: Officer; readonly needsFactor: boolean };

const servesCitizens = (officer: Officer): boolean =>
  officer.role !== 'editor' && officer.role !== 'reviewer';

function Doorway(): ReactNode {
  const { say, language } = useWords();
  const sorry = useSorry();
  const tell = useTell();
  const [door, setDoor] = useState<Door>({ kind: 'asking' });
  const signedOut = useCallback(() => setDoor({ kind: 'outside', over: true }), []);

  const ask = useCallback(() => {
    api.whoAmI().then(
      officer => setDoor({ kind: 'inside', officer, needsFactor: officer.secondFactor === 'needed' }),
      (error: unknown) => {
        const code = codeOf(error);
        setDoor(code === 'NOT_SIGNED_IN' ? { kind: 'outside', over: false } : { kind: 'unreachable', code });
      },
    );
  }, []);
  useEffect(ask, [ask]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${say('app.name')} · ${say('app.desk')}`;
  }, [language, say]);

  const hash = useHash();
  const leaveHash = (): void => {
    history.replaceState(null, '', location.pathname);
    dispatchEvent(new HashChangeEvent('hashchange'));
  };

  const signOut = (): void => {
    const leave = (): void => setDoor({ kind: 'outside', over: false });
    api.signOut().then(leave, (error: unknown) => {
      // Still signed in: nobody may think otherwise on a shared computer.
      if (codeOf(error) === 'NOT_SIGNED_IN') leave();
      else tell.refused(codeOf(error));
    });
  };

  switch (door.kind) {
    case 'asking':
      return (
        <main className="door">
          <p role="status">{say('app.loading')}</p>
        </main>
      );
    case 'unreachable':
      return (
        <main className="door">
          <div className="form">
            <p role="alert">{sorry(door.code)}</p>
            <Button onClick={ask}>{say('app.retry')}</Button>
          </div>
        </main>
      );
    case 'outside':
      return hash === 'setup' ? (
        <SetupPage onDone={leaveHash} />
      ) : (
        <SignInPage
          over={door.over}
          refused={hash === 'refused'}
          onSignedIn={() => {
            if (hash) leaveHash();
            ask();
          }}
        />
      );
    case 'inside':
      if (door.needsFactor || hash === 'security') {
        const leave = (): void => {
          leaveHash();
          ask();
        };
        return <SecurityPage forced={door.needsFactor} onLeave={leave} onSignOut={signOut} />;
      }
      if (keepsKnowledge(door.officer) && (hash === 'knowledge' || !servesCitizens(door.officer)))
        return (
          <KnowledgePage
            officer={door.officer}
            {...(servesCitizens(door.officer) ? { onLeave: leaveHash } : {})}
            onSignOut={signOut}
          />
        );
      return <Workspace officer={door.officer} onSignedOut={signedOut} onSignOut={signOut} />;
  }
}

/** Theme and text size of this officer around everything. */
export function App({ catalogues }: { catalogues: Catalogues }): ReactNode {
  const { theme: scheme, textSize } = useStore(preferences, value => value);
  useEffect(() => {
    document.documentElement.style.fontSize = `${textSize}%`;
  }, [textSize]);
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme={scheme}
      {...(scheme === 'auto' ? {} : { forceColorScheme: scheme })}
    >
      <WordsProvider catalogues={catalogues}>
        <Doorway />
      </WordsProvider>
      <Notifications position="top-right" autoClose={5000} transitionDuration={0} />
    </MantineProvider>
  );
}
