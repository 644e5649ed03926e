import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../server/root';
import { billOfMaterials } from './bill-of-materials';
import { dataSources, explained, licenceFaults, licenceOf } from './licence-rules';
import { type ShippedPackage, shippedPackages } from './packages';

const root = projectRoot();
const packages = shippedPackages(root);
const part = (given: Partial<ShippedPackage>): ShippedPackage => ({
  path: 'node_modules/a',
  name: 'a',
  version: '1.0.0',
  licence: 'MIT',
  where: 'program',
  optional: false,
  needs: [],
  ...given,
});

describe('licences of what is shipped', () => {
  it('are all known, and allow it', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(licenceFaults(packages)).toEqual([]);
  });

  it.each([
    ['none', '', 1],
    ['a copyleft one', 'GPL-3.0-only', 1],
    ['a closed one', 'UNLICENSED', 1],
    ['a choice with a permissive one', '(GPL-2.0 OR MIT)', 0],
    ['a permissive one together with a copyleft one', 'MIT AND AGPL-3.0-only', 1],
  ])('are refused or accepted for what they are: %s', (_, licence, faults) => {
    expect(licenceFaults([part({ licence })])).toHaveLength(faults);
  });

  it('are all in docs/licences.md, and nothing there is gone; otherwise run npm run licences', () => {
    const text = readFileSync(join(root, 'docs', 'licences.md'), 'utf8');
    const listed = new Set(
      [...text.matchAll(/^In the (?:program|pages): (.*)$/gmu)].flatMap(match =>
        (match[1] ?? '').split(', '),
      ),
    );
    const plain = new Set([...listed].map(name => name.replaceAll('\\', '')));
    const names = new Set(packages.map(each => each.name));
    expect([...names].filter(name => !plain.has(name))).toEqual([]);
    expect([...plain].filter(name => !names.has(name))).toEqual([]);
    for (const licence of new Set(packages.map(licenceOf))) expect(text).toContain(`### ${licence}`);
    for (const { file } of dataSources) expect(text).toContain(`\`${file}\``);
  });

  it('name data that is there, and explain packages that are used', () => {
    expect(dataSources.filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
    const names = packages.flatMap(({ name, version }) => [name, `${name}@${version}`]);
    expect(Object.keys(explained).filter(name => !names.includes(name))).toEqual([]);
    expect(readFileSync(join(root, 'node_modules/wordcut/LICENSE'), 'utf8')).toMatch(
      /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/u,
    );
  });

  it('count what the pages carry', () => {
    const inPages = packages.filter(each => each.where === 'pages').map(each => each.name);
    expect(inPages).toEqual(expect.arrayContaining(['react', 'react-dom', 'scheduler', '@mantine/core']));
    expect(inPages).not.toContain('jest');
  });
});

describe('the bill of materials', () => {
  const bill = billOfMaterials({ name: 'thamrat', version: '0.1.0', direct: ['express'] }, packages) as {
    components: { 'bom-ref': string; purl: string; hashes?: object[] }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };

  it('has every part once, with a checksum, and names no part that it does not hold', () => {
    const refs = bill.components.map(each => each['bom-ref']);
    expect(new Set(refs).size).toBe(packages.length);
    expect(bill.components.filter(each => !each.hashes).map(each => each.purl)).toEqual([]);
    const known = new Set(refs);
    expect(bill.dependencies.flatMap(each => each.dependsOn).filter(ref => !known.has(ref))).toEqual([]);
    expect(bill.dependencies[0]).toEqual({ ref: 'thamrat', dependsOn: ['node_modules/express'] });
  });

  it('leaves nothing hanging: every part is needed by another or by us', () => {
    const direct = Object.keys(
      (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object }).dependencies,
    );
    const needed = new Set(packages.flatMap(each => each.needs));
    const hanging = packages.filter(
      each => each.where === 'program' && !needed.has(each.path) && !direct.includes(each.name),
    );
    expect(hanging.map(each => each.path)).toEqual([]);
  });
});
