import twilio from 'twilio';
import { AppError, type RawRequest } from '../../core';
import { formOf } from './form';

/**
 * Proves that Twilio sent this form: Base64 of the HMAC-SHA1 of the address as Twilio knows it and every field. The address is
 * configured, never taken from headers: whoever sends a request chooses its headers.
 */
export function verifySignature(request: RawRequest, address: string, authToken: string): void {
  const signature = request.headers['x-twilio-signature'] ?? '';
  const fields = formOf(request);
  const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
  const wellFormed = /^[A-Za-z0-9+/]{27}=$/u.test(signature);
  if (wellFormed && fields && twilio.validateRequest(authToken, signature, `${address}${query}`, fields))
    return;
  throw new AppError(
    'CHANNEL_SIGNATURE_INVALID',
    'The Twilio webhook signature does not match; check TWILIO_AUTH_TOKEN, and that PUBLIC_URL is the address Twilio calls.',
  );
}
