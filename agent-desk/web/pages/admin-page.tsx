import { type ReactNode, useEffect } from 'react';
import { useDesk } from '../state/desk-context';
import { type AdminPart, adminParts, go } from '../state/route';
import { useWords } from '../words/words';
import { Accounts } from './admin/accounts';
import { AuditTrail } from './admin/audit';
import { Breaches } from './admin/breaches';
import { Requests } from './admin/requests';

const keys = {
  requests: 'admin.requests',
  breaches: 'admin.breaches',
  accounts: 'admin.accounts',
  audit: 'admin.audit',
} as const satisfies Readonly<Record<AdminPart, string>>;

function Part({ part }: { part: AdminPart }): ReactNode {
  switch (part) {
    case 'requests':
      return <Requests />;
    case 'breaches':
      return <Breaches />;
    case 'accounts':
      return <Accounts />;
    case 'audit':
      return <AuditTrail />;
  }
}

/** Rights of people, breaches, accounts and the record of what was done, for those who answer for them. */
export function AdminPage({ part }: { part: AdminPart }): ReactNode {
  const { say } = useWords();
  const { officer } = useDesk();
  // The record of what was done is read by administrators of the installation only.
  const shown = adminParts.filter(each => each !== 'audit' || officer.role === 'admin');
  const allowed = shown.includes(part);
  useEffect(() => {
    if (!allowed) go({ page: 'admin', part: 'requests' });
  }, [allowed]);
  return (
    <div className="page admin-page">
      <header className="page-head">
        <h1>{say('admin.title')}</h1>
      </header>
      <nav className="tabs" aria-label={say('admin.title')}>
        {shown.map(each => (
          <button
            key={each}
            type="button"
            aria-current={each === part ? 'page' : undefined}
            onClick={() => go({ page: 'admin', part: each })}
          >
            {say(keys[each])}
          </button>
        ))}
      </nav>
      {allowed ? <Part part={part} /> : null}
    </div>
  );
}
