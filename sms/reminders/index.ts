export { allowanceCollection, createAllowance } from './allowance';
export { reminderCommands, type ReminderCommandParts, withRefusals } from './commands';
export { reminderPersonalRecords } from './personal';
export { createReaches, type Reaches } from './reach';
export { reminderCollections, type ReminderCollections, type ReminderSeal, textSchema } from './records';
export { createReminders } from './reminders';
export {
  appointmentRule,
  caseStepRule,
  type DateRule,
  dateRules,
  documentLeadsMs,
  type RuleWords,
} from './rules';
export { createScheduler, lookEveryMs, remindersQueue, type Scheduler } from './scheduler';
export { changeSchema, draftSchema } from './schemas';
export { createWays } from './ways';
