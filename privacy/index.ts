export { bundlePage, type Bundle, type Sentences } from './bundle-page';
export { breachState } from './breaches';
export { type PrivacyNotice, named, noticeFor, noticeOf, noticeSchema } from './notice';
export { noticePage } from './notice-page';
export { type PersonRecords, type Privacy, type PrivacyParts, createPrivacy } from './privacy';
export { type Declared, type Processing, noting, processingMarkdown, processingOf } from './processing';
export { type Resealing } from './reseal';
export { type RetentionReport, retentionSchema } from './retention';
export { type PrivacyRouteParts, privacyRoutes } from './routes';
