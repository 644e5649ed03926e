import { type ReactNode, Suspense, lazy, useEffect, useMemo, useState } from 'react';
import { LinkBanner, WaitingAlert } from '../parts/alerts';
import { useMayHandle } from '../parts/chat-pane';
import { Dialogs } from '../parts/dialogs';
import { AccountMenu, MainNav } from '../parts/top-bar';
import { focusReply, useClaim } from '../state/claim';
import { DeskContext, openDialog, useDesk, useLive } from '../state/desk-context';
import { useAltKeys } from '../state/hooks';
import { type Live, connectLive } from '../state/live';
import { newId } from '../state/new-id';
import { type Place, go, place as placeStore } from '../state/route';
import type { Officer } from '../state/schemas';
import { useStore } from '../state/store';
import { useWords } from '../words/words';
import { AdminPage } from './admin-page';
import { CasesPage } from './cases-page';
import { ContactsPage } from './contacts-page';
import { DeskPage } from './desk-page';
import { LogPage } from './log-page';
import { RepliesPage } from './replies/replies-page';

/** With its charts, loaded when it is opened. */
const RemindersPage = lazy(() => import('./reminders/reminders-page'));

function Page({ place }: { place: Place }): ReactNode {
  switch (place.page) {
    case 'desk':
      return <DeskPage conversation={place.conversation} pane={place.pane} />;
    case 'contacts':
      return <ContactsPage />;
    case 'replies':
      return <RepliesPage />;
    case 'cases':
      return <CasesPage caseId={place.caseId} />;
    case 'admin':
      return <AdminPage part={place.part} />;
    case 'reminders':
      return (
        <Suspense fallback={null}>
          <RemindersPage part={place.part} id={place.id} />
        </Suspense>
      );
    case 'log':
      return <LogPage key={place.personId ?? ''} personId={place.personId} />;
  }
}

function useShortcuts(place: Place): void {
  const { live } = useDesk();
  const claim = useClaim();
  const current = place.page === 'desk' ? place.conversation : undefined;
  const conversation = useLive(state => (current ? state.threads[current]?.conversation : undefined));
  const mayHandle = useMayHandle(conversation);
  const focus = (id: string): void => document.getElementById(id)?.focus();
  useAltKeys({
    KeyQ: () => {
      const { lists } = live.state.get();
      const next = lists?.offered[0] ?? lists?.waiting[0];
      if (next) claim(next.id);
    },
    Digit1: () => {
      if (place.page !== 'desk') go({ page: 'desk' });
      setTimeout(
        () => document.querySelector<HTMLElement>('.list-pane .item-open')?.focus() ?? focus('list'),
        0,
      );
    },
    Digit2: () => focusReply(),
    Digit3: () => {
      if (current) go({ page: 'desk', conversation: current, pane: 'person' });
      setTimeout(() => focus('person'), 0);
    },
    KeyK: () => mayHandle && openDialog('close'),
    KeyJ: () => mayHandle && openDialog('note'),
    KeyS: () => mayHandle && openDialog('transfer'),
    KeyN: () => go({ page: 'log' }),
    KeyT: () => go({ page: 'contacts' }),
    KeyH: () => openDialog('keys'),
  });
}

function Frame({ onSignOut }: { onSignOut: () => void }): ReactNode {
  const { say } = useWords();
  const place = useStore(placeStore, value => value);
  const current = place.page === 'desk' ? place.conversation : undefined;
  const conversation = useLive(state => (current ? state.threads[current]?.conversation : undefined));
  useShortcuts(place);
  return (
    <div className="app">
      <div className="frame" data-page={place.page}>
        <a className="skip" href="#content">
          {say('app.skip')}
        </a>
        <header className="top">
          <span className="brand">{say('app.name')}</span>
          <MainNav page={place.page} />
          <AccountMenu onSignOut={onSignOut} />
        </header>
        <LinkBanner />
        <main id="content" tabIndex={-1}>
          <Page place={place} />
        </main>
      </div>
      <WaitingAlert />
      <Dialogs conversation={conversation} />
    </div>
  );
}

/** Everything behind the door, for those who serve citizens. */
export function Workspace(props: {
  officer: Officer;
  onSignedOut: () => void;
  onSignOut: () => void;
}): ReactNode {
  const { officer, onSignedOut, onSignOut } = props;
  const [live, setLive] = useState<Live>();
  useEffect(() => {
    const connected = connectLive({ onSignedOut, newId, now: Date.now });
    setLive(connected);
    return () => connected.stop();
  }, [onSignedOut]);
  const desk = useMemo(() => (live ? { officer, live } : undefined), [officer, live]);
  if (!desk) return null;
  return (
    <DeskContext value={desk}>
      <Frame onSignOut={onSignOut} />
    </DeskContext>
  );
}
