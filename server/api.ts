import { type Request, type RequestHandler, type Response, Router, json } from 'express';
import type { z } from 'zod';
import type { CurrentSession } from '../agent-desk';
import { type ApiResult, type Audit, AppError, type Officer, type Route } from '../core';
import { auditOf, refusalOf } from './audited';
import { networkOf } from './hardening';
import { isOwnOrigin } from './origin';
import { readUpload, sendFile, uploadOf } from './transfers';
import { asksFrom, sessionToken, setSession, setSignInState } from './sign-in';

/** Notes and texts of the desk are far smaller. */
const maxBodyBytes = 256 * 1024;

export interface ApiParts {
  readonly routes: readonly Route[];
  readonly officerOf: (token: string) => Promise<CurrentSession | undefined>;
  /** Whether a session that lacks its second factor may use the route. */
  readonly openBeforeFactor: (route: Route) => boolean;
  readonly audit: Audit;
  readonly secureCookies: boolean;
  readonly publicUrl?: string;
  /** Limits of routes that anybody may call. */
  readonly publicLimit: RequestHandler;
  /** Takes one of an officer's requests; 0 when there was one left, else how long until there is, ms. */
  readonly takeOfficer: (officerId: string) => number;
}

function read<T>(schema: z.ZodType | undefined, value: unknown, what: string): T | undefined {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as T;
  const problems = parsed.error.issues
    .slice(0, 8)
    .map(issue => `${[what, ...issue.path].join('.')}: ${issue.message}`);
  throw new AppError('INPUT_INVALID', problems.join('; '));
}

/**
 * A request that changes something must come from our own page, or from a program: browsers name the page that asks, and a page of
 * another site cannot send JSON without asking first. `SameSite=Strict` on the cookie stands behind this.
 */
function refuseForged(request: Request, route: Route, publicUrl: string | undefined): void {
  if (route.method === 'get') return;
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign = origin !== undefined && !isOwnOrigin(origin, host, publicUrl);
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new AppError('FORBIDDEN', 'This request came from a page of another site.');
  }
}

/** Types that a form of another site cannot send without asking first. */
function refuseOtherTypes(request: Request, route: Route): void {
  if (route.upload && !request.is('application/octet-stream')) {
    throw new AppError('INPUT_INVALID', 'Send the file as application/octet-stream.');
  }
  if (route.body && !request.is('application/json')) {
    throw new AppError('INPUT_INVALID', 'Send the body as application/json.');
  }
}

async function caller(parts: ApiParts, request: Request, route: Route): Promise<CurrentSession | undefined> {
  refuseForged(request, route, parts.publicUrl);
  if (route.access === 'public') return undefined;
  const token = sessionToken(request.headers.cookie);
  const session = token === undefined ? undefined : await parts.officerOf(token);
  if (!session) throw new AppError('NOT_SIGNED_IN', 'Sign in first: POST /api/v1/session.');
  // By account, whatever the number of sessions and addresses: a stolen one does not read the whole register.
  if (parts.takeOfficer(session.officer.id) > 0)
    throw new AppError('RATE_LIMITED', 'Too many requests with this account; wait a minute.');
  if (!route.access.includes(session.officer.role)) {
    await parts.audit.record(refusalOf(route, session.officer));
    throw new AppError('FORBIDDEN', `The role ${session.officer.role} may not do this: ${route.summary}.`);
  }
  if (session.limited && !parts.openBeforeFactor(route)) {
    throw new AppError(
      'SECOND_FACTOR_REQUIRED',
      'A second factor is needed here: add one (POST /api/v1/account/totp) or bring it (POST /api/v1/session/factor).',
    );
  }
  return session;
}

const nobody: Officer = { id: '', username: '', name: '', role: 'officer', agencyId: '' };

function handler(parts: ApiParts, route: Route) {
  return async (request: Request, response: Response): Promise<void> => {
    // First of all: a refusal is nobody else's either.
    response.setHeader('cache-control', 'no-store');
    const session = await caller(parts, request, route);
    refuseOtherTypes(request, route);
    const asked = {
      params: read<unknown>(route.params, request.params, 'path'),
      query: read<unknown>(route.query, request.query, 'query'),
      body: read<unknown>(route.body, request.body, 'body'),
    };
    const result: ApiResult = await route.handle({
      ...asked,
      officer: session?.officer ?? nobody,
      sessionId: session?.sessionId ?? '',
      limited: session?.limited === true,
      ...asksFrom(request),
      remoteAddress: networkOf(request.ip),
      authorization: (route.proof && request.headers.authorization) ?? '',
      ...(route.upload ? { upload: uploadOf(request) } : {}),
    });
    // Before the answer leaves: what cannot be recorded is not shown.
    const event = session && auditOf(route, session.officer, asked, result);
    if (event) await parts.audit.record(event);
    if (result.session !== undefined) setSession(request, response, result.session, parts.secureCookies);
    if (result.signInState !== undefined)
      setSignInState(request, response, result.signInState, parts.secureCookies);
    if (result.redirect !== undefined) {
      response.redirect(303, result.redirect);
      return;
    }
    response.status(result.status ?? 200);
    if (result.file) {
      sendFile(response, result.file);
      return;
    }
    if (result.html === undefined) response.json(result.body ?? {});
    else response.type('html').send(result.html);
  };
}

/** Mounts routes that are values. Input has gone through the route's own schemas before its handler sees it. */
export function apiRouter(parts: ApiParts): Router {
  const router = Router();
  const parseJson = json({ limit: maxBodyBytes, strict: true });
  for (const route of parts.routes) {
    const guards = route.access === 'public' ? [parts.publicLimit] : [];
    const body = route.upload ? readUpload(route.upload) : [parseJson];
    router[route.method](route.path, ...guards, ...body, handler(parts, route));
  }
  return router;
}
