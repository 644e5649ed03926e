import {
  AppError,
  type Collection,
  type CollectionDefinition,
  type Cutoffs,
  type Engine,
  type RecordDeclaration,
  type Stored,
} from '../core';
import { expireCollection } from './expiry';
import type { PrivacyNotice } from './notice';
import { type Resealing, resealCollection } from './reseal';
import type { Retention } from './retention';

export interface Declared {
  readonly collection: string;
  readonly keeps: RecordDeclaration | undefined;
  /** Lets go of what is past its term; `undefined` where the module does that itself. */
  readonly expire: (cutoffs: Cutoffs) => Promise<number | undefined>;
  /** Seals what this collection seals with the newest key. */
  readonly reseal: (
    seal: Resealing,
    onPage: (looked: number, changed: number) => void,
  ) => Promise<{ readonly looked: number; readonly changed: number }>;
}

/** The engine, with a list of what every module declared on it. */
export function noting(engine: Engine): {
  readonly engine: Engine;
  readonly declared: () => readonly Declared[];
} {
  const declared: Declared[] = [];
  return {
    declared: () => declared,
    engine: {
      ...engine,
      collection<T extends Stored>(definition: CollectionDefinition<T>): Collection<T> {
        const records = engine.collection(definition);
        const { name, keeps } = definition;
        declared.push({
          collection: name,
          keeps,
          expire: cutoffs => expireCollection(records, keeps, cutoffs),
          reseal: (seal, onPage) => resealCollection(records, keeps, seal, onPage),
        });
        return records;
      },
    },
  };
}

/** One line of the record of processing (section 39). */
export interface Processing {
  readonly collection: string;
  readonly purpose: { readonly th: string; readonly en: string };
  readonly basis: string;
  readonly section: { readonly th: string; readonly en: string };
  readonly personal: readonly string[];
  readonly sealed: readonly string[];
  readonly sensitive: boolean;
  /** Days; `null`: not removed by time. */
  readonly days: number | null;
  readonly why: { readonly th: string; readonly en: string };
}

const nobody = { th: 'ไม่มีข้อมูลส่วนบุคคล', en: 'no personal data' };

/** The record of processing, from what the code itself declares. */
export function processingOf(
  declared: readonly Pick<Declared, 'collection' | 'keeps'>[],
  notice: PrivacyNotice,
  retention: Retention,
): readonly Processing[] {
  const missing = declared.filter(each => !each.keeps).map(each => each.collection);
  if (missing.length > 0)
    throw new AppError(
      'CONFIGURATION_INVALID',
      `These collections do not say what they keep about people: ${missing.join(', ')}; add "keeps".`,
    );
  return declared
    .flatMap(({ collection, keeps }) => (keeps ? [{ collection, keeps }] : []))
    .map(({ collection, keeps }): Processing => {
      const purpose = notice.purposes.find(each => each.id === keeps.purpose);
      const term = retention.types.find(each => each.type === keeps.retention);
      if (!term || (!purpose && keeps.purpose !== 'none'))
        throw new AppError(
          'CONFIGURATION_INVALID',
          `"${collection}" names a purpose or a term that is not there.`,
        );
      return {
        collection,
        purpose: purpose ? { th: purpose.name.th, en: purpose.name.en } : nobody,
        basis: keeps.basis,
        section: purpose ? { th: purpose.section.th, en: purpose.section.en } : nobody,
        personal: keeps.personal,
        sealed: keeps.sealed?.fields ?? [],
        sensitive: keeps.sensitive ?? false,
        days: term.days,
        why: term.why,
      };
    })
    .sort((a, b) => (a.collection < b.collection ? -1 : 1));
}

/** The record of processing as a page for `docs/`. */
export function processingMarkdown(rows: readonly Processing[]): string {
  const line = (row: Processing): string =>
    `| \`${row.collection}\` | ${row.purpose.th}<br>${row.purpose.en} | ${row.section.th} (${row.basis}) | ${
      row.personal.map(field => (row.sealed.includes(field) ? `${field} (sealed)` : field)).join(', ') || '–'
    } | ${row.sensitive ? 'มาตรา 26' : '–'} | ${row.days === null ? row.why.th : `${row.days} วัน`} |`;
  return [
    '# บันทึกรายการกิจกรรมการประมวลผล (มาตรา 39) · Record of processing',
    '',
    'สร้างจากสิ่งที่โปรแกรมประกาศไว้เอง อย่าแก้ด้วยมือ: `npm run -s privacy:processing`',
    '',
    '| ที่เก็บ | วัตถุประสงค์ | ฐานกฎหมาย | ข้อมูลส่วนบุคคล | ข้อมูลอ่อนไหว | เก็บนานเท่าใด |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(line),
    '',
  ].join('\n');
}
