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
export { type OidcSettings, oidcCallbackPath } from './oidc';
export { otherWaysRoutes } from './other-ways-routes';
export { sessionRoutes } from './session-routes';
