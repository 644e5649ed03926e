import { lockFaults } from './lock-rules';

const pinned = { version: '1.0.0', integrity: 'sha512-abc' };
const faultsOf = (
  packages: Parameters<typeof lockFaults>[0]['packages'],
  { allow = {}, installed = '1.0.0' }: { allow?: Record<string, boolean>; installed?: string | null } = {},
): readonly string[] =>
  lockFaults({ packages: { '': {}, ...packages } }, allow, () => installed ?? undefined);

describe('packages without the registry', () => {
  it('finds nothing wrong with what is pinned, installed and plain', () => {
    expect(faultsOf({ 'node_modules/a': pinned })).toEqual([]);
  });

  it.each([
    ['a missing hash', { version: '1.0.0' }, /SHA-512/u],
    ['a weak hash', { ...pinned, integrity: 'sha1-abc' }, /SHA-512/u],
    ['another source', { ...pinned, resolved: 'git+ssh://git@example.org/a.git' }, /registry/u],
    ['a folder outside', { ...pinned, link: true }, /registry/u],
    ['what its authors gave up', { ...pinned, deprecated: 'use b' }, /gave it up: use b/u],
    ['a script nobody decided about', { ...pinned, hasInstallScript: true }, /allowScripts/u],
    ['another version in place', { ...pinned, version: '1.0.1' }, /1\.0\.0 is installed, 1\.0\.1 is pinned/u],
  ])('finds %s', (_, each, fault) => {
    expect(faultsOf({ 'node_modules/x/node_modules/@s/a': each })).toEqual([expect.stringMatching(fault)]);
  });

  it('misses what is not installed, unless it is for other machines', () => {
    expect(faultsOf({ 'node_modules/a': pinned }, { installed: null })).toEqual([
      'node_modules/a: is not installed',
    ]);
    expect(faultsOf({ 'node_modules/a': { ...pinned, optional: true } }, { installed: null })).toEqual([]);
  });

  it('keeps decisions about scripts only while there is a script', () => {
    const scripted = { 'node_modules/@s/a': { ...pinned, hasInstallScript: true } };
    expect(faultsOf(scripted, { allow: { '@s/a': false } })).toEqual([]);
    expect(faultsOf({}, { allow: { gone: false } })).toEqual(['allowScripts: gone has no script any more']);
  });
});
