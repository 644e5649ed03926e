import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { createHash, randomBytes } from 'node:crypto';
import { AppError, type Clock, type Collection } from '../../core';
import type { SignedIn } from './accounts';
import type { AccountBook } from './book';
import { keepChallenge } from './challenges';
import type { Account, Challenge } from './records';

const waitMs = 5 * 60 * 1000;
const atMost = 10;

/** Keys of people's own devices. They prove possession and the person (PIN, finger or face), so they are both factors at once. */
export interface Passkeys {
  /** What the browser asks the device for a new key with. */
  startNew(account: Account): Promise<PublicKeyCredentialCreationOptionsJSON>;
  finishNew(account: Account, name: string, response: RegistrationResponseJSON): Promise<void>;
  remove(accountId: string, passkeyId: string): Promise<boolean>;
  start(): Promise<PublicKeyCredentialRequestOptionsJSON>;
  finish(response: AuthenticationResponseJSON, agent?: string): Promise<SignedIn | undefined>;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const idOf = (challenge: string): string => `passkey-${hashOf(challenge)}`;
const refused = (): AppError =>
  new AppError('SIGN_IN_REFUSED', 'The device’s answer is wrong or too late; try again.');

const transports: readonly AuthenticatorTransport[] = ['ble', 'hybrid', 'internal', 'nfc', 'usb'];
export const knownTransports = (given: readonly string[] | undefined): AuthenticatorTransport[] =>
  transports.filter(each => given?.includes(each));

export function createPasskeys(
  settings: { readonly publicUrl: string; readonly name: string },
  parts: {
    challenges: Collection<Challenge>;
    book: AccountBook;
    admit: (id: string, how: { strong: boolean; agent?: string }) => Promise<SignedIn | undefined>;
    clock: Clock;
  },
): Passkeys {
  const { challenges, book, clock } = parts;
  const origin = new URL(settings.publicUrl).origin;
  const rpID = new URL(settings.publicUrl).hostname;

  const keep = (challenge: string, kind: 'passkey' | 'passkey-new', officerId?: string): Promise<void> =>
    keepChallenge(challenges, clock, {
      id: idOf(challenge),
      kind,
      value: challenge,
      expiresAt: clock() + waitMs,
      ...(officerId ? { officerId } : {}),
    });
  /** Uses the challenge up, as the answer names it: an answer counts once. */
  async function take(challenge: string, kind: Challenge['kind'], officerId?: string): Promise<boolean> {
    const found = await challenges.get(idOf(challenge));
    if (found?.kind !== kind || found.expiresAt <= clock() || found.officerId !== officerId) return false;
    return challenges.delete(found.id, found.version);
  }

  return {
    async startNew({ id, username, name, passkeys = [] }) {
      const options = await generateRegistrationOptions({
        rpName: settings.name,
        rpID,
        userName: username,
        userDisplayName: name,
        userID: new TextEncoder().encode(id),
        attestationType: 'none',
        excludeCredentials: passkeys.map(each => ({ id: each.id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
      await keep(options.challenge, 'passkey-new', id);
      return options;
    },
    async finishNew({ id }, name, response) {
      const verified = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge => take(challenge, 'passkey-new', id),
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
      }).catch(() => undefined);
      if (!verified?.verified) throw refused();
      const { credential } = verified.registrationInfo;
      const passkey = {
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        name,
        createdAt: clock(),
        ...(credential.transports ? { transports: credential.transports } : {}),
      };
      const changed = await book.change(id, account => {
        const { passkeys = [] } = account;
        if (passkeys.length >= atMost || passkeys.some(each => each.id === passkey.id)) return undefined;
        return { ...account, passkeys: [...passkeys, passkey] };
      });
      if (!changed)
        throw new AppError('CONFLICT', `The account has this passkey already, or ${atMost} of them.`);
    },
    async remove(accountId, passkeyId) {
      const changed = await book.change(accountId, account => {
        const left = (account.passkeys ?? []).filter(each => each.id !== passkeyId);
        return left.length === account.passkeys?.length ? undefined : { ...account, passkeys: left };
      });
      return changed !== undefined;
    },
    async start() {
      const options = await generateAuthenticationOptions({
        rpID,
        userVerification: 'required',
        challenge: new Uint8Array(randomBytes(32)),
      });
      await keep(options.challenge, 'passkey');
      return options;
    },
    async finish(response, agent) {
      const accountId = Buffer.from(response.response.userHandle ?? '', 'base64url').toString('utf8');
      const account = await book.get(accountId);
      const passkey = account?.passkeys?.find(each => each.id === response.id);
      if (!account || !passkey) return undefined;
      const verified = await verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge => take(challenge, 'passkey'),
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          counter: passkey.counter,
          transports: knownTransports(passkey.transports),
        },
      }).catch(() => undefined);
      if (!verified?.verified) return undefined;
      const { newCounter } = verified.authenticationInfo;
      await book.change(account.id, now => ({
        ...now,
        passkeys: (now.passkeys ?? []).map(each =>
          each.id === passkey.id ? { ...each, counter: newCounter } : each,
        ),
      }));
      return parts.admit(account.id, { strong: true, ...(agent ? { agent } : {}) });
    },
  };
}
