import { Button, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTell } from '../../parts/tell';
import { codeOf } from '../../state/api';
import { useAsk } from '../../state/hooks';
import { type NewEntry as Begun, knowledgeApi, serviceKinds } from '../../state/knowledge-api';
import { fieldText } from '../../words/entry-fields';
import { type Key, useSorry, useWords } from '../../words/words';

type Field = 'id' | 'name' | 'nameEn' | 'agencyId' | 'kind' | 'category' | 'answer' | 'source';
type Given = Readonly<Record<Field, string>>;
const nothing: Given = {
  ...{ id: '', name: '', nameEn: '', agencyId: '', kind: '', category: '', answer: '', source: '' },
};
const longest: Readonly<Partial<Record<Field, number>>> = {
  name: 200,
  nameEn: 200,
  answer: 2_000,
  source: 500,
};

/** What has to be mended before the server is asked, by field. */
function faultsOf(given: Given): Partial<Record<Field, Key>> {
  const faults: Partial<Record<Field, Key>> = {};
  if (!/^[a-z0-9-]{1,60}$/u.test(given.id)) faults.id = 'knowledge.new.fault.id';
  for (const field of ['name', 'nameEn', 'answer', 'source'] as const) {
    const { length } = given[field].trim();
    const mayLack = field === 'nameEn' && length === 0;
    if (length < 3 && !mayLack) faults[field] = `knowledge.new.fault.${field}`;
    else if (length > (longest[field] ?? Infinity)) faults[field] = 'knowledge.new.fault.long';
  }
  for (const field of ['agencyId', 'kind', 'category'] as const)
    if (given[field] === '') faults[field] = 'knowledge.new.fault.choose';
  return faults;
}

const entryOf = ({ nameEn, ...given }: Given): Begun => ({
  ...given,
  kind: serviceKinds.find(kind => kind === given.kind) ?? 'info',
  ...(nameEn.trim() ? { nameEn } : {}),
});

/** Begins the entry of a service that the catalogue does not have; the rest is written in the editor. */
export function NewEntry({
  onMade,
  onLeave,
}: {
  onMade: (id: string) => void;
  onLeave: () => void;
}): ReactNode {
  const { say, language } = useWords();
  const sorry = useSorry();
  const tell = useTell();
  const [given, setGiven] = useState(nothing);
  const [tried, setTried] = useState(false);
  const [taken, setTaken] = useState<string>();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const agencies = useAsk('agencies', () => knowledgeApi.agencies());
  const categories = useAsk('categories', () => knowledgeApi.categories());
  const faults = faultsOf(given);
  const inWords = (text: { th: string; en?: string | undefined }): string =>
    (language === 'en' ? text.en : undefined) ?? text.th;
  const unavailable = agencies.code ?? categories.code;

  function field(name: Field): { label: string; value: string; error: string | undefined } {
    const fault: Key | undefined =
      name === 'id' && taken !== undefined && taken === given.id ? 'knowledge.new.fault.taken' : faults[name];
    const shown = tried && fault ? say(fault, { count: longest[name] ?? 0 }) : undefined;
    return { label: say(`knowledge.new.${name}`), value: given[name], error: shown };
  }
  const set = (name: Field, value: string): void => setGiven(before => ({ ...before, [name]: value }));

  async function begin(): Promise<void> {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    const told = await knowledgeApi.begin(entryOf(given));
    if (told.problems.length === 0) return onMade(given.id);
    if (told.problems.some(each => each.field === 'id')) setTaken(given.id);
    setProblems(
      told.problems
        .filter(each => each.field !== 'id')
        .map(each => `${fieldText(say, each.field)}: ${each.problem}`),
    );
  }
  const options = (list: readonly { value: string; label: string }[]): { value: string; label: string }[] => [
    { value: '', label: say('knowledge.new.choose') },
    ...list,
  ];
  const select = (name: Field, list: readonly { value: string; label: string }[]): ReactNode => (
    <NativeSelect
      {...field(name)}
      required
      data={options(list)}
      onChange={event => set(name, event.currentTarget.value)}
    />
  );
  return (
    <div>
      <Button variant="default" onClick={onLeave}>
        {say('knowledge.back')}
      </Button>
      <h2>{say('knowledge.new')}</h2>
      <p>{say('knowledge.new.lead')}</p>
      {unavailable ? <p role="alert">{sorry(unavailable)}</p> : null}
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault();
          begin().catch((error: unknown) => tell.refused(codeOf(error)));
        }}
      >
        {problems.length > 0 ? (
          <ul role="alert" className="warning">
            {problems.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        ) : null}
        <TextInput {...field('name')} required onChange={event => set('name', event.currentTarget.value)} />
        <TextInput {...field('nameEn')} onChange={event => set('nameEn', event.currentTarget.value)} />
        <TextInput
          {...field('id')}
          required
          description={say('knowledge.new.id.hint')}
          onChange={event => set('id', event.currentTarget.value)}
        />
        {select(
          'agencyId',
          (agencies.data ?? []).map(({ id, name }) => ({ value: id, label: inWords(name) })),
        )}
        {select(
          'kind',
          serviceKinds.map(value => ({ value, label: say(`knowledge.kind.${value}`) })),
        )}
        {select(
          'category',
          (categories.data ?? []).map(({ id, label }) => ({ value: id, label: inWords(label) })),
        )}
        <Textarea
          {...field('answer')}
          required
          autosize
          minRows={2}
          description={say('knowledge.new.answer.hint')}
          onChange={event => set('answer', event.currentTarget.value)}
        />
        <TextInput
          {...field('source')}
          required
          description={say('knowledge.new.source.hint')}
          onChange={event => set('source', event.currentTarget.value)}
        />
        <Button type="submit">{say('knowledge.new.begin')}</Button>
      </form>
    </div>
  );
}
