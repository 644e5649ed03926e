import type { Engine } from '../core';

/** The MongoDB engine. Its driver is only loaded here, so that the embedded engine starts fast and small. */
export function mongoEngine(options: { readonly url: string }): Engine {
  // A plain `require`: this call is synchronous, and a native `import()` would not find the folder.
  const mongo: typeof import('./mongo') = require('./mongo');
  return mongo.mongoEngine(options);
}
