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
  const [faults, setFaults] = useState<readonly string[]>([]);
  return (
    <section aria-labelledby="photo-check" className="form">
      <h2 id="photo-check">{say('photo.title')}</h2>
      <p className="form-row">
        <Button
          disabled={busy}
          onClick={() => run(() => caseApi.act(shown.id, { kind: 'answer', text: say('photo.good-text') }))}
        >
          {say('photo.good')}
        </Button>
      </p>
      <fieldset className="papers">
        <legend>{say('photo.faults')}</legend>
        {faultKeys
          .map(key => say(key))
          .map(fault => (
            <Checkbox
              key={fault}
              label={fault}
              checked={faults.includes(fault)}
              onChange={({ currentTarget: { checked } }) =>
                setFaults(before => (checked ? [...before, fault] : before.filter(each => each !== fault)))
              }
            />
          ))}
      </fieldset>
      <p className="form-row">
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
      </p>
    </section>
  );
}
