import { Button, Popover } from '@mantine/core';
import {
  IconAddressBook,
  IconBell,
  IconBook,
  IconFolder,
  IconKeyboard,
  IconLogout,
  IconMessage2Bolt,
  IconMessages,
  IconSettings,
  IconShieldCheck,
  IconShieldLock,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { keepsKnowledge } from '../pages/knowledge/knowledge-page';
import { openDialog, useDesk, useLive } from '../state/desk-context';
import { type Place, go } from '../state/route';
import type { Officer } from '../state/schemas';
import { useWords } from '../words/words';
import { Settings } from './settings';

const pages = [
  { page: 'desk', key: 'nav.desk', Icon: IconMessages },
  { page: 'contacts', key: 'nav.contacts', Icon: IconAddressBook },
  { page: 'cases', key: 'nav.cases', Icon: IconFolder },
  { page: 'reminders', key: 'nav.reminders', Icon: IconBell },
  { page: 'log', key: 'nav.log', Icon: IconUserPlus },
  { page: 'admin', key: 'nav.admin', Icon: IconShieldCheck },
] as const;

export const administers = ({ role }: Officer): boolean => role === 'agencyadmin' || role === 'admin';

function placeOf(page: (typeof pages)[number]['page']): Place {
  if (page === 'admin') return { page, part: 'requests' };
  return page === 'reminders' ? { page, part: 'list' } : { page };
}

/** The places of the desk; above on wide screens, below on phones. */
export function MainNav({ page }: { page: Place['page'] }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  const waiting = useLive(state => state.lists?.waiting.length ?? 0);
  const shown = pages.filter(each => each.page !== 'admin' || administers(officer));
  return (
    <nav className="main-nav" aria-label={say('nav.label')}>
      {shown.map(({ page: to, key, Icon }) => (
        <button
          key={to}
          type="button"
          aria-current={page === to ? 'page' : undefined}
          onClick={() => go(placeOf(to))}
        >
          <Icon className="icon" aria-hidden />
          <span>{say(key)}</span>
          {to === 'desk' && waiting > 0 ? (
            <span className="badge" aria-label={say('alert.waiting', { count: waiting })}>
              {waiting}
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}

/** Who is signed in, who else is there, and the settings. */
export function AccountMenu({ onSignOut }: { onSignOut: () => void }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  const officers = useLive(state => state.officers);
  return (
    <div className="account">
      {officers.length > 0 ? (
        <span
          className="presence"
          title={say('presence.names', { names: officers.map(each => each.name).join(', ') })}
        >
          <IconUsers className="icon" aria-hidden />
          {say('presence.count', { count: officers.length })}
        </span>
      ) : null}
      <Popover
        position="bottom-end"
        trapFocus
        returnFocus
        withinPortal
        shadow="md"
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<IconSettings className="icon" aria-hidden />}
            aria-label={say('menu.open')}
          >
            <span className="account-name">{officer.name}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown className="account-menu">
          <p>
            <b>{officer.name}</b>
            <br />
            <span className="quiet">{say(`role.${officer.role}`)}</span>
          </p>
          {officers.length > 0 ? (
            <p className="quiet">
              {say('presence.names', { names: officers.map(each => each.name).join(', ') })}
            </p>
          ) : null}
          <Settings />
          <Button
            variant="default"
            leftSection={<IconKeyboard className="icon" aria-hidden />}
            onClick={() => openDialog('keys')}
          >
            {say('menu.shortcuts')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconMessage2Bolt className="icon" aria-hidden />}
            onClick={() => go({ page: 'replies' })}
          >
            {say('canned.title')}
          </Button>
          {keepsKnowledge(officer) ? (
            <Button
              variant="default"
              component="a"
              href="#knowledge"
              leftSection={<IconBook className="icon" aria-hidden />}
            >
              {say('knowledge.open')}
            </Button>
          ) : null}
          <Button
            variant="default"
            component="a"
            href="#security"
            leftSection={<IconShieldLock className="icon" aria-hidden />}
          >
            {say('menu.security')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconLogout className="icon" aria-hidden />}
            onClick={onSignOut}
          >
            {say('menu.sign-out')}
          </Button>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
