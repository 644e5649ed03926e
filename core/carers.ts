import type { CaseActor, CaseView } from './cases';

/** What one person lets another do for them, until a moment: see how their matters stand, and book. Both names are the giver's words. */
export interface Mandate {
  readonly id: string;
  /** Whose matters they are. */
  readonly personId: string;
  readonly personName: string;
  readonly carerName: string;
  /** Absent until somebody has used the code. */
  readonly carerId?: string;
  readonly since: number;
  /** From this moment on it is refused, ms. */
  readonly until: number;
  /** When it was taken back before that, ms. */
  readonly endedAt?: number;
}

/** Whether it holds at a moment. */
export const holds = ({ carerId, until, endedAt }: Mandate, now: number): boolean =>
  carerId !== undefined && endedAt === undefined && now < until;

/** What may be looked up of carers; what changes is a command. */
export interface CarerBook {
  /** Whom the person has let act for them, newest first; those that ended too. */
  carersOf(personId: string): Promise<readonly Mandate[]>;
  /** For whom the person may act, or could until lately, newest first. */
  chargesOf(carerId: string): Promise<readonly Mandate[]>;
  /**
   * How the matters of somebody cared for stand, newest first: no sensitive ones, and nothing that was written. `undefined`: not theirs to
   * see, or no longer.
   */
  mattersOf(mandateId: string, carerId: string, limit: number): Promise<readonly CaseView[] | undefined>;
}

/** Somebody who acts for another, as what they do is recorded. */
export const carerActor = ({ id }: Pick<Mandate, 'id'>): CaseActor => ({ kind: 'carer', id });
