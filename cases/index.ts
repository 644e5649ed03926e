export {
  type Appointments,
  appointmentCommands,
  appointmentRoutes,
  calendarAddresses,
  type CalendarAddresses,
  calendarRoutes,
  type CalendarWords,
  createAppointments,
  servicePointsSchema,
} from './appointments';
export { type Agencies, agenciesSchema, connectionOf, noAgencies } from './agencies';
export { type Cases, type CaseParts, createCases } from './cases';
export { carerCommands, carerPersonalRecords } from './carers';
export { caseCommands } from './commands';
export { deliver } from './deliver';
export { type Attempt, createDeliveries, type Deliveries, deliveriesCollection } from './deliveries';
export { hookSignature, queueHooks } from './hooks';
export { createImport, type ImportResult } from './import';
export {
  carerRoutes,
  followerRoutes,
  type MyChannel,
  myRoutes,
  type Myself,
  myselfBy,
  type WhoIs,
} from './my';
export { addMail, type Mail, queueMail, type SendMail, type Sentence } from './mails';
export { conversationNotices, followerNotices, type Outlets } from './outgoing';
export { type Partner, partnerOf, partnerRoutes } from './partner-routes';
export { casePersonalRecords } from './personal';
export { placesOf } from './places';
export { handedOn, refreshed } from './providers/agency-status';
export { agencySystem, type AgencySystemClient } from './providers/http-system';
export { type AgencyConnection, type ReceptionData, receptionSchema } from './reception';
export {
  type Announcements,
  createAnnouncements,
  createRelay,
  leadersCollection,
  type Relay,
  relayCommands,
  relayPersonalRecords,
  relayRoutes,
} from './relay';
export { parseReference, spokenReference } from './references';
export { caseRoutes } from './routes';
export { detailsSchema, draftSchema } from './schemas';
export { type WorkingTime, workingTime } from './sla/working-time';
export { kindNames } from './view';
