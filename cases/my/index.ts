export { type MyChannel, myRoutes, type Myself } from './routes';
