import { type Localised, dayWords } from '../core';

/** A day in a notice, where the hour says nothing. */
export const dayIn = (at: number): Localised => ({ th: dayWords(at, 'th'), en: dayWords(at, 'en') });
