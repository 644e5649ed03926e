import twilio, { type Twilio } from 'twilio';

/** Calls to Twilio of one process at a time; an answer takes a fifth of a second, so that fewer would hold back a campaign. */
const connections = 100;

/** The SDK as we use it: connections are kept, and nothing is tried again behind our back. */
export function twilioClient(parts: {
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiBaseUrl?: string;
  /** Longest time one call takes. */
  readonly timeoutMs: number;
}): Twilio {
  const client = twilio(parts.accountSid, parts.authToken, {
    autoRetry: false,
    maxSockets: connections,
    maxTotalSockets: connections,
    maxFreeSockets: connections,
    timeout: parts.timeoutMs,
  });
  if (parts.apiBaseUrl !== undefined) client.api.baseUrl = parts.apiBaseUrl;
  return client;
}
