import express, { type Express } from 'express';
import { type Server as HttpServer, createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type Accounts,
  cannedReplyRoutes,
  createAccounts,
  createCannedReplies,
  createContacts,
  createDesk,
  createPresence,
  createViews,
  deskRoutes,
  may,
  openBeforeFactor,
  policyFaults,
  transferRoutes,
  underPolicy,
} from '../agent-desk';
import { auditRoutes, createAudit } from '../audit';
import { carerPersonalRecords, casePersonalRecords, partnerOf, placesOf } from '../cases';
import { registerRoutes } from '../channels/register-pages';
import { bangkokMoment, createBot, createSay, particles, ratingRequest } from '../bot';
import { createVisitors } from '../channels/transcript-socket';
import {
  type Clock,
  type Ids,
  type Knowledge,
  type Reminders,
  type Route,
  type SentChannel,
  route,
} from '../core';
import {
  createFinder,
  createPlainWords,
  createSuggestions,
  findQuestion,
  loadGroups,
  loadPlainWords,
} from '../knowledge';
import { noting } from '../privacy';
import { conversationIdOf, createRecords } from '../store';
import { tableApart } from '../tables';
import { auditedAccounts } from './audited';
import { wireCaseDialogs } from './case-dialogs';
import { wireCases } from './cases';
import { wireReminders } from './reminders';
import { wireCampaigns } from './campaigns';
import { reminderLookups } from './reminder-dialog';
import { createChanges } from './changes';
import { vendorChannels } from './channels';
import { wireChat } from './chat';
import { wireClaims } from './claims';
import { commandHandlers } from './commands';
import type { Config } from './config';
import { type Demo, ensureDemoAccounts } from './demo';
import { chooseEngine, chooseJobs, joinProcesses } from './engines';
import { wireFiles } from './files';
import { officerLimit, publicLimit } from './hardening';
import { loadHours } from './hours';
import { loadKeys } from './keys';
import { createTellBooked } from './knowledge-booked';
import { wireKnowledge } from './knowledge-desk';
import { dueMail } from './knowledge-due';
import { loadLocales } from './locales';
import type { Log } from './log';
import { createMetrics } from './metrics';
import { myPageRoutes } from './my';
import { type Upkeep, wirePrivacy } from './privacy';
import { colleaguesOf, createDeskState, transferDesks } from './desk-state';
import { quizElsewhere } from './quiz-elsewhere';
import { registerPages } from './register-pages';
import { projectRoot } from './root';
import { makeSampleHistory } from './sample-history';
import { openSockets, serveSockets } from './sockets';
import { docsPage, missingPage, startPage } from './start-page';
import { serveWeb } from './web';
import { webhookRouter } from './webhooks';

/** The agency that runs this installation; its officers see what nobody routed elsewhere. */
const operatorAgency = 'operator';

/** Workbooks of imports unpack to at most so much. */
const maxUnpackedImportBytes = 256 * 1024 * 1024;

/** Requests a minute from one address on public routes. */
const publicPerMinute = 300;

const stopWithinMs = 5_000;

export interface App {
  /** What commands of the operator need: key rotation, retention, the record of processing. */
  readonly upkeep: Upkeep;
  readonly http: HttpServer;
  /** Everything that is answered over HTTP hangs below it. */
  readonly web: Express;
  readonly routes: readonly Route[];
  readonly accounts: Accounts;
  /** For programs that make reminders without a browser in between, such as measurements. */
  readonly reminders: Reminders;
  /** Looks once for what is due, as happens every second. */
  lookForReminders(): Promise<void>;
  /** Where routes and the access policy do not say the same. */
  readonly policyFaults: readonly string[];
  /** Ready to take work. */
  start(): Promise<void>;
  /** The demo accounts made on this first run, if any. */
  readonly demo: Promise<Demo | undefined>;
  /** The code that makes the first administrator, while there is no account. */
  readonly firstRun: Promise<string | undefined>;
  /** Stops taking work, finishes what runs, closes. */
  stop(): Promise<void>;
}

export interface AppParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Builds the whole product from its parts; listens to nothing yet. */
export async function createApp({ config, clock, ids, log }: AppParts): Promise<App> {
  const root = projectRoot();
  const metrics = createMetrics();
  const onError = (error: unknown): void => {
    metrics.errors.inc();
    log.error({ err: error }, 'unforeseen failure');
  };
  const { seal, sessionSecret } = loadKeys(config);
  const { engine, declared: collections } = noting(await chooseEngine(config));
  const jobs = await chooseJobs(config, clock, onError);
  const changes = createChanges(onError);
  const records = createRecords({ engine, seal, ids, agencyId: operatorAgency });
  const audit = createAudit({
    engine,
    clock,
    mac: hash => seal.lookup('audit', hash),
    onHead: (day, head) => log.info({ day, ...head }, 'audit head'),
  });
  const accounts = auditedAccounts(
    createAccounts({
      engine,
      clock,
      ids,
      changes,
      audit,
      seal,
      issuer: config.operatorName,
      secondFactor: !config.demo,
      firstAgencyId: operatorAgency,
      ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}),
      ...(config.oidc && config.publicUrl ? { oidc: { ...config.oidc, publicUrl: config.publicUrl } } : {}),
      onLocked: accountId => log.warn({ accountId }, 'account locked after wrong attempts'),
    }),
    audit,
  );
  const presence = createPresence(engine, clock);
  const cannedReplies = createCannedReplies(engine, clock, ids);
  const knowledge = wireKnowledge({
    ...{ root, engine, jobs, changes, clock, ids, audit, onError },
    operatorAgencyId: operatorAgency,
    mode: config.knowledgeAnswers,
  });
  const { published } = knowledge;
  const dataFolder = join(root, 'knowledge', 'data');
  const finder = createFinder({
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    groups: loadGroups(dataFolder),
  });
  const localeFolders = [join(root, 'locales'), ...(config.localesDir ? [config.localesDir] : [])];
  const locales = (part: string): ReturnType<typeof loadLocales> => loadLocales(localeFolders, part);
  const botLocales = locales('bot');
  const polite = particles[config.politeParticle];
  const say = createSay(botLocales, polite);
  const pageLocales = {
    webchat: locales('webchat'),
    kiosk: locales('kiosk'),
    desk: locales('desk'),
    my: locales('my'),
  };
  const languages = (): readonly string[] => Object.keys(botLocales);
  const hours = loadHours(root, config.openingHoursFile);
  const colleagues = colleaguesOf(accounts.administration);
  const wired = wireCases({
    config,
    root,
    engine,
    seal,
    clock,
    ids,
    audit,
    jobs,
    hours,
    operatorAgencyId: operatorAgency,
    knowledge: () => published.knowledge,
    records,
    sentence: createSay(locales('mail'), polite),
    person: (id, officer) => contacts.person(id, officer),
    colleagues,
    moment: bangkokMoment,
  });
  const dialogs = wireCaseDialogs({
    ...{ root, engine, hours, records, seal, clock, ids, cases: wired.cases },
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    words: say,
    operator: config.operatorName,
    publicUrl: config.publicUrl,
    person: (id, officer) => contacts.person(id, officer),
    onAppointment: hear => wired.onAppointment(hear),
    intake: () => chat.intake,
  });
  wired.onWatch(() => dialogs.run());
  const fileStore = wireFiles({ config, engine, seal, sessionSecret, records, jobs, clock });
  const reminders = wireReminders({
    ...{ config, engine, seal, clock, jobs, records, hours, onError },
    sentences: locales('sms'),
    channel: (name, account) => channel(name, account),
    cases: wired.cases.service,
    partnerOf: authorization => partnerOf(authorization, config.partners),
    maySee: (officer, agencyId) => may(officer, 'reminder.work', { agencyId }),
    intake: () => chat.intake,
  });
  dialogs.hearAppointments(reminders.hearAppointment);
  wired.onCase(reminders.hearCase);
  const campaigns = wireCampaigns({
    ...{ config, engine, seal, clock, ids, jobs, records, wired: reminders },
    isSensitive: topic => isSensitive(published.knowledge, topic),
    placesOf: personId => placesOf(wired.cases.collections, seal, personId),
    isHeld: async personId => (await personalData.privacy.holds.of([personId])) !== undefined,
    agreesAt: async addressId =>
      (await personalData.privacy.consents.givenSince(addressId, 'notices')) !== undefined,
    table: (file, maxRows, goOn) =>
      tableApart(file, { maxRows, maxUnpackedBytes: maxUnpackedImportBytes }, { root, goOn }),
  });
  const rumours = wireClaims({
    ...{ root, engine, clock, onError },
    mac: text => seal.lookup('sent-text', text),
    knowledge: () => published.knowledge,
    publicUrl: config.publicUrl,
  });
  const suggestions = createSuggestions({
    ...{ engine, clock },
    quizzes: () => published.quizzes,
    knowledge: () => published.knowledge,
    agreedSince: addressId => personalData.privacy.consents.givenSince(addressId, 'suggestions'),
  });
  const personalData = wirePrivacy({
    ...{ root, engine, records, jobs, changes, clock, ids, audit },
    operator: config.operatorName,
    publicUrl: config.publicUrl,
    locales: locales('privacy'),
    declared: collections,
    sources: [
      rumours.records,
      fileStore.personal,
      casePersonalRecords(wired.cases.collections, seal),
      carerPersonalRecords(wired.cases.mandates),
      knowledge.personal,
      suggestions.personal,
      dialogs.personal,
      ...reminders.personal,
      ...campaigns.personal,
    ],
    async onWithdrawn(addressId, purpose) {
      if (purpose === 'suggestions') await suggestions.forget(addressId);
    },
    onErasure: erasure => log.info({ erasure }, 'erasure done'),
    onSwept: removed => log.info({ removed }, 'retention swept'),
  });
  await engine.open();
  await knowledge.open();

  const currentDesk = createDeskState({
    ...{ presence, hours, clock, agencyId: operatorAgency, conversations: records.conversations },
    chatsPerOfficer: config.chatsPerOfficer,
  });

  const bot = createBot({
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    quizzes: () => published.quizzes,
    finder,
    claims: rumours.claims,
    suggestions,
    quizElsewhere: quizElsewhere(records),
    ...(config.publicUrl ? { guideUrl: `${config.publicUrl}/guide` } : {}),
    ...dialogs.lookups,
    ...(config.publicUrl ? { pageUrl: `${config.publicUrl}/my` } : {}),
    findQuestion,
    say,
    languages,
    operator: config.operatorShown,
    notice: personalData.notice,
    told: reminders.told,
    reminders: reminderLookups({
      ...reminders,
      addresses: records.addresses,
      canSms: () => channel('sms', 'main') !== undefined,
    }),
  });

  const vendors: readonly SentChannel[] = vendorChannels(config, clock, reminders.calls(say)).map(each =>
    rumours.noting(each),
  );
  const channel = (name: string, account: string): SentChannel | undefined =>
    vendors.find(each => each.name === name && each.account === account);

  const chat = wireChat({
    records,
    jobs,
    changes,
    clock,
    bot,
    knowledgeVersion: () => published.knowledge.version,
    channel,
    desk: currentDesk,
    gates: reminders.gates,
    giveUp: turn => ({
      replies: [{ kind: 'text', text: say(turn.language, 'failed.event') }],
      owner:
        turn.conversation.owner.kind === 'officer'
          ? turn.conversation.owner
          : { kind: 'queue', since: turn.now, urgent: false },
    }),
    commands: reminders.commands({
      ...commandHandlers(records),
      ...personalData.commands,
      ...wired.commands,
      ...fileStore.commands,
      ...fileStore.filing(wired.commands),
      ...knowledge.commands,
      ...suggestions.commands,
      ...dialogs.commands,
    }),
    onTurn({ ms, decision }) {
      metrics.turns.inc({ outcome: decision.outcome ?? 'none' });
      metrics.turnSeconds.observe(ms / 1000);
    },
    onFailure({ eventId, attempts, setAside, error }) {
      metrics.turnFailures.inc();
      if (setAside) metrics.setAside.inc();
      log.error({ eventId, attempts, setAside, err: error }, setAside ? 'event set aside' : 'turn failed');
    },
    onSent({ itemId, outcome, why, attempts }) {
      metrics.sendings.inc({ outcome });
      if (outcome !== 'sent') log.warn({ itemId, outcome, why, attempts }, 'sending did not end as sent');
    },
    onError,
  });

  wired.connect(chat.intake);
  const tellBooked = createTellBooked({
    cases: wired.cases.collections.cases,
    conversations: records.conversations,
    knowledge: () => published.knowledge,
    operatorAgencyId: operatorAgency,
    intake: chat.intake,
  });
  dialogs.hearAppointments(async news => tellBooked.one(news, await knowledge.switches.announcements()));
  knowledge.connect({
    booked: announcement => tellBooked.all(announcement),
    async owner(notice) {
      const { agencies } = wired.agencies;
      const mail = dueMail(notice, {
        addressOf: id => agencies[id]?.email ?? agencies[operatorAgency]?.email,
        knowledge: published.knowledge,
        sentence: createSay(locales('mail'), polite),
        moment: bangkokMoment,
      });
      if (mail) await wired.mail(mail);
    },
  });
  fileStore.connect({ intake: chat.intake, channel });
  const desks = transferDesks({ presence, colleagues, agencies: () => wired.desks() });
  const deskService = createDesk({
    desks,
    conversations: records.conversations,
    addresses: records.addresses,
    outbox: records.outbox,
    intake: chat.intake,
    changes,
    clock,
    commitOf: chat.commitOf,
    say,
    ratingRequest: language => ratingRequest(language, say),
    wake: chat.wake,
  });
  const contacts = createContacts({
    people: records.people,
    addresses: records.addresses,
    episodes: records.episodes,
    clock,
    ids,
    async talksOf(personId) {
      const all = await records.addresses.ofPerson(personId);
      const talks = await Promise.all(all.map(({ id }) => records.conversations.get(conversationIdOf(id))));
      return talks.flatMap(talk => talk ?? []);
    },
  });

  const about = route({
    method: 'get',
    path: '/api/v1/about',
    summary: 'Who runs this installation, and the languages it speaks',
    access: 'public',
    returns: z.object({
      operator: z.string(),
      languages: z.array(z.string()),
      politeParticle: z.enum(['female', 'male']),
      knowledge: z.string(),
    }),
    handle: () =>
      Promise.resolve({
        body: {
          operator: config.operatorShown,
          languages: [...languages()],
          politeParticle: config.politeParticle,
          knowledge: published.knowledge.version,
        },
      }),
  });
  const deskViews = createViews({
    contacts,
    personIdOf: async conversation => (await records.addresses.get(conversation.addressId))?.personId ?? '',
    knowledge: () => published.knowledge,
  });
  const declared = [
    about,
    ...registerRoutes({ finder, knowledge: () => published.knowledge }),
    ...auditRoutes(audit, async id => {
      const mandate = await wired.cases.carers.byId(id);
      return mandate && { carer: mandate.carerName, person: mandate.personName };
    }),
    ...wired.routes,
    ...knowledge.routes,
    ...dialogs.routes,
    ...myPageRoutes({
      ...{ cases: wired.cases, records, suggestions, clock },
      knowledge: () => published.knowledge,
      appointments: dialogs.lookups.appointments,
      calendarPath: dialogs.calendarPath,
      visitorOf: token => createVisitors(sessionSecret, 'webchat').read(token),
      commands: personalData.commands,
    }),
    ...reminders.routes,
    ...campaigns.routes,
    ...fileStore.routes(deskService, wired.cases),
    ...transferRoutes(desks),
    ...cannedReplyRoutes(cannedReplies),
    ...personalData.routes(),
    ...deskRoutes({
      accounts,
      desk: deskService,
      contacts,
      views: deskViews,
      knowledge: () => published.knowledge,
    }),
  ];
  const faults = policyFaults(declared);
  for (const fault of faults) log.error({ fault }, 'route and policy differ');
  const routes = underPolicy(declared);

  const web = express();
  // Clients that never end their headers or their body are looked for this often; Node's own 30 s let them hold on too long.
  const http = createServer({ connectionsCheckingInterval: 2_000 }, web);
  const io = openSockets({ http, publicUrl: config.publicUrl, onError });
  const leaveProcesses = await joinProcesses(config, io, changes, onError);
  const stopSockets = serveSockets({
    io,
    trustedProxies: config.trustedProxies,
    sessionSecret,
    transcript: {
      intake: chat.intake,
      greeting: chat.greeting,
      conversations: records.conversations,
      addresses: records.addresses,
      conversationIdOf,
      changes,
      polite: { kha: polite.statement, ka: polite.question },
      sensitive: topic => isSensitive(published.knowledge, topic),
      clock,
      onError,
    },
    sentences: pageLocales,
    desk: {
      ...{ accounts, presence, changes, audit, clock, onError },
      desk: deskService,
      views: deskViews,
      ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}),
    },
  });

  const demo = config.demo
    ? ensureDemoAccounts(accounts, operatorAgency, config.demoPassword)
    : Promise.resolve(undefined);
  const firstRun = config.demo ? Promise.resolve(undefined) : accounts.administration.firstRunCode();
  let started = false;
  const serverTexts = locales('server');
  serveWeb(web, {
    ...{ config, routes, metrics, onError },
    webhooks: webhookRouter(
      {
        intake: chat.intake,
        inbox: records.inbox,
        clock,
        count: (what, name, by) => {
          if (by > 0) metrics.webhook.inc({ what, channel: name }, by);
        },
        async onDelivery(sender, news) {
          await records.outbox.delivered(sender.name, sender.account, { ...news, at: clock() });
          await reminders.delivered(sender, news);
        },
      },
      vendors,
    ),
    api: {
      officerOf: token => accounts.officerOf(token),
      openBeforeFactor,
      audit,
      publicLimit: publicLimit(publicPerMinute),
      takeOfficer: officerLimit(config.officerPerMinute, clock),
    },
    madePages: [
      registerPages({
        finder,
        knowledge: () => published.knowledge,
        officialWords: createPlainWords(loadPlainWords(dataFolder)).explained,
        locales: locales('services'),
        operator: config.operatorShown,
        publicUrl: config.publicUrl,
        limit: publicLimit(publicPerMinute),
        clock,
      }),
      personalData.page(),
    ],
    missingPage: missingPage(serverTexts['th'] ?? {}, serverTexts['en'] ?? {}),
    builtPages: {
      webDir: join(root, 'dist', 'web'),
      locales: () => pageLocales,
      startPage: startPage(serverTexts['th'] ?? {}, serverTexts['en'] ?? {}, config.operatorShown),
      docsPage: docsPage(routes),
    },
    async measure() {
      const oldest = await records.inbox.oldestWaiting();
      metrics.oldestWaitingSeconds.set(oldest === undefined ? 0 : Math.max(0, clock() - oldest) / 1000);
      metrics.outboxOpen.set(await records.outbox.openCount(1_000));
    },
    async ready() {
      await Promise.all([engine.ping(), jobs.ping(), demo]);
      return started;
    },
  });
  http.requestTimeout = 30_000;
  http.headersTimeout = 10_000;

  return {
    upkeep: { collections, seal, privacy: personalData.privacy, processing: personalData.processing },
    http,
    web,
    routes,
    accounts,
    reminders: reminders.reminders,
    lookForReminders: () => reminders.look(),
    policyFaults: faults,
    demo,
    firstRun,
    async start() {
      // In one process nobody else can hold a lease: what is found leased was cut off by a crash.
      if (engine.kind === 'sqlite') await records.outbox.releaseAll(clock());
      await jobs.start();
      const firstDemo = await demo;
      if (firstDemo)
        await makeSampleHistory({ contacts, intake: chat.intake, officer: firstDemo.officer, clock });
      started = true;
    },
    async stop() {
      started = false;
      stopSockets();
      knowledge.stop();
      await new Promise<void>(resolve => {
        void io.close(() => resolve());
        http.closeAllConnections();
      });
      await jobs.stop(stopWithinMs);
      await leaveProcesses();
      await engine.close();
    },
  };
}

function isSensitive(knowledge: Knowledge, reference: string): boolean {
  const [kind, id] = reference.split(':');
  const topic = kind === 'service' && id ? knowledge.topic({ kind, id }) : undefined;
  return topic?.sensitivity !== undefined;
}
