export { type MyChannel, myRoutes } from './routes';
export { type Myself, myselfBy, type WhoIs } from './myself';
