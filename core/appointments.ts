import type { OpeningHours } from './opening-hours';
import type { Localised } from './text';
import type { TopicRef } from './understanding';

/** Where people are received by appointment. */
export interface ServicePoint {
  readonly id: string;
  readonly name: Localised;
  readonly bring?: Localised;
  readonly slotMinutes: number;
  /** People at the same time. */
  readonly capacity: number;
  /** Of these, kept for elders, disabled people and urgent matters. */
  readonly reserved: number;
  readonly week: OpeningHours['week'];
}

/** Moments in ms since the epoch. */
export interface Slot {
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * How an appointment stands now. Told after every change of it, at least once and perhaps more often: whoever hears it makes what they
 * have agree with it. Of a sensitive one, nothing but day, time and place may be said.
 */
export interface AppointmentNews {
  readonly caseId: string;
  readonly reference?: string;
  readonly agencyId: string;
  readonly personId?: string;
  readonly conversationId?: string;
  readonly language: string;
  readonly topic?: TopicRef;
  readonly sensitive: boolean;
  readonly point: Localised;
  readonly bring?: Localised;
  /** Moments in ms. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly filedAt: number;
  readonly state: 'booked' | 'cancelled' | 'came' | 'no-show';
}

/** Reminders listen in this way; a rejection means that it is told again later. */
export type HearAppointment = (news: AppointmentNews) => Promise<void>;

/** What may be looked up of appointments; booking is a command. */
export interface AppointmentBook {
  points(): readonly ServicePoint[];
  /** Slots of the Bangkok day of `at` that lie ahead and have a seat left. */
  free(pointId: string, at: number, priority: boolean): Promise<readonly Slot[]>;
}
