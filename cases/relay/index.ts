export { type Announcement, announcement } from './loudspeaker';
export { createRelay, type Leader, type Relay } from './relay';
export { relayRoutes } from './routes';
export { splitItems } from './split';
