import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Agencies,
  type AgencySystemClient,
  type Cases,
  type Deliveries,
  type Sentence,
  agenciesSchema,
  agencySystem,
  caseCommands,
  caseRoutes,
  connectionOf,
  conversationNotices,
  followerNotices,
  createCases,
  createDeliveries,
  createImport,
  deliveriesCollection,
  deliver,
  handedOn,
  noAgencies,
  partnerRoutes,
  queueHooks,
  queueMail,
  addMail,
  type Mail,
  receptionSchema,
  refreshed,
} from '../cases';
import {
  AppError,
  type Audit,
  type CaseRecord,
  type Clock,
  type Engine,
  type Ids,
  type Intake,
  type Jobs,
  type Knowledge,
  type Localised,
  type Notice,
  type Officer,
  type OpeningHours,
  type Route,
} from '../core';
import type { CommandHandler } from '../jobs';
import type { Records, Seal } from '../store';
import type { Config } from './config';
import { smtpMail } from './mail';
import { createSafeFetch, fetchThrough } from './safe-fetch';

/** `key` of a job: a case; '' sweeps what was left behind. */
const outgoingQueue = 'case-outgoing';
const watchQueue = 'case-watch';
const sweepEveryMs = 5_000;
const watchEveryMs = 60_000;
/** Above every time-out that a system of an agency may be given. */
const longestCallMs = 25_000;

function jsonOf(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** How each matter is received, from `knowledge/data/reception`. */
export function loadReception(root: string): z.infer<typeof receptionSchema> {
  const parts = ['kinds', 'services', 'complaints', 'workflows'];
  const folder = join(root, 'knowledge', 'data', 'reception');
  return receptionSchema.parse(
    Object.fromEntries(parts.map(part => [part, jsonOf(join(folder, `${part}.json`))])),
  );
}

/** The agencies and hooks that the operator connected; a file that is wrong stops the start and says where. */
export function loadAgencies(file: string | undefined): Agencies {
  if (file === undefined) return noAgencies;
  try {
    return agenciesSchema.parse(jsonOf(file));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new AppError('CONFIGURATION_INVALID', `AGENCIES_FILE: ${file} cannot be used:\n${why}`, {
      cause: error,
    });
  }
}

export interface WiredCases {
  readonly cases: Cases;
  readonly agencies: Agencies;
  readonly deliveries: Deliveries;
  readonly routes: readonly Route[];
  /** For the command runner. */
  readonly commands: Readonly<Record<string, CommandHandler>>;
  /** More to look after once a minute. */
  onWatch(work: () => Promise<void>): void;
  /** Hears of every appointment after a change of it, at least once. */
  onAppointment(hear: (record: CaseRecord) => Promise<void>): void;
  /** After every change of a case that its person may see, at least once. */
  onCase(hear: (record: CaseRecord) => Promise<void>): void;
  /** Says something in a conversation, once under its key. */
  readonly tell: (conversationId: string, key: string, notice: Notice) => Promise<void>;
  /** Puts a mail of another module into the outbox of mails, once under its id. */
  readonly mail: (mail: Mail) => Promise<void>;
  /** Agencies whose officers work at this desk. */
  readonly desks: () => readonly { readonly id: string; readonly name: Localised }[];
  /** Gives it the way into conversations, which is made after it. */
  connect(intake: Pick<Intake, 'notify'>): void;
}

/** Joins cases to the store, the jobs and the ways out. Before `engine.open()` and `jobs.start()`. */
export function wireCases(parts: {
  readonly config: Config;
  readonly root: string;
  readonly engine: Engine;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Pick<Audit, 'record'>;
  readonly jobs: Jobs;
  readonly hours: OpeningHours;
  readonly operatorAgencyId: string;
  readonly knowledge: () => Knowledge;
  readonly records: Pick<Records, 'conversations'>;
  readonly sentence: Sentence;
  /** Throws for a person whom the officer may not know. */
  readonly person: (personId: string, officer: Officer) => Promise<unknown>;
  /** Officers of the caller's agency who serve citizens. */
  readonly colleagues: (
    officer: Officer,
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  readonly moment: (at: number, language: string) => string;
}): WiredCases {
  const { config, engine, seal, clock, jobs, knowledge, operatorAgencyId } = parts;
  const agencies = loadAgencies(config.agenciesFile);
  const outside = fetchThrough(createSafeFetch({ allowed: agencies.privateHosts, withinMs: longestCallMs }));
  const systems = new Map<string, AgencySystemClient>(
    Object.entries(agencies.agencies).flatMap(([id, { system }]) =>
      system ? [[id, agencySystem({ system, fetch: outside, clock })]] : [],
    ),
  );
  const systemParts = { systemOf: (id: string) => systems.get(id), knowledge, seal };
  const deliveries = createDeliveries(
    deliveriesCollection(engine),
    deliver({
      agencies,
      seal,
      clock,
      fetch: outside,
      ...(config.smtp ? { mail: smtpMail(config.smtp) } : {}),
    }),
    clock,
  );
  const mailParts = { ...parts, deliveries, agencies };
  const chores: (() => Promise<void>)[] = [];
  const caseHearers: ((record: CaseRecord) => Promise<void>)[] = [];
  const hearers: ((record: CaseRecord) => Promise<void>)[] = [];
  let intake: Pick<Intake, 'notify'> | undefined;
  const notify = conversationNotices(parts.records.conversations, {
    notify(news) {
      if (!intake) throw new TypeError('cases have no way into conversations yet');
      return intake.notify(news);
    },
  });
  const cases = createCases({
    engine,
    seal,
    clock,
    ids: parts.ids,
    audit: parts.audit,
    hours: parts.hours,
    knowledge,
    reception: loadReception(parts.root),
    connection: id => connectionOf(agencies, id),
    operator: { agencyId: operatorAgencyId, name: { th: config.operatorName } },
    outlets: ({ ledger, collections }) => ({
      followers: followerNotices(collections, knowledge, notify, clock),
      async appointment(record) {
        for (const hear of hearers) await hear(record);
      },
      notify: (record, key, notice) => notify(record.conversationId, key, notice),
      async mail(record, pending) {
        await queueMail(record, pending, mailParts);
        await jobs.wake(outgoingQueue, '');
      },
      async hook(record, key, event) {
        for (const hear of caseHearers) await hear(record);
        await queueHooks(record, key, event, { deliveries, agencies, seal });
      },
      handOn: record => handedOn(record, ledger, systemParts),
    }),
    refresh: (record, ledger) => refreshed(record, ledger, systemParts),
    reachable: id => systems.get(id)?.reachable(),
    wake: caseId => jobs.wake(outgoingQueue, caseId),
  });

  const desks: WiredCases['desks'] = () => [
    { id: operatorAgencyId, name: { th: config.operatorName } },
    ...Object.entries(agencies.agencies).flatMap(([id, { desk }]) =>
      desk ? [{ id, name: knowledge().agency(id)?.name ?? { th: id } }] : [],
    ),
  ];
  jobs.handle(outgoingQueue, { concurrency: 8 }, async key => {
    if (key !== '') return cases.outgoing.run(key);
    for (const id of await cases.outgoing.leftBehind()) await jobs.wake(outgoingQueue, id);
    await deliveries.run();
  });
  jobs.handle(watchQueue, { concurrency: 1 }, async () => {
    await cases.watch();
    await cases.poll();
    for (const work of chores) await work();
    await cases.attempts.purge();
  });
  jobs.every(outgoingQueue, sweepEveryMs);
  jobs.every(watchQueue, watchEveryMs);

  return {
    cases,
    agencies,
    desks,
    deliveries,
    async mail(mail) {
      await addMail(mail, { deliveries, seal });
      await jobs.wake(outgoingQueue, '');
    },
    routes: [
      ...caseRoutes({
        cases,
        deliveries,
        clock,
        person: parts.person,
        colleagues: parts.colleagues,
        agencies: desks,
        importFile: createImport({ ...cases, seal, clock, knowledge }),
      }),
      ...partnerRoutes({ cases, partners: config.partners, seal, clock, knowledge }),
    ],
    commands: caseCommands(cases.service, notify),
    tell: notify,
    onWatch: work => void chores.push(work),
    onAppointment: hear => void hearers.push(hear),
    onCase: hear => void caseHearers.push(hear),
    connect(to) {
      intake = to;
    },
  };
}
