import { Secret, TOTP } from 'otpauth';

const stepSeconds = 30;
/** A phone's clock may be one step off. */
const window = 1;

const totpOf = (secret: string, username: string, issuer: string): TOTP =>
  new TOTP({ issuer, label: username, secret: Secret.fromBase32(secret), period: stepSeconds, digits: 6 });

/** A new secret, base32: 160 bits as RFC 4226 asks. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads from the picture. */
export const totpUri = (secret: string, username: string, issuer: string): string =>
  totpOf(secret, username, issuer).toString();

/** The time step that a code belongs to, or `undefined` when it is wrong or is not newer than `lastStep`. */
export function totpStep(secret: string, code: string, now: number, lastStep: number): number | undefined {
  if (!/^\d{6}$/u.test(code)) return undefined;
  const delta = totpOf(secret, '', '').validate({ token: code, timestamp: now, window });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1000 / stepSeconds) + delta;
  return step > lastStep ? step : undefined;
}
