import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../server/root';
import { billOfMaterials } from './bill-of-materials';
import { shippedPackages } from './packages';

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

/** Prints the bill of materials. */
const root = projectRoot();
const { name, version, dependencies, devDependencies } = manifest.parse(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
);
const direct = Object.keys({ ...dependencies, ...devDependencies });
process.stdout.write(
  `${JSON.stringify(billOfMaterials({ name, version, direct }, shippedPackages(root)), null, 2)}\n`,
);
