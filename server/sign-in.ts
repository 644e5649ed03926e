import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { sessionCookie } from '../agent-desk';

export function sessionToken(cookieHeader: string | undefined): string | undefined {
  return cookieHeader === undefined ? undefined : parseCookie(cookieHeader)[sessionCookie];
}

/** Sets the session cookie, or clears it with `null`. `secure` unless the product is used over plain HTTP on this machine. */
export function setSession(
  request: Request,
  response: Response,
  token: string | null,
  secure: boolean,
): void {
  response.append(
    'set-cookie',
    stringifySetCookie({
      name: sessionCookie,
      value: token ?? '',
      httpOnly: true,
      sameSite: 'strict',
      secure: secure || request.secure,
      path: '/',
      ...(token === null ? { maxAge: 0 } : {}),
    }),
  );
}

/** Bound to the browser that began a sign-in at an identity provider. `Lax`, because the way back comes from another site. */
const signInStateCookie = 'thamrat_sign_in';
const signInStateSeconds = 600;
const longestAgent = 160;

export function setSignInState(
  request: Request,
  response: Response,
  state: string | null,
  secure: boolean,
): void {
  response.append(
    'set-cookie',
    stringifySetCookie({
      name: signInStateCookie,
      value: state ?? '',
      httpOnly: true,
      sameSite: 'lax',
      secure: secure || request.secure,
      path: '/api/v1/session/oidc',
      maxAge: state === null ? 0 : signInStateSeconds,
    }),
  );
}

/** What a request says of the browser behind it. */
export function asksFrom({ headers }: Request): { userAgent?: string; signInState?: string } {
  const agent = headers['user-agent']?.slice(0, longestAgent);
  const state = parseCookie(headers.cookie ?? '')[signInStateCookie];
  return { ...(agent ? { userAgent: agent } : {}), ...(state ? { signInState: state } : {}) };
}
