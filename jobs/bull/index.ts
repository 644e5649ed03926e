export { bullJobs, type BullJobsOptions } from './bull-jobs';
