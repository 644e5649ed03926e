/**
 * A failure somebody must act on. `code` is stable and machine-readable; `message` says what happened, to what, and what to do.
 */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

export type ErrorCode =
  | 'BODY_MALFORMED'
  | 'BODY_TOO_LARGE'
  | 'CHANNEL_SIGNATURE_INVALID'
  | 'CONFIGURATION_INVALID'
  | 'CONFLICT'
  | 'DATA_IN_USE'
  | 'DATA_NEWER'
  | 'FORBIDDEN'
  | 'INPUT_INVALID'
  | 'NOT_FOUND'
  | 'NOT_SIGNED_IN'
  | 'RATE_LIMITED'
  | 'STORE_UNAVAILABLE'
  | 'SECOND_FACTOR_NEEDED'
  | 'SECOND_FACTOR_REQUIRED'
  | 'SIGN_IN_REFUSED'
  | 'BUSY';
