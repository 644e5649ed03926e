export { createKnownDates } from './known-dates';
export { dateEntries } from './register';
