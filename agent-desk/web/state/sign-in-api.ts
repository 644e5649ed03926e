import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { z } from 'zod';
import { Refused, ask } from './api';
import * as schemas from './schemas';

const anything = z.unknown();
const codes = z.object({ recoveryCodes: z.array(z.string()) });
const ways = z.object({ provider: z.boolean(), passkeys: z.boolean() });
export type Ways = z.infer<typeof ways>;

const security = z.object({
  authenticatorApp: z.boolean(),
  recoveryCodesLeft: z.number(),
  hasPassword: z.boolean(),
  passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.number() })),
});
export type Security = z.infer<typeof security>;

const session = z.object({
  id: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
  agent: z.string().optional(),
  current: z.boolean(),
});
export type SessionRow = z.infer<typeof session>;

/** What a device is asked comes from the server as the browser's own dictionary; the browser checks it. */
const forDevice = z.custom<never>(value => typeof value === 'object' && value !== null);

/** A person who closes the device's window refuses; that is not a failure of ours. */
async function fromDevice<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch {
    throw new Refused('DEVICE_REFUSED');
  }
}

/** Signing in beside a password, and the security of one's own account. */
export const signInApi = {
  ways: () => ask('GET', '/api/v1/session/ways', ways),
  signIn: (username: string, password: string, code: string) =>
    ask('POST', '/api/v1/session', schemas.officer, { username, password, ...(code ? { code } : {}) }),
  async passkey() {
    const optionsJSON = await ask('POST', '/api/v1/session/passkey/options', forDevice);
    const response = await fromDevice(startAuthentication({ optionsJSON }));
    return ask('POST', '/api/v1/session/passkey', schemas.officer, { response });
  },
  setUp: (given: { code: string; password: string; username?: string; name?: string }) =>
    ask('POST', '/api/v1/account/setup', z.object({ username: z.string() }), given),
  stepUp: (code: string) => ask('POST', '/api/v1/session/factor', anything, { code }),
  security: () => ask('GET', '/api/v1/account', security),
  changePassword: (current: string, password: string) =>
    ask('PUT', '/api/v1/account/password', anything, { current, password }),
  startApp: () => ask('POST', '/api/v1/account/totp', z.object({ secret: z.string(), uri: z.string() })),
  confirmApp: async (code: string) =>
    (await ask('POST', '/api/v1/account/totp/confirm', codes, { code })).recoveryCodes,
  removeApp: (code: string) => ask('POST', '/api/v1/account/totp/remove', anything, { code }),
  newCodes: async () => (await ask('POST', '/api/v1/account/recovery-codes', codes)).recoveryCodes,
  async addPasskey(name: string) {
    const optionsJSON = await ask('POST', '/api/v1/account/passkeys/options', forDevice);
    const response = await fromDevice(startRegistration({ optionsJSON }));
    return (await ask('POST', '/api/v1/account/passkeys', codes, { name, response })).recoveryCodes;
  },
  removePasskey: (id: string) =>
    ask('DELETE', `/api/v1/account/passkeys/${encodeURIComponent(id)}`, anything),
  sessions: async () =>
    (await ask('GET', '/api/v1/sessions', z.object({ sessions: z.array(session) }))).sessions,
  endSession: (id: string) => ask('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`, anything),
};
