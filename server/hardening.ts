import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { createBuckets } from '../channels/transcript-socket';
import type { Clock } from '../core';

/** Who may show our pages in a frame: nobody, but for the chat, which `widget.js` puts into other sites. */
export function securityHeaders(parts: { widgetOrigins: readonly string[]; https: boolean }): RequestHandler {
  const policy = (frameAncestors: readonly string[], styles: readonly string[]): RequestHandler =>
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", ...styles],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'"],
          mediaSrc: ["'self'", 'blob:'],
          connectSrc: ["'self'", 'ws:', 'wss:'],
          manifestSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: [...frameAncestors],
          frameSrc: ["'self'"],
        },
      },
      // The widget's frame is on another site; `frame-ancestors` decides who may show it.
      frameguard: frameAncestors.length === 1 && frameAncestors[0] === "'none'",
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: parts.https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    });
  const chat = policy(["'self'", ...parts.widgetOrigins], []);
  // Mantine sets sizes by style attributes.
  const desk = policy(["'none'"], ["'unsafe-inline'"]);
  const others = policy(["'none'"], []);
  return (request, response, next) => {
    const [, first] = request.path.split('/');
    (first === 'chat' ? chat : first === 'desk' ? desk : others)(request, response, next);
  };
}

/** Whom a limit counts: an address, or the network of IPv6 that one person has all of. */
export const networkOf = (address: string | undefined): string => ipKeyGenerator(address ?? '');

/** Requests a minute of one officer, all sessions together; people with a page never come near. */
export function officerLimit(perMinute: number, clock: Clock): (officerId: string) => number {
  const buckets = createBuckets({ burst: perMinute, perSecond: perMinute / 60 }, clock);
  return officerId => buckets.take(officerId);
}

/** Requests a minute from one address on routes that anybody may call. An officer, a visitor and a vendor have limits of their own. */
export function publicLimit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    message: {
      error: { code: 'RATE_LIMITED', message: 'Too many requests from this address; wait a minute.' },
    },
  });
}
