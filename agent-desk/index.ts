export { asResource, deskRoles, sessionCookie } from './access';
export { createAccounts, type Accounts, type AccountsParts, type CurrentSession } from './sign-in';
export {
  cannedReplyRoutes,
  createCannedReplies,
  type CannedReplies,
  type CannedReply,
} from './canned-replies';
export { createContacts, type Contacts, type NewContact, type PersonView } from './contacts';
export {
  createDesk,
  type ClaimOutcome,
  type Closing,
  type DeskAct,
  type DeskParts,
  type DeskService,
} from './desk';
export {
  type ActionName,
  type Resource,
  actions,
  eventActions,
  may,
  mayGive,
  openBeforeFactor,
  privilegedRoles,
  rolesFor,
  routeActions,
  routeKey,
  policyFaults,
  underPolicy,
} from './policy';
export { beatEveryMs, createPresence, type PresenceBook } from './presence';
export { type Colleague, type TransferDesks, type TransferTo, movedTo } from './transfers';
export { transferRoutes } from './transfer-routes';
export { deskRoutes, type DeskRouteParts } from './routes';
export { socketEvents, socketRows, type Right, type SocketRows } from './socket-policy';
export { serveDesk, type DeskSocketData, type DeskSocketParts } from './socket';
export { createViews, type ConversationView, type EpisodeView, type MessageView, type Views } from './views';
