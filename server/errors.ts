import { AppError, type ErrorCode } from '../core';

/** The one place where codes become HTTP. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  BODY_MALFORMED: 400,
  BODY_TOO_LARGE: 413,
  BUSY: 503,
  CHANNEL_SIGNATURE_INVALID: 401,
  CONFIGURATION_INVALID: 500,
  CONFLICT: 409,
  DATA_IN_USE: 503,
  DATA_NEWER: 503,
  FORBIDDEN: 403,
  INPUT_INVALID: 400,
  NOT_FOUND: 404,
  NOT_SIGNED_IN: 401,
  RATE_LIMITED: 429,
  SECOND_FACTOR_NEEDED: 401,
  SECOND_FACTOR_REQUIRED: 403,
  SIGN_IN_REFUSED: 401,
  STORE_UNAVAILABLE: 503,
};

export interface HttpFailure {
  readonly status: number;
  readonly body: { readonly error: { readonly code: string; readonly message: string } };
  /** Nobody foresaw it: to be logged with its cause. */
  readonly unforeseen: boolean;
}

/** What Express and its parsers throw: an error with a status of its own. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** Any failure as an answer that tells the caller what to do and nothing about our insides. */
export function httpFailure(error: unknown): HttpFailure {
  if (error instanceof AppError) {
    const status = statuses[error.code];
    return {
      status,
      body: { error: { code: error.code, message: error.message } },
      unforeseen: status >= 500,
    };
  }
  const status = statusOf(error);
  if (status === 413) return failure(413, 'BODY_TOO_LARGE', 'The request is larger than this address takes.');
  if (status !== undefined)
    return failure(status, 'BODY_MALFORMED', 'The request cannot be read; check its form and try again.');
  return {
    ...failure(
      500,
      'INTERNAL',
      'Something failed on our side; try again, and tell the operator if it stays.',
    ),
    unforeseen: true,
  };
}

function failure(status: number, code: string, message: string): HttpFailure {
  return { status, body: { error: { code, message } }, unforeseen: false };
}
