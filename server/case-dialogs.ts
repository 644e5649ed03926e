import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseLookups } from '../bot';
import {
  type CalendarWords,
  type Cases,
  appointmentCommands,
  appointmentRoutes,
  calendarAddresses,
  calendarRoutes,
  carerCommands,
  conversationNotices,
  createAnnouncements,
  createAppointments,
  createRelay,
  leadersCollection,
  relayCommands,
  relayPersonalRecords,
  relayRoutes,
  servicePointsSchema,
} from '../cases';
import {
  type AppointmentBook,
  type CarerBook,
  type CaseRecord,
  type Clock,
  type Engine,
  type HearAppointment,
  type Ids,
  type Intake,
  type Knowledge,
  type Officer,
  type OpeningHours,
  type PersonalRecords,
  type RelayBook,
  type Route,
  type Understander,
  inLanguage,
} from '../core';
import type { CommandHandler } from '../jobs';
import { type Records, type Seal, conversationIdOf } from '../store';

export interface CaseDialogWiring {
  /** What the bot's dialogs look up. */
  readonly lookups: {
    readonly cases: CaseLookups & Pick<Cases['service'], 'followersOf'>;
    readonly appointments: AppointmentBook;
    readonly carers: CarerBook;
    readonly relay: RelayBook;
    /** Where the calendar file of an appointment is; absent where the installation has no public address. */
    readonly calendarOf?: (caseId: string) => string;
  };
  readonly commands: Readonly<Record<string, CommandHandler>>;
  readonly routes: readonly Route[];
  readonly personal: PersonalRecords;
  readonly calendarPath: (caseId: string) => string;
  /** Whoever wants to know how every appointment stands, after each change of it and at least once; see `HearAppointment`. */
  hearAppointments(hear: HearAppointment): void;
  /** Goes on with announcements that an earlier process left half told; from time to time. */
  run(): Promise<void>;
}

/** Joins what the dialogs of cases need beside the cases themselves. Before `engine.open()`. */
export function wireCaseDialogs(parts: {
  readonly root: string;
  readonly engine: Engine;
  readonly hours: OpeningHours;
  readonly cases: Cases;
  readonly records: Pick<Records, 'addresses' | 'conversations' | 'people' | 'episodes'>;
  readonly seal: Pick<Seal, 'lookup'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly knowledge: () => Knowledge;
  readonly understander: () => Understander;
  readonly words: CalendarWords;
  readonly operator: string;
  readonly publicUrl: string | undefined;
  /** Throws for a person whom the officer may not know. */
  readonly person: (personId: string, officer: Officer) => Promise<unknown>;
  /** Calls back after every change of an appointment. */
  readonly onAppointment: (hear: (record: CaseRecord) => Promise<void>) => void;
  /** Made later than this. */
  readonly intake: () => Pick<Intake, 'notify'>;
}): CaseDialogWiring {
  const { cases, clock, records, knowledge, publicUrl } = parts;
  const file = join(parts.root, 'knowledge', 'data', 'service-points.json');
  const appointments = createAppointments({
    engine: parts.engine,
    points: servicePointsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))),
    holidays: parts.hours.holidays,
    cases: () => cases,
    clock,
  });
  const tell = conversationNotices(records.conversations, {
    notify: news => parts.intake().notify(news),
  });
  const leaders = leadersCollection(parts.engine);
  const relay = createRelay({ leaders, cases: () => cases, clock });
  const announcements = createAnnouncements({
    ...{ engine: parts.engine, leaders, addresses: records.addresses, conversationIdOf, tell, clock },
    ids: parts.ids,
    isPrivate(text, now) {
      const { topics, decision, crisis } = parts.understander().understand(text, now);
      const [first] = decision === 'none' ? [] : topics;
      return crisis !== undefined || (first && knowledge().topic(first)?.sensitivity) !== undefined;
    },
  });
  const addresses = calendarAddresses(parts.seal);
  const hearers: HearAppointment[] = [];
  parts.onAppointment(async record => {
    await appointments.settle(record);
    const news = appointments.news(record);
    if (news) for (const hear of hearers) await hear(news);
  });

  return {
    lookups: {
      cases: {
        ...cases.service,
        personOf: async addressId => (await records.addresses.get(addressId))?.personId,
      },
      appointments,
      carers: cases.carers,
      relay,
      ...(publicUrl ? { calendarOf: (caseId: string) => `${publicUrl}${addresses.path(caseId)}` } : {}),
    },
    commands: {
      ...appointmentCommands(appointments, tell, cases.carers),
      ...carerCommands(cases.carers, tell),
      ...relayCommands({
        announcements,
        people: records.people,
        episodes: records.episodes,
        async addressOf(person, now) {
          const owner = {
            channel: 'desk',
            account: 'main',
            externalId: person.id,
            audience: 'person',
          } as const;
          const address = await records.addresses.ensure(owner, now);
          if (address.personId !== person.id) await records.addresses.move(address.id, person.id);
          return address.id;
        },
      }),
    },
    routes: [
      ...appointmentRoutes({ appointments, cases, clock }),
      ...relayRoutes({ relay, cases, announcements, person: parts.person }),
      ...calendarRoutes({
        ...{ appointments, addresses, clock, words: parts.words, operator: parts.operator },
        cases: cases.collections.cases,
        titleOf({ topic, language }) {
          const named = topic && knowledge().topic(topic);
          return named && inLanguage(named.name, language);
        },
      }),
    ],
    personal: relayPersonalRecords(announcements.collections),
    calendarPath: caseId => addresses.path(caseId),
    hearAppointments: hear => void hearers.push(hear),
    run: () => announcements.run(),
  };
}
