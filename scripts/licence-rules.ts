import type { ShippedPackage } from './packages';

/** Licences under which a part may be shipped with an Apache-2.0 program without anything further. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages that need a word, by name or by name and version: which licence their own file holds, and how we keep to it. */
export const explained: Readonly<Record<string, { readonly licence: string; readonly why: string }>> = {
  'bytes@1.0.0': {
    licence: 'MIT',
    why: 'Its manifest gives none; its Readme holds the MIT licence.',
  },
  wordcut: {
    licence: 'LGPL-3.0-only',
    why: 'Its manifest says LGPL, its LICENSE file version 3. It is used unchanged, as a package of its own that anybody can replace; its text comes with it. Nothing of it is copied into our files or the pages.',
  },
};

export interface DataSource {
  readonly what: string;
  readonly file: string;
  readonly from: string;
  readonly licence: string;
}

/** Data that was not written for this project. */
export const dataSources: readonly DataSource[] = [
  {
    what: 'Names of provinces, districts and subdistricts',
    file: 'nlu/entities/data',
    from: 'Department of Provincial Administration, by way of GeoThai/data, © 2026 Pongsakorn Thipayanate',
    licence: 'CC BY 4.0',
  },
  {
    what: 'Thai words, and how often they are used',
    file: 'nlu/segment/data/words.tsv',
    from: 'PyThaiNLP 5.4: words_th.txt, tnc_freq.txt, ttc_freq.txt',
    licence: 'CC0-1.0',
  },
  {
    what: 'Thai words of the break dictionary',
    file: 'nlu/segment/data/words.tsv',
    from: 'ICU, icubrk_th.txt, © Unicode, Inc.',
    licence: 'Unicode License (2016)',
  },
  {
    what: 'Services, agencies, complaint channels and hotlines',
    file: 'knowledge/data/catalogue',
    from: 'Citizen Portal Roadmap (แผนแม่บทพอร์ทัลกลางเพื่อประชาชน), 27 January 2564; facts of a public document in our own words',
    licence: 'facts, no licence needed',
  },
];

/** `(A OR B)`, `A AND B`: single names and one level of joining are all that packages use. */
function isPermissive(expression: string): boolean {
  const plain = expression.replace(/[()]/gu, '').trim();
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isPermissive);
  if (plain.includes(' AND ')) return plain.split(' AND ').every(isPermissive);
  return permissive.has(plain);
}

export const explainedBy = ({ name, version }: ShippedPackage): (typeof explained)[string] | undefined =>
  explained[`${name}@${version}`] ?? explained[name];

export const licenceOf = (part: ShippedPackage): string => explainedBy(part)?.licence ?? part.licence;

/** Packages whose licence is unknown, or not one under which we may ship them. */
export const licenceFaults = (packages: readonly ShippedPackage[]): readonly string[] =>
  packages
    .filter(each => !explainedBy(each) && !isPermissive(each.licence))
    .map(({ path, licence }) => `${path}: ${licence || 'no licence given'}`);

/** The list for people, in Markdown. Versions are in the bill of materials. */
export function licenceList(packages: readonly ShippedPackage[]): string {
  const rows = new Map<string, { names: Set<string>; pages: Set<string> }>();
  for (const each of packages) {
    const licence = licenceOf(each);
    const row = rows.get(licence) ?? { names: new Set(), pages: new Set() };
    (each.where === 'pages' ? row.pages : row.names).add(each.name);
    rows.set(licence, row);
  }
  const names = (set: ReadonlySet<string>): string => [...set].toSorted().join(', ');
  const sections = [...rows]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([licence, row]) => [
      `### ${licence}`,
      '',
      ...(row.names.size > 0 ? [`In the program: ${names(row.names)}`, ''] : []),
      ...(row.pages.size > 0 ? [`In the pages: ${names(row.pages)}`, ''] : []),
    ]);
  const notes = Object.entries(explained).map(
    ([name, { licence, why }]) => `- **${name}** (${licence}): ${why}`,
  );
  const data = dataSources.map(
    ({ what, file, from, licence }) => `| ${what} | \`${file}\` | ${from} | ${licence} |`,
  );
  return [
    '# Licences',
    '',
    'The program is under Apache-2.0 (`LICENSE`). Made by `npm run licences`; a test fails when a part is missing here, or has no',
    'licence under which it may be shipped. Versions and checksums are in the bill of materials (`npm run -s sbom`).',
    '',
    '## Data',
    '',
    '| What | Where | From | Licence |',
    '| --- | --- | --- | --- |',
    ...data,
    '',
    'Phrases, questions and answers in `knowledge/data` and all sentences in `locales` were written for this project.',
    '',
    '## Packages that need a word',
    '',
    ...notes,
    '',
    '## Packages',
    '',
    ...sections,
  ].join('\n');
}
