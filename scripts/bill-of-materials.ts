import { createHash } from 'node:crypto';
import { licenceOf } from './licence-rules';
import type { ShippedPackage } from './packages';

const purl = ({ name, version }: Pick<ShippedPackage, 'name' | 'version'>): string =>
  `pkg:npm/${name.startsWith('@') ? `%40${name.slice(1)}` : name}@${version}`;

/** A UUID that is the same for the same parts, so that two bills of one release are equal byte by byte. */
function serial(packages: readonly ShippedPackage[]): string {
  const hash = createHash('sha256');
  for (const { path, version } of packages) hash.update(`${path}@${version}\n`);
  const hex = hash.digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const isIdentifier = (licence: string): boolean => /^[\w.-]+$/u.test(licence);

function component(each: ShippedPackage): object {
  const licence = licenceOf(each);
  const slash = each.name.indexOf('/');
  const [algorithm, digest] = (each.integrity ?? '').split('-');
  return {
    type: 'library',
    'bom-ref': each.path,
    ...(slash > 0 ? { group: each.name.slice(0, slash) } : {}),
    name: each.name.slice(slash + 1),
    version: each.version,
    scope: each.optional ? 'optional' : 'required',
    licenses: [isIdentifier(licence) ? { license: { id: licence } } : { expression: licence }],
    purl: purl(each),
    ...(algorithm === 'sha512' && digest
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }
      : {}),
  };
}

/** A software bill of materials, CycloneDX 1.6. */
export function billOfMaterials(
  program: { readonly name: string; readonly version: string; readonly direct: readonly string[] },
  packages: readonly ShippedPackage[],
): object {
  const shipped = new Set(packages.map(each => each.path));
  const top = program.direct.map(name => `node_modules/${name}`).filter(path => shipped.has(path));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial(packages)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': program.name,
        name: program.name,
        version: program.version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: packages.map(component),
    dependencies: [
      { ref: program.name, dependsOn: top },
      ...packages.map(({ path, needs }) => ({ ref: path, dependsOn: needs })),
    ],
  };
}
