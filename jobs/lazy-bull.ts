import type { Jobs } from '../core';
import type { BullJobsOptions } from './bull';

/** Jobs on Redis. BullMQ and the client are only loaded here, so that the embedded jobs start fast and small. */
export function bullJobs(options: BullJobsOptions): Jobs {
  // A plain `require`: this call is synchronous, and a native `import()` would not find the folder.
  const bull: typeof import('./bull') = require('./bull');
  return bull.bullJobs(options);
}
