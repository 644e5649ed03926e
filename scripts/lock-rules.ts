import { z } from 'zod';

export const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      deprecated: z.string().optional(),
      link: z.boolean().optional(),
      optional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
type Lock = z.infer<typeof lockFile>;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/**
 * What can be known of the packages without asking anybody: each is pinned by a hash, comes from the registry, is the one that is
 * installed, is not given up by its authors, and none runs a script at installation that nobody decided about.
 */
export function lockFaults(
  { packages }: Lock,
  allowScripts: Readonly<Record<string, boolean>>,
  installedVersion: (path: string) => string | undefined,
): readonly string[] {
  const entries = Object.entries(packages).filter(([path]) => path !== '');
  const scripted = new Set(entries.filter(([, each]) => each.hasInstallScript).map(([path]) => nameOf(path)));
  const faults = entries.flatMap(([path, each]) => {
    const installed = installedVersion(path);
    return [
      ...(each.integrity?.startsWith('sha512-') ? [] : [`${path}: is not pinned by a SHA-512 hash`]),
      ...(each.link || (each.resolved && !each.resolved.startsWith('https://registry.npmjs.org/'))
        ? [`${path}: does not come from the registry`]
        : []),
      ...(each.deprecated ? [`${path}: its authors gave it up: ${each.deprecated}`] : []),
      ...(each.hasInstallScript && allowScripts[nameOf(path)] === undefined
        ? [`${path}: runs a script at installation; decide in "allowScripts" of package.json`]
        : []),
      ...(installed === undefined ? (each.optional ? [] : [`${path}: is not installed`]) : []),
      ...(installed !== undefined && installed !== each.version
        ? [`${path}: ${installed} is installed, ${each.version ?? 'nothing'} is pinned`]
        : []),
    ];
  });
  const idle = Object.keys(allowScripts).filter(name => !scripted.has(name));
  return [...faults, ...idle.map(name => `allowScripts: ${name} has no script any more`)];
}
