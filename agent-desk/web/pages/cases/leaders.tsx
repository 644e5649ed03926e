import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type ChosenPerson, PersonField } from '../../parts/person-field';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { type Area, caseApi } from '../../state/case-api';
import { useWords } from '../../words/words';
import { Rows, Warning } from './rows';
import { useList } from './use-list';
import { Refusal } from '../../parts/problem';

const read = (): ReturnType<typeof caseApi.leaders> => caseApi.leaders();

/** Province and district as they are typed; empty ones are left out. */
export function AreaFields({ area, onChange }: { area: Area; onChange: (area: Area) => void }): ReactNode {
  const { say } = useWords();
  return (
    <div className="two">
      {(['province', 'district'] as const).map(field => (
        <TextInput
          key={field}
          label={`${say(`leader.${field}`)} (${say('field.optional')})`}
          value={area[field] ?? ''}
          maxLength={200}
          onChange={event => {
            const { [field]: _old, ...others } = area;
            const typed = event.currentTarget.value;
            onChange(typed ? { ...others, [field]: typed } : others);
          }}
        />
      ))}
    </div>
  );
}

export const trimmed = ({ province, district }: Area): Area => ({
  ...(province?.trim() ? { province: province.trim() } : {}),
  ...(district?.trim() ? { district: district.trim() } : {}),
});

/** Who speaks for which village, as officers have verified; and the form to verify one more. */
export function Leaders(): ReactNode {
  const { say } = useWords();
  const tell = useTell();
  const { shown, problem, load } = useList(read);
  const [person, setPerson] = useState<ChosenPerson>();
  const [village, setVillage] = useState('');
  const [area, setArea] = useState<Area>({});
  const [refused, setRefused] = useState<string>();

  const run = (work: () => Promise<unknown>): void => {
    work().then(
      () => {
        setRefused(undefined);
        setPerson(undefined);
        setVillage('');
        tell.done(say('case.saved'));
        load();
      },
      (error: unknown) => setRefused(codeOf(error)),
    );
  };

  return (
    <section aria-labelledby="leaders">
      <h2 id="leaders">{say('leader.title')}</h2>
      <Warning code={problem} />
      <Refusal code={refused} />
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          if (person?.kind !== 'known' || !village.trim()) return;
          const { id } = person.person;
          run(() => caseApi.verify(id, { village: village.trim(), ...trimmed(area) }));
        }}
      >
        <p className="quiet">{say('leader.how')}</p>
        <PersonField value={person} onChange={setPerson} />
        {person?.kind === 'new' ? <p className="warning">{say('leader.known-only')}</p> : null}
        <TextInput
          label={say('leader.village')}
          value={village}
          maxLength={200}
          onChange={event => setVillage(event.currentTarget.value)}
        />
        <AreaFields area={area} onChange={setArea} />
        <div className="form-end">
          <Button type="submit" disabled={person?.kind !== 'known' || !village.trim()}>
            {say('leader.verify')}
          </Button>
        </div>
      </form>
      {shown?.length === 0 ? <p className="empty">{say('leader.none')}</p> : null}
      <Rows
        rows={(shown ?? []).map(row => ({
          id: row.personId,
          cells: [
            [say('leader.village'), row.village],
            [say('leader.district'), row.district ?? '–'],
            [say('leader.province'), row.province ?? '–'],
            [say('leader.by'), row.verifiedBy],
            [
              say('visit.note'),
              <Button
                key="end"
                variant="default"
                size="compact-md"
                onClick={() => run(() => caseApi.unverify(row.personId))}
              >
                {say('leader.unverify')}
              </Button>,
            ],
          ],
        }))}
      />
    </section>
  );
}
