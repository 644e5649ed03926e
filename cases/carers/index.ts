export {
  type Acting,
  type Carers,
  type CarerHere,
  createCarers,
  mandateCollection,
  type StoredMandate,
} from './carers';
export { carerCommands, refusedNotice } from './commands';
export { carerPersonalRecords } from './personal';
