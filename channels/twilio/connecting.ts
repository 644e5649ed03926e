/** Calls to Twilio of one process at a time; an answer takes a fifth of a second, so that fewer would hold back a campaign. */
const connections = 100;

/** How the SDK speaks to Twilio: connections are kept, and nothing is tried again behind our back. */
export const connecting = {
  autoRetry: false,
  maxSockets: connections,
  maxTotalSockets: connections,
  maxFreeSockets: connections,
} as const;
