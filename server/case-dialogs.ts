import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseLookups } from '../bot';
import {
  type Cases,
  appointmentCommands,
  appointmentRoutes,
  conversationNotices,
  createAppointments,
  createRelay,
  relayRoutes,
  servicePointsSchema,
} from '../cases';
import type { AppointmentBook, Clock, Engine, Intake, OpeningHours, RelayBook, Route } from '../core';
import type { CommandHandler } from '../jobs';
import type { Records } from '../store';

export interface CaseDialogWiring {
  /** What the bot's dialogs look up. */
  readonly lookups: {
    readonly cases: CaseLookups;
    readonly appointments: AppointmentBook;
    readonly relay: RelayBook;
  };
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly routes: readonly Route[];
}

/** Joins what the dialogs of cases need beside the cases themselves. Before `engine.open()`. */
export function wireCaseDialogs(parts: {
  readonly root: string;
  readonly engine: Engine;
  readonly hours: OpeningHours;
  readonly cases: Cases;
  readonly records: Pick<Records, 'addresses' | 'conversations'>;
  readonly clock: Clock;
  /** Made later than this. */
  readonly intake: () => Pick<Intake, 'notify'>;
}): CaseDialogWiring {
  const { cases, clock, records } = parts;
  const file = join(parts.root, 'knowledge', 'data', 'service-points.json');
  const appointments = createAppointments({
    engine: parts.engine,
    points: servicePointsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))),
    holidays: parts.hours.holidays,
    cases: () => cases,
    clock,
  });
  const relay = createRelay({ engine: parts.engine, cases: () => cases, clock });
  const tell = conversationNotices(records.conversations, {
    notify: news => parts.intake().notify(news),
  });
  return {
    lookups: {
      cases: {
        ...cases.service,
        personOf: async addressId => (await records.addresses.get(addressId))?.personId,
      },
      appointments,
      relay,
    },
    commands: appointmentCommands(appointments, tell),
    routes: [...appointmentRoutes({ appointments, cases, clock }), ...relayRoutes({ relay, cases })],
  };
}
