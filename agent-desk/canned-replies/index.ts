export { type CannedReplies, type CannedReply, createCannedReplies } from './canned-replies';
export { cannedReplyRoutes } from './routes';
