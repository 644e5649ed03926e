import type { Entry } from '../schema';

/** What is known of a service outside the catalogue when somebody begins to write about it. */
export interface Begun {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string | undefined;
  readonly answer: string;
  readonly agencyId: string;
  readonly kind: NonNullable<Entry['register']>['kind'];
  readonly category: string;
  readonly source: string;
}

/** The first draft of an entry: everything that nobody said yet is open. */
export function begin(begun: Begun, now: number): Entry {
  const { id, name, nameEn, answer, agencyId, kind, category, source } = begun;
  const empty = { th: [] };
  return {
    ...{ id, source },
    register: {
      ...{ nameTh: name, nameEn: nameEn ?? name, agencyId, kind, category },
      ...{ targetGroups: [], lifeStages: [] },
    },
    name: nameEn === undefined ? { th: name } : { th: name, en: nameEn },
    synonyms: empty,
    answer: { th: answer },
    ...{ eligibility: empty, documents: empty, where: empty, steps: empty },
    ...{ hours: null, fee: null, duration: null, sensitivity: null, readAloud: null },
    ...{ phones: [], links: [], connection: 0, related: [], incompatible: [], questions: [] },
    standing: { state: 'unsure', note: null },
    writtenAt: new Date(now).toISOString().slice(0, 10),
    status: 'draft',
  };
}
