import type { RequestHandler } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../core';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/u.test(address);
/** Headers that a proxy adds; a request with one of them came from elsewhere, whatever the other end of its connection. */
const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'] as const;

/**
 * Who may read the figures: whoever shows the token (`Authorization: Bearer …`), and where none is set, programs on this machine. They
 * tell how many people write and when, which is nobody else's business.
 */
export function metricsAccess(token: string | undefined): RequestHandler {
  const wanted = token === undefined ? undefined : digest(token);
  return ({ headers, socket }, _response, next) => {
    if (wanted) {
      const shown = /^Bearer (.{1,500})$/u.exec(headers.authorization ?? '')?.[1] ?? '';
      if (!timingSafeEqual(digest(shown), wanted))
        throw new AppError('SIGN_IN_REFUSED', 'Show METRICS_TOKEN: "Authorization: Bearer …".');
    } else if (
      !isLoopback(socket.remoteAddress ?? '') ||
      forwarding.some(name => headers[name] !== undefined)
    )
      throw new AppError(
        'FORBIDDEN',
        'The figures are for this machine alone while METRICS_TOKEN is not set.',
      );
    next();
  };
}
