export { createBuckets } from './buckets';
export { serveTranscript } from './serve';
export type { TranscriptLimits, TranscriptParts, TranscriptServer } from './serve';
export { createVisitors } from './visitors';
export type { Visitor, Visitors } from './visitors';
export type { Ack, Line, State, Typing, Welcome } from './wire';
