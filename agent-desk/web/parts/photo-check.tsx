import { Button, Checkbox } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { caseApi } from '../state/case-api';
import { useWords } from '../words/words';
import type { CasePartProps } from './case-details';

const faultKeys = [
  'photo.blurred',
  'photo.dark',
  'photo.cut',
  'photo.wrong',
  'photo.expired',
  'photo.pages',
] as const;

/** Photographs looked at before anybody files or goes: good, or what to take again and why; one touch each. */
export function PhotoCheck({ shown, busy, run }: CasePartProps): ReactNode {
  const { say } = useWords();
  const [faults, setFaults] = useState<string[]>([]);
  return (
    <section aria-labelledby="photo-check">
      <h2 id="photo-check">{say('photo.title')}</h2>
      <Button
        disabled={busy}
        onClick={() => run(() => caseApi.act(shown.id, { kind: 'answer', text: say('photo.good-text') }))}
      >
        {say('photo.good')}
      </Button>
      <Checkbox.Group label={say('photo.faults')} value={faults} onChange={setFaults} className="papers">
        {faultKeys.map(key => (
          <Checkbox key={key} value={say(key)} label={say(key)} />
        ))}
      </Checkbox.Group>
      <Button
        variant="default"
        disabled={busy || faults.length === 0}
        onClick={() =>
          run(async () => {
            await caseApi.act(shown.id, { kind: 'ask-person', needs: faults });
            setFaults([]);
          })
        }
      >
        {say('photo.again')}
      </Button>
    </section>
  );
}
