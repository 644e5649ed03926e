export { embeddedJobs, type EmbeddedJobsOptions } from './embedded';
export { bullJobs } from './lazy-bull';
export { type CommandHandler, createCommandRunner } from './workers/commands';
export { afterAttempt, createDelivery, type DeliveryParts, leaseMs } from './workers/delivery';
export { closeIdleEveryMs, createIdleCloser, type IdleParts } from './workers/idle';
export { createIntake, type IntakeParts, storableText, storedUnits } from './workers/intake';
export { createLane, type LaneParts, triesPerEvent } from './workers/lane';
export { queues } from './workers/queues';
export { createSweeper, sweepEveryMs } from './workers/sweeper';
