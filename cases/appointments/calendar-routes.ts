import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError, type CaseRecord, type Clock, type Collection, type Route, route } from '../../core';
import type { CaseSeal } from '../seal';
import { caseId } from '../schemas';
import type { Appointments } from './appointments';
import { type CalendarParts, calendarFile } from './calendar';

/** After its day the address of an appointment leads nowhere. */
const keptMs = 24 * 60 * 60 * 1000;

/** Where the calendar file of an appointment is: nobody can guess the address, and whoever has it needs no sign-in. */
export interface CalendarAddresses {
  path(caseId: string): string;
  opens(caseId: string, key: string): boolean;
}

export function calendarAddresses(seal: Pick<CaseSeal, 'lookup'>): CalendarAddresses {
  const keyOf = (id: string): Buffer => Buffer.from(seal.lookup('case-calendar', id));
  return {
    path: id => `/api/v1/calendar/${encodeURIComponent(id)}/${keyOf(id).toString()}`,
    opens(id, key) {
      const [right, shown] = [keyOf(id), Buffer.from(key)];
      return right.length === shown.length && timingSafeEqual(right, shown);
    },
  };
}

/** The calendar file of an appointment, as a phone's calendar takes it. */
export function calendarRoutes(
  parts: {
    readonly cases: Pick<Collection<CaseRecord>, 'get'>;
    readonly appointments: Pick<Appointments, 'news'>;
    readonly addresses: CalendarAddresses;
    readonly clock: Clock;
  } & CalendarParts,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/calendar/:id/:key',
      summary: 'An appointment as a calendar file, for whoever has its address',
      access: 'public',
      params: z.strictObject({ id: caseId, key: z.string().max(200) }),
      returns: z.string(),
      async handle({ params: { id, key } }) {
        const record = parts.addresses.opens(id, key) ? await parts.cases.get(id) : undefined;
        const news = record && parts.appointments.news(record);
        if (!record || !news || news.endsAt + keptMs < parts.clock())
          throw new AppError('NOT_FOUND', 'There is no such appointment, or its day has passed.');
        const change = { sequence: record.history.length, at: record.changedAt };
        const text = calendarFile(news, change, parts);
        return {
          file: {
            bytes: Buffer.from(text),
            type: 'text/calendar; charset=utf-8',
            name: 'appointment.ics',
            inline: false,
          },
        };
      },
    }),
  ];
}
