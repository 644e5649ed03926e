import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useClaim } from '../state/claim';
import { openDialog, useDesk } from '../state/desk-context';
import type { Conversation } from '../state/schemas';
import { useWords } from '../words/words';
import { useTell } from './tell';

/** Says what is asked of whom about a hand-over, and lets them answer it here. */
export function OfferBar(props: { conversation: Conversation; mayHandle: boolean }): ReactNode {
  const { say } = useWords();
  const { live, officer } = useDesk();
  const claim = useClaim();
  const tell = useTell();
  const { id, owner } = props.conversation;
  if (owner.kind !== 'officer') return null;
  const { offer, declinedBy } = owner;
  const end = (): void =>
    void live.decline(id).then(code => {
      if (code) tell.refused(code);
    });

  if (offer?.to.id === officer.id)
    return (
      <section className="offer" aria-label={say('offer.label')}>
        <p role="status">
          <b>{say('offer.to-me', { name: offer.by.name })}</b>
          {offer.note ? <span>{offer.note}</span> : null}
        </p>
        <Button onClick={() => claim(id)}>{say('list.claim')}</Button>
        <Button variant="default" onClick={end}>
          {say('offer.decline')}
        </Button>
      </section>
    );
  if (!props.mayHandle || !(offer ?? declinedBy)) return null;
  return (
    <section className="offer" aria-label={say('offer.label')}>
      <p role="status">
        {offer ? say('offer.waits', { name: offer.to.name }) : null}
        {declinedBy && !offer ? say('offer.declined', { name: declinedBy.name }) : null}
      </p>
      {offer ? (
        <Button variant="default" onClick={end}>
          {say('offer.take-back')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => openDialog('transfer')}>
          {say('offer.ask-another')}
        </Button>
      )}
    </section>
  );
}
