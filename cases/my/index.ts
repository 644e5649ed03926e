export { carerRoutes } from './carer-routes';
export { followerRoutes } from './follower-routes';
export { type MyChannel, myRoutes } from './routes';
export { type Myself, myselfBy, type WhoIs } from './myself';
