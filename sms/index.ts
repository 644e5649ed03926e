export {
  allowanceCollection,
  appointmentRule,
  caseStepRule,
  createAllowance,
  createReaches,
  createReminders,
  createScheduler,
  createWays,
  lookEveryMs,
  reminderCollections,
  reminderCommands,
  reminderPersonalRecords,
  remindersQueue,
  type Scheduler,
  withRefusals,
} from './reminders';
export { sendingTimes } from './calendar';
export { createKnownDates, reminderDateRoutes } from './dates';
export { type ReminderPartner, reminderPartnerRoutes, reminderRoutes } from './routes';
export { createTexts, templates, textRoutes } from './texts';
export {
  campaignCollections,
  campaignRoutes,
  campaignTickMs,
  campaignsQueue,
  contactedRecipients,
  createAudience,
  createCampaigns,
  createResults,
  importedRecipients,
} from './campaigns';
export {
  createImports,
  importCollections,
  importRoutes,
  importsQueue,
  importsSweepMs,
  type ReadTable,
} from './import';
