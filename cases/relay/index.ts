export { type Announcements, createAnnouncements } from './announcements';
export { relayCommands } from './commands';
export { relayPersonalRecords } from './personal';
export { createRelay, leadersCollection, type Relay } from './relay';
export { relayRoutes } from './routes';
