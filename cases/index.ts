export { type Cases, type CaseParts, createCases } from './cases';
export { caseCommands } from './commands';
export { conversationNotices, type Outlets } from './outgoing';
export { type AgencyConnection, type ReceptionData, receptionSchema } from './reception';
export { parseReference, spokenReference } from './references';
export { detailsSchema, draftSchema } from './schemas';
export { type WorkingTime, workingTime } from './sla/working-time';
export { kindNames } from './view';
