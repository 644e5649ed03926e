export { embeddedJobs, type EmbeddedJobsOptions } from './embedded-jobs';
