import { join } from 'node:path';
import { projectRoot } from '../../server/root';
import { describeStores, type TestData } from '../../tests/support/stores';
import { loadRegister } from '../load';
import { createQuizzes, loadQuizzes } from '../quiz';
import { publish } from '../register';
import { suggest } from './suggest';
import { type SuggestionParts, type WiredSuggestions, createSuggestions } from './suggestions';

const data = join(projectRoot(), 'knowledge', 'data');
const knowledge = publish(loadRegister(data));
const quizzes = createQuizzes(loadQuizzes(join(data, 'quizzes')));
const [quiz] = quizzes.all();

describe('what is suggested', () => {
  it('names no sensitive service, whatever was told or asked', () => {
    const sensitive = knowledge.topics().filter(each => each.sensitivity !== undefined);
    expect(sensitive.length).toBeGreaterThan(3);
    const everything = {
      hiv: 'yes',
      age: '15-17',
      pregnant: 'yes',
      income: 'low',
      care: 'nobody',
      work: 'none',
    };
    const asked = knowledge
      .topics()
      .filter(each => each.related.some(id => sensitive.some(other => other.id === id)))
      .map(({ id }) => id);
    expect(asked.length).toBeGreaterThan(0);
    for (const one of [[], ...asked.map(id => [id])]) {
      const found = suggest({ quiz, knowledge, facts: everything, asked: one });
      for (const { service } of found)
        expect(knowledge.topic({ kind: 'service', id: service })?.sensitivity).toBeUndefined();
    }
  });

  it('does not suggest what was asked about, and gives each service once', () => {
    const facts = { age: '66-up', work: 'none', income: 'low', struggling: 'yes' };
    const before = suggest({ quiz, knowledge, facts, asked: [] }).map(({ service }) => service);
    expect(before).toContain('p1-04');
    const after = suggest({ quiz, knowledge, facts, asked: ['p1-04'] }).map(({ service }) => service);
    expect(after).not.toContain('p1-04');
    expect(new Set(after).size).toBe(after.length);
  });

  it('keeps of a quiz neither matters of health nor what nobody was sure of', () => {
    const told = {
      age: '66-up',
      disabled: 'yes',
      card: 'no',
      hiv: 'no',
      pregnant: 'no',
      work: 'unsure',
      none: 'such',
    };
    expect(quiz?.rememberable(told)).toEqual({ age: '66-up' });
  });
});

describeStores('what is remembered for suggestions', newData => {
  let store: TestData;
  beforeEach(() => void (store = newData()));
  afterEach(() => store.remove());

  const subject = { personIds: [], conversationIds: [], addressIds: ['a1'] };
  const learned = (at: number, facts: object) => ({
    id: `e${at}/0`,
    kind: 'suggestions.learned',
    data: { addressId: 'a1', at, facts },
  });
  async function open(agreedSince: SuggestionParts['agreedSince']): Promise<WiredSuggestions> {
    const engine = store.engine();
    const made = createSuggestions({
      ...{ engine, agreedSince, clock: () => 100 },
      quizzes: () => quizzes,
      knowledge: () => knowledge,
    });
    await engine.open();
    return made;
  }
  const learn = (made: WiredSuggestions, at: number, facts: object): Promise<void> | undefined =>
    made.commands['suggestions.learned']?.(learned(at, facts));

  it('takes up what was told since the consent, twice the same as once, and nothing from before', async () => {
    const made = await open(() => Promise.resolve(50));
    await learn(made, 49, { work: 'none' });
    await learn(made, 50, { age: '66-up' });
    await learn(made, 50, { age: '66-up' });
    expect((await made.of('a1'))?.facts.map(({ fact }) => fact)).toEqual(['age']);
  });

  it('leaves nothing behind of somebody who withdraws, or is erased, in the middle of the write', async () => {
    let looks = 0;
    const made = await open(() => Promise.resolve((looks += 1) === 1 ? 50 : undefined));
    await learn(made, 60, { age: '66-up' });
    expect(looks).toBe(2);
    expect(await made.personal.collect(subject)).toEqual([{ name: 'suggestions', records: [] }]);
  });

  it('is in the copy of what is kept, and gone when the person is erased', async () => {
    const made = await open(() => Promise.resolve(50));
    await learn(made, 60, { age: '66-up' });
    expect(await made.personal.collect(subject)).toEqual([
      { name: 'suggestions', records: [{ facts: { age: '66-up' }, asked: [], changedAt: 100 }] },
    ]);
    expect(await made.personal.erase(subject)).toEqual({ suggestions: 1 });
    expect(await made.of('a1')).toMatchObject({ facts: [], asked: [] });
  });
});
