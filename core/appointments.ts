import type { OpeningHours } from './opening-hours';
import type { Localised } from './text';

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

/** What may be looked up of appointments; booking is a command. */
export interface AppointmentBook {
  points(): readonly ServicePoint[];
  /** Slots of the Bangkok day of `at` that lie ahead and have a seat left. */
  free(pointId: string, at: number, priority: boolean): Promise<readonly Slot[]>;
}
