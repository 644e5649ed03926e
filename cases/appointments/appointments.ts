import type {
  AppointmentBook,
  AppointmentNews,
  CaseActor,
  CaseDetails,
  CaseDraft,
  CaseRecord,
  ChangeOutcome,
  Clock,
  Engine,
  FileOutcome,
  Officer,
  OpeningHours,
  ServicePoint,
  Slot,
} from '../../core';
import { bangkokDay, bangkokMs } from '../../core';
import type { Cases } from '../cases';
import { found } from '../records';
import { slotsOf } from './points';
import { createSeats, fits, seatsCollection } from './seats';

export interface Booking {
  readonly key: string;
  readonly draft: Omit<CaseDraft, 'key' | 'kind' | 'details'>;
  readonly pointId: string;
  readonly startsAt: number;
  readonly priority: boolean;
}

export type BookOutcome =
  | { readonly outcome: 'booked'; readonly filed: FileOutcome }
  /** Somebody else was faster. */
  | { readonly outcome: 'full' }
  /** No such slot, or it has passed. */
  | { readonly outcome: 'no-slot' };

export interface Appointments extends AppointmentBook {
  book(booking: Booking): Promise<BookOutcome>;
  /** To another time; `from` is what the person saw, so that two changes at once cannot both count. */
  move(by: {
    readonly key: string;
    readonly caseId: string;
    readonly personId: string;
    readonly from: number;
    readonly to: number;
    /** Who does it for the person. */
    readonly actor?: CaseActor;
  }): Promise<'moved' | 'full' | 'impossible'>;
  cancel(by: {
    readonly key: string;
    readonly caseId: string;
    readonly personId: string;
    readonly actor?: CaseActor;
  }): Promise<'cancelled' | 'impossible'>;
  /** Makes the seat agree with the appointment: whoever takes it back in any way gives the seat back. May be called twice. */
  settle(record: CaseRecord): Promise<void>;
  /** How it stands; `undefined`: the case is no appointment, or at a point that is gone. */
  news(record: CaseRecord): AppointmentNews | undefined;
  /** Everybody who has a seat at a point on a Bangkok day, in order. */
  onDay(pointId: string, at: number): Promise<readonly CaseRecord[]>;
  /** How many other appointments of the same person nobody came to. */
  missedBefore(record: CaseRecord): Promise<number>;
  /** An officer notes whether the person came. */
  attend(caseId: string, officer: Officer, key: string, came: boolean): Promise<ChangeOutcome>;
}

type Details = Extract<CaseDetails, { kind: 'appointment' }>;

/** Cases of a person among which missed appointments are counted. */
const lookedBack = 100;
const dayMs = 24 * 60 * 60 * 1000;

/** A case that ended without being answered takes its appointment with it. */
const standing = ({ state }: CaseRecord, details: Details): Details['state'] =>
  details.state === 'booked' && (state === 'withdrawn' || state === 'refused') ? 'cancelled' : details.state;

/** Appointments are cases; the seat in the slot is taken first and carries the key of the case, so every step can be repeated. */
export function createAppointments(parts: {
  readonly engine: Engine;
  readonly points: readonly ServicePoint[];
  readonly holidays: OpeningHours['holidays'];
  /** The cases, which may be made later. */
  readonly cases: () => Pick<Cases, 'service' | 'desk' | 'collections'>;
  readonly clock: Clock;
}): Appointments {
  const { points, holidays, clock } = parts;
  const seats = createSeats(seatsCollection(parts.engine));
  const pointOf = (id: string): ServicePoint | undefined => points.find(point => point.id === id);

  function slotAt(point: ServicePoint, startsAt: number): Slot | undefined {
    if (startsAt <= clock()) return undefined;
    return slotsOf(point, holidays, startsAt).find(slot => slot.startsAt === startsAt);
  }

  /** The appointment of a person, still to come about. */
  function booked(details: CaseDetails, record: CaseRecord, personId: string): Details | undefined {
    const theirs = record.personId === personId && details.kind === 'appointment';
    return theirs && details.state === 'booked' ? details : undefined;
  }

  async function sitsAt(caseId: string, startsAt: number): Promise<boolean> {
    const record = await parts.cases().collections.cases.get(caseId);
    const details = record && parts.cases().service.details(record);
    return details?.kind === 'appointment' && details.state === 'booked' && details.startsAt === startsAt;
  }

  return {
    points: () => points,
    async free(pointId, at, priority) {
      const point = pointOf(pointId);
      const slots = point ? slotsOf(point, holidays, at).filter(slot => slot.startsAt > clock()) : [];
      const [first] = slots;
      const last = slots.at(-1);
      if (!point || !first || !last) return [];
      const taken = await seats.taken(pointId, first.startsAt, last.startsAt + 1);
      return slots.filter(slot => fits(point, taken.get(slot.startsAt) ?? [], priority));
    },
    async book({ key, draft, pointId, startsAt, priority }) {
      const point = pointOf(pointId);
      const slot = point && slotAt(point, startsAt);
      if (!point || !slot) return { outcome: 'no-slot' };
      if (!(await seats.take(point, startsAt, key, priority))) return { outcome: 'full' };
      const filed = await parts.cases().service.file({
        ...draft,
        key,
        kind: 'appointment',
        details: { kind: 'appointment', servicePointId: pointId, ...slot, priority, state: 'booked' },
      });
      if (filed.outcome === 'not-received') await seats.release(pointId, startsAt, key);
      return { outcome: 'booked', filed };
    },
    async move({ key, caseId, personId, from, to, actor = { kind: 'person' } }) {
      const record = await parts.cases().collections.cases.get(caseId);
      const details = record && booked(parts.cases().service.details(record), record, personId);
      const point = details && pointOf(details.servicePointId);
      const slot = point && slotAt(point, to);
      if (!record || !details || !slot || from === to) return 'impossible';
      if (!(await seats.take(point, to, record.key, details.priority))) return 'full';
      const outcome = await parts.cases().service.changeDetails({
        key,
        caseId,
        actor,
        dueAt: to,
        note: 'เลื่อนนัด',
        notice: { key: 'appointment.moved', values: { at: to } },
        change(current, now) {
          const theirs = booked(current, now, personId);
          return theirs?.startsAt === from ? { ...theirs, ...slot } : undefined;
        },
      });
      const moved = outcome.outcome === 'done' || outcome.outcome === 'known';
      // A second command to the same time must not give away the seat that the first one took.
      if (moved || !(await sitsAt(caseId, to))) await seats.release(point.id, moved ? from : to, record.key);
      return moved ? 'moved' : 'impossible';
    },
    async cancel({ key, caseId, personId, actor = { kind: 'person' } }) {
      const outcome = await parts.cases().service.changeDetails({
        key,
        caseId,
        actor,
        state: 'withdrawn',
        note: 'ยกเลิกนัด',
        notice: { key: 'appointment.cancelled' },
        change(current, record) {
          const theirs = booked(current, record, personId);
          return theirs && { ...theirs, state: 'cancelled' };
        },
      });
      if (outcome.outcome !== 'done' && outcome.outcome !== 'known') return 'impossible';
      const details = parts.cases().service.details(outcome.case);
      if (details.kind === 'appointment')
        await seats.release(details.servicePointId, details.startsAt, outcome.case.key);
      return 'cancelled';
    },
    async settle(record) {
      const details = parts.cases().service.details(record);
      if (details.kind !== 'appointment' || standing(record, details) !== 'cancelled') return;
      await seats.release(details.servicePointId, details.startsAt, record.key);
    },
    news(record) {
      const details = parts.cases().service.details(record);
      const point = details.kind === 'appointment' ? pointOf(details.servicePointId) : undefined;
      if (details.kind !== 'appointment' || !point) return undefined;
      const {
        id: caseId,
        reference,
        agencyId,
        personId,
        conversationId,
        language,
        topic,
        sensitive,
      } = record;
      return {
        ...{ caseId, agencyId, language, sensitive, filedAt: record.filedAt, point: point.name },
        ...{ startsAt: details.startsAt, endsAt: details.endsAt, state: standing(record, details) },
        ...(point.bring ? { bring: point.bring } : {}),
        ...(reference ? { reference } : {}),
        ...(personId ? { personId } : {}),
        ...(conversationId ? { conversationId } : {}),
        ...(topic && !sensitive ? { topic } : {}),
      };
    },
    async onDay(pointId, at) {
      const from = bangkokDay(at) * dayMs - bangkokMs;
      const taken = await seats.taken(pointId, from, from + dayMs);
      const keys = [...taken.entries()]
        .sort(([a], [b]) => a - b)
        .flatMap(([, sat]) => sat.map(({ key }) => key));
      const records = await Promise.all(keys.map(key => found(parts.cases().collections.cases, 'key', key)));
      return records.filter(record => record !== undefined);
    },
    async missedBefore({ id, personId }) {
      if (!personId) return 0;
      const scan = { index: 'person', prefix: [personId], limit: lookedBack, descending: true };
      const { records } = await parts.cases().collections.cases.scan(scan);
      return records.filter(record => {
        const details = record.kind === 'appointment' && parts.cases().service.details(record);
        return details && details.kind === 'appointment' && details.state === 'no-show' && record.id !== id;
      }).length;
    },
    async attend(caseId, officer, key, came) {
      await parts.cases().desk.open(caseId, officer);
      return parts.cases().service.changeDetails({
        key: `${officer.id}/${key}`,
        caseId,
        actor: { kind: 'officer', id: officer.id, name: officer.name },
        state: 'answered',
        note: came ? 'มาตามนัด' : 'ไม่ได้มาตามนัด',
        ...(came ? {} : { notice: { key: 'appointment.missed' } }),
        change: details =>
          details.kind === 'appointment' && details.state === 'booked' && details.startsAt <= clock()
            ? { ...details, state: came ? 'came' : 'no-show' }
            : undefined,
      });
    },
  };
}
