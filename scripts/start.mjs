/** `npm start`: builds what changed, then becomes the product. */
import { join } from 'node:path';
import { build } from './build.mjs';
import { dist } from './lib.mjs';

build();
await import(join(dist, 'server', 'main.js'));
