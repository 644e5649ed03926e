import { AppError, type RawRequest } from '../../core';

/** The fields of a form body; `undefined` when one comes twice, as Twilio never sends: which of them was meant, nobody can say. */
export function formOf(request: RawRequest): Readonly<Record<string, string>> | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) {
    if (fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** The fields of a form that is proven; refused where one comes twice. */
export function fieldsOf(request: RawRequest): Readonly<Record<string, string>> {
  const fields = formOf(request);
  if (!fields) throw new AppError('BODY_MALFORMED', 'A field of the Twilio webhook form comes twice.');
  return fields;
}
