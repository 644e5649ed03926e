import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type Locked = z.infer<typeof lockSchema>['packages'];

const manifestSchema = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/** One package that is shipped: it runs in the server, or its code is inside the pages. */
export interface ShippedPackage {
  /** Where it lies, `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression as the package itself says it; empty when it says nothing. */
  readonly licence: string;
  readonly integrity?: string;
  readonly where: 'program' | 'pages';
  /** Only for some machines; may be absent here. */
  readonly optional: boolean;
  /** Paths of what it needs. */
  readonly needs: readonly string[];
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/** Finds `name` as Node does: below the package, then further up. */
function resolved(locked: Locked, from: string, name: string): string | undefined {
  for (
    let place = from;
    place !== '';
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  ) {
    const path = `${place}/node_modules/${name}`;
    if (locked[path]) return path;
  }
  return locked[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
}

function needsOf(locked: Locked, path: string): string[] {
  const { dependencies, optionalDependencies } = locked[path] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies }).flatMap(name => {
    const found = resolved(locked, path, name);
    return found === undefined ? [] : [found];
  });
}

/** Packages that the sources of the pages name; what they need comes into the pages too. */
function pageImports(root: string): Set<string> {
  const names = new Set<string>();
  const folders = [
    'agent-desk/web',
    'channels/webchat/web',
    'channels/kiosk/web',
    'channels/transcript-socket/web',
  ];
  for (const folder of folders) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || !/\.(tsx?|css)$/u.test(entry.name) || /\.test\.|vite\./u.test(entry.name))
        continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      const imports = /(?:from|import|url\()\s*['"]((?:@[\w.-]+\/)?[\w][\w.-]*)/gu;
      for (const match of text.matchAll(imports)) if (match[1] && !isBuiltin(match[1])) names.add(match[1]);
    }
  }
  return names;
}

function licenceOf(root: string, path: string, locked: Locked): string {
  const manifest = join(root, path, 'package.json');
  if (!existsSync(manifest)) return locked[path]?.license ?? '';
  const { license, licenses } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  if (typeof license === 'string') return license;
  if (license) return license.type;
  return (licenses ?? []).map(each => each.type).join(' OR ');
}

/** Everything that is shipped, from the lock file: what runs in the server, and what the pages carry. */
export function shippedPackages(root: string): readonly ShippedPackage[] {
  const locked = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))).packages;
  const inPages = new Set<string>();
  const visit = (path: string): void => {
    if (inPages.has(path)) return;
    inPages.add(path);
    for (const need of needsOf(locked, path)) visit(need);
  };
  for (const name of pageImports(root)) {
    const path = resolved(locked, '', name);
    if (path !== undefined) visit(path);
  }
  return Object.entries(locked)
    .filter(([path, { dev }]) => path !== '' && (!dev || inPages.has(path)))
    .map(([path, { version = '', integrity, optional = false, dev }]) => ({
      path,
      name: nameOf(path),
      version,
      licence: licenceOf(root, path, locked),
      where: dev ? ('pages' as const) : ('program' as const),
      optional,
      needs: needsOf(locked, path).filter(need => !locked[need]?.dev || inPages.has(need)),
      ...(integrity ? { integrity } : {}),
    }))
    .toSorted((one, other) => one.path.localeCompare(other.path, 'en'));
}
