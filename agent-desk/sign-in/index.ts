export {
  createAccounts,
  type Accounts,
  type AccountsParts,
  type CurrentSession,
  type SignedIn,
} from './accounts';
export { type AccountView, type Administration, type Invitation } from './administration';
export { type OwnAccount } from './own-account';
export { accountRoutes } from './account-routes';
export { sessionRoutes } from './session-routes';
