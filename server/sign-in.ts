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
