import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { caseApi } from '../state/case-api';
import type { Desks } from '../state/case-schemas';
import { useWords } from '../words/words';
import type { CasePartProps } from './case-details';

/** Gives a case to a colleague, or on to another agency of this desk with the reason that its person reads. */
export function CaseGive({ shown, busy, run }: CasePartProps): ReactNode {
  const { say, language } = useWords();
  const [desks, setDesks] = useState<Desks>();
  const [officerId, setOfficerId] = useState('');
  const [agencyId, setAgencyId] = useState('');
  const [why, setWhy] = useState('');
  useEffect(() => {
    caseApi.desks().then(setDesks, () => setDesks({ officers: [], agencies: [] }));
  }, []);
  const officer = desks?.officers.find(({ id }) => id === officerId);
  if (!desks || (desks.officers.length === 0 && desks.agencies.length === 0)) return null;
  const nobody = { value: '', label: say('give.choose') };
  return (
    <section aria-labelledby="case-give">
      <h2 id="case-give">{say('give.title')}</h2>
      {desks.officers.length > 0 ? (
        <form
          className="form"
          onSubmit={event => {
            event.preventDefault();
            if (officer)
              run(() => caseApi.act(shown.id, { kind: 'assign', officerId: officer.id, name: officer.name }));
          }}
        >
          <NativeSelect
            label={say('give.officer')}
            value={officerId}
            onChange={event => setOfficerId(event.currentTarget.value)}
            data={[nobody, ...desks.officers.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <div className="form-end">
            <Button type="submit" disabled={busy || !officer}>
              {say('give.assign')}
            </Button>
          </div>
        </form>
      ) : null}
      {desks.agencies.length > 0 ? (
        <form
          className="form"
          onSubmit={event => {
            event.preventDefault();
            if (agencyId && why.trim())
              run(() => caseApi.act(shown.id, { kind: 'hand-on', agencyId, why: why.trim() }));
          }}
        >
          <NativeSelect
            label={say('give.agency')}
            value={agencyId}
            onChange={event => setAgencyId(event.currentTarget.value)}
            data={[
              nobody,
              ...desks.agencies.map(({ id, name }) => ({ value: id, label: name[language] ?? name.th })),
            ]}
          />
          <Textarea
            label={say('give.why')}
            autosize
            minRows={2}
            value={why}
            onChange={event => setWhy(event.currentTarget.value)}
          />
          <div className="form-end">
            <Button type="submit" disabled={busy || !agencyId || !why.trim()}>
              {say('give.hand-on')}
            </Button>
          </div>
        </form>
      ) : null}
    </section>
  );
}
