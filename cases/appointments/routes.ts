import { z } from 'zod';
import { type CaseRecord, type Clock, type Role, type Route, route } from '../../core';
import type { Cases } from '../cases';
import { changed } from '../routes';
import { caseId, clientKey } from '../schemas';
import type { Appointments } from './appointments';

const workers: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const localised = z.object({ th: z.string() }).catchall(z.string());
const mostRows = 200;
const dayMs = 24 * 60 * 60 * 1000;

const appointment = z.object({
  caseId: z.string(),
  reference: z.string().optional(),
  title: localised,
  point: localised,
  startsAt: z.number(),
  endsAt: z.number(),
  priority: z.boolean(),
  state: z.enum(['booked', 'cancelled', 'came', 'no-show']),
  /** How often the same person did not come before. */
  missedBefore: z.number(),
});
const call = z.object({
  caseId: z.string(),
  reference: z.string().optional(),
  phone: z.string(),
  about: z.string().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  dueAt: z.number(),
  attempts: z.array(z.object({ at: z.number(), by: z.string(), outcome: z.string() })),
});
const attemptOutcome = z.enum(['reached', 'no-answer', 'busy', 'wrong-number']);
const done = z.object({ ok: z.literal(true) });
const ok = { body: { ok: true } } as const;

export interface AppointmentRouteParts {
  readonly appointments: Appointments;
  readonly cases: Pick<Cases, 'desk' | 'service'>;
  readonly clock: Clock;
}

/** What the desk does with appointments and call-backs. The case is named in the body; the right to it is asked of the one rule of cases. */
export function appointmentRoutes({ appointments, cases, clock }: AppointmentRouteParts): Route[] {
  const { desk, service } = cases;
  const reference = (record: CaseRecord): { reference?: string } =>
    record.reference ? { reference: record.reference } : {};

  const rowsOf = async (records: readonly CaseRecord[]): Promise<z.infer<typeof appointment>[]> =>
    (await Promise.all(records.map(appointmentRow))).flat();

  async function appointmentRow(record: CaseRecord): Promise<z.infer<typeof appointment>[]> {
    const details = service.details(record);
    if (details.kind !== 'appointment') return [];
    const { startsAt, endsAt, priority, servicePointId, state } = details;
    const point = appointments.points().find(({ id }) => id === servicePointId);
    const row = {
      ...{ caseId: record.id, startsAt, endsAt, priority, state, title: { ...desk.view(record).title } },
      point: { ...(point?.name ?? { th: servicePointId }) },
      missedBefore: await appointments.missedBefore(record),
    };
    return [{ ...row, ...reference(record) }];
  }

  function callRow(record: CaseRecord): z.infer<typeof call>[] {
    const details = service.details(record);
    if (details.kind !== 'callback') return [];
    const { kind: _kind, attempts, ...rest } = details;
    return [
      {
        ...{ caseId: record.id, dueAt: record.dueAt, attempts: [...attempts] },
        ...rest,
        ...reference(record),
      },
    ];
  }

  return [
    route({
      method: 'get',
      path: '/api/v1/appointments',
      summary: 'Appointments up to the end of a day that nobody noted as kept or missed yet, earliest first',
      audit: 'appointments.viewed',
      access: workers,
      query: z.object({
        before: z.coerce.number().int().positive().optional(),
        /** With `day`: everybody who has a seat at this point that day, kept and missed ones too. */
        point: z.string().max(60).optional(),
        /** Any moment of the Bangkok day, ms. */
        day: z.coerce.number().int().min(dayMs).max(8e15).optional(),
      }),
      returns: z.object({ appointments: z.array(appointment) }),
      async handle({ officer, query }) {
        if (query.point !== undefined) {
          const seated = await appointments.onDay(query.point, query.day ?? clock());
          const seen = await Promise.all(
            seated.map(each => desk.open(each.id, officer).catch(() => undefined)),
          );
          return { body: { appointments: await rowsOf(seen.filter(record => record !== undefined)) } };
        }
        const before = query.before ?? clock() + dayMs;
        const { cases: due } = await desk.due(officer, { kind: 'appointment', before, limit: mostRows });
        return { body: { appointments: await rowsOf(due) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/service-points',
      summary: 'Where people are received by appointment',
      access: workers,
      returns: z.object({ points: z.array(z.object({ id: z.string(), name: localised })) }),
      handle: () =>
        Promise.resolve({
          body: { points: appointments.points().map(({ id, name }) => ({ id, name: { ...name } })) },
        }),
    }),
    route({
      method: 'post',
      path: '/api/v1/appointments/attendance',
      summary: 'Note whether somebody came to their appointment',
      audit: 'appointment.attended',
      access: workers,
      body: z.strictObject({ caseId, clientId: clientKey, came: z.boolean() }),
      returns: done,
      async handle({ officer, body }) {
        changed(await appointments.attend(body.caseId, officer, body.clientId, body.came));
        return ok;
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/call-backs',
      summary: 'Calls to make, the most urgent first, with what was tried',
      audit: 'call-backs.viewed',
      access: workers,
      returns: z.object({ calls: z.array(call) }),
      async handle({ officer }) {
        const { cases: due } = await desk.due(officer, { kind: 'callback', limit: mostRows });
        return { body: { calls: due.flatMap(callRow) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/call-backs/attempts',
      summary: 'Note an attempt to call; reaching the person ends it',
      audit: 'call-back.attempted',
      access: workers,
      body: z.strictObject({ caseId, clientId: clientKey, outcome: attemptOutcome }),
      returns: done,
      async handle({ officer, body: { caseId: id, clientId, outcome } }) {
        await desk.open(id, officer);
        const at = clock();
        changed(
          await service.changeDetails({
            key: `${officer.id}/${clientId}`,
            caseId: id,
            actor: { kind: 'officer', id: officer.id, name: officer.name },
            state: outcome === 'reached' ? 'answered' : 'working',
            note: outcome === 'reached' ? 'โทรกลับแล้ว' : 'โทรแล้วแต่ไม่ได้คุย',
            ...(outcome === 'no-answer' ? { notice: { key: 'callback.missed', values: { at } } } : {}),
            change: (details, record) =>
              details.kind === 'callback' && record.state !== 'answered' && record.state !== 'withdrawn'
                ? { ...details, attempts: [...details.attempts, { at, by: officer.name, outcome }] }
                : undefined,
          }),
        );
        return ok;
      },
    }),
  ];
}
