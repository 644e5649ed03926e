export { createKnownDates } from './known-dates';
export { dateEntries } from './register';
export { reminderDateRoutes } from './routes';
