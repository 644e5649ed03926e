import { join } from 'node:path';
import { type Entry, loadRegister } from '../knowledge';
import { provinces } from '../nlu/entities/data/provinces';
import { projectRoot } from '../server/root';

export const entryCount = 20_000;
const questionCount = 1_000;

interface Local {
  readonly entry: Entry;
  readonly place: string;
}

/** Every shipped service once for each province, as if each had its own office and its own text. */
export function registerOfBench(): readonly Local[] {
  const { entries, agencies } = loadRegister(join(projectRoot(), 'knowledge', 'data'));
  const agencyId = agencies[0]?.id ?? '';
  const all = provinces.flatMap(([place]) => entries.map(model => ({ place, model })));
  return all.slice(0, entryCount).map(({ place, model }, at) => {
    const name = `${model.name.th} จังหวัด${place}`;
    const entry: Entry = {
      ...model,
      id: `g-${at}`,
      register: {
        ...{ nameTh: name, nameEn: name, agencyId, kind: 'info', category: 'civil-rights' },
        ...{ targetGroups: [], lifeStages: [] },
      },
      name: { th: name },
      synonyms: { th: model.synonyms.th.slice(0, 3).map(word => `${word} ${place}`) },
      questions: model.questions.slice(0, 2),
      related: [],
      incompatible: [],
    };
    return { entry, place };
  });
}

/** A letter lost, as fingers lose them; the same in every run. */
const misspelt = (text: string, at: number): string => {
  const place = 1 + ((at * 7) % Math.max(1, text.length - 2));
  return text.slice(0, place) + text.slice(place + 1);
};

/** What somebody types, and the entry they mean: every other one has lost a letter. */
export type Asked = readonly [text: string, id: string];

export function questionsOf(all: readonly Local[]): Asked[] {
  return Array.from({ length: questionCount }, (_, n) => {
    const { entry, place } = all[(n * 7_919) % all.length] ?? nothing();
    const word = entry.synonyms.th[n % Math.max(1, entry.synonyms.th.length)] ?? entry.name.th;
    return [n % 2 === 0 ? word : misspelt(`${place} ${entry.name.th}`, n), entry.id];
  });
}

function nothing(): never {
  throw new Error('there is nothing to ask for');
}
