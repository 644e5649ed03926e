import { join } from 'node:path';
import { caseCommands, conversationNotices, createCases } from '../cases';
import { type Particles, createBot, createSay } from '../bot';
import {
  AppError,
  type CaseRecord,
  type Clock,
  type Decision,
  type Desk,
  type Engine,
  type Ids,
  type InboundDraft,
  type Message,
  type Outcome,
  type Reason,
  type Reply,
  type Understanding,
} from '../core';
import { embeddedJobs } from '../jobs';
import { createFinder, createQuestionBook, createSuggestions, findQuestion, loadGroups } from '../knowledge';
import { createRecords, createSeal } from '../store';
import { wireCaseDialogs } from './case-dialogs';
import { loadReception } from './cases';
import { createChanges } from './changes';
import { wireChat } from './chat';
import { wireClaims } from './claims';
import { wirePrivacy } from './privacy';
import { createAudit } from '../audit';
import { commandHandlers } from './commands';
import { loadHours } from './hours';
import type { Published } from './knowledge';
import { loadLocales } from './locales';
import { reminderLookups } from './reminder-dialog';
import { wireReminders } from './reminders';

export interface Asked {
  readonly outcome: Outcome | undefined;
  readonly decision: Decision;
  readonly replies: readonly Reply[];
  readonly understanding: Understanding;
  /** The words of the text that made its first topic match; worked out only when asked for. */
  readonly why: () => readonly Reason[];
}

/** The real chat core without a network: for the command line and for measurements. */
export interface Assistant {
  /** One text in the conversation `session`; resolves with what was answered. */
  ask(session: string, text: string): Promise<Asked>;
  stop(): Promise<void>;
}

const answerWithinMs = 30_000;
const pageSize = 200;

/** Nobody signed in, never out of hours: outcomes must not depend on them. */
const quietDesk: Desk = { open: true, officersOnline: 0, waiting: 0 };

export async function createAssistant(parts: {
  root: string;
  engine: Engine;
  published: Published;
  clock: Clock;
  ids: Ids;
  operator: string;
  polite: Particles;
  onError: (error: unknown) => void;
}): Promise<Assistant> {
  const { engine, clock, ids, published, onError } = parts;
  const key = (fill: number): Buffer => Buffer.alloc(32, fill);
  const seal = createSeal([{ id: 'k1', key: key(1) }], key(2));
  const records = createRecords({ engine, seal, ids, agencyId: 'operator' });
  const jobs = embeddedJobs({ clock, onError });
  const hours = loadHours(parts.root);
  let hearAppointment = (_record: CaseRecord): Promise<void> => Promise.resolve();
  const audit = createAudit({ engine, clock, mac: hash => seal.lookup('audit', hash) });
  const cases = createCases({
    engine,
    seal,
    clock,
    ids,
    audit,
    hours,
    knowledge: () => published.knowledge,
    reception: loadReception(parts.root),
    // Nothing is connected: what is filed here stays on the desk of this conversation's own store.
    connection: () => undefined,
    operator: { agencyId: 'operator', name: { th: parts.operator } },
    outlets: () => ({
      notify: (record, key, notice) => notify(record.conversationId, key, notice),
      mail: () => Promise.resolve(),
      hook: () => Promise.resolve(),
      handOn: () => Promise.resolve(false),
      followers: () => Promise.resolve(),
      appointment: record => hearAppointment(record),
    }),
    refresh: record => Promise.resolve(record),
    reachable: () => undefined,
    wake: caseId => cases.outgoing.run(caseId),
  });
  const locales = loadLocales([join(parts.root, 'locales')], 'bot');
  const say = createSay(locales, parts.polite);
  const dialogs = wireCaseDialogs({
    ...{ root: parts.root, engine, hours, records, seal, clock, ids, cases },
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    words: say,
    operator: parts.operator,
    publicUrl: undefined,
    person: () => Promise.reject(new Error('nobody works at a desk here')),
    onAppointment: hear => void (hearAppointment = hear),
    intake: () => chat.intake,
  });
  const notify = conversationNotices(records.conversations, { notify: news => chat.intake.notify(news) });
  const changes = createChanges(onError);
  const { claims } = wireClaims({
    ...{ root: parts.root, engine, clock, onError },
    mac: text => seal.lookup('sent-text', text),
    knowledge: () => published.knowledge,
    publicUrl: undefined,
  });
  const suggestions = createSuggestions({
    ...{ engine, clock },
    quizzes: () => published.quizzes,
    knowledge: () => published.knowledge,
    agreedSince: addressId => personalData.privacy.consents.givenSince(addressId, 'suggestions'),
  });
  const personalData = wirePrivacy({
    ...{ root: parts.root, engine, records, jobs, changes, clock, ids, operator: parts.operator },
    audit,
    publicUrl: undefined,
    locales: loadLocales([join(parts.root, 'locales')], 'privacy'),
    declared: () => [],
    async onWithdrawn(addressId) {
      await suggestions.forget(addressId);
    },
    onSwept: () => undefined,
  });
  const reminders = wireReminders({
    ...{ engine, seal, clock, jobs, records, hours, onError },
    config: { operatorName: parts.operator, operatorPhone: '1111', smsPerSecond: 1 },
    sentences: loadLocales([join(parts.root, 'locales')], 'sms'),
    channel: () => undefined,
    cases: cases.service,
    partnerOf: () => {
      throw new AppError('FORBIDDEN', 'There are no partners here.');
    },
    maySee: () => false,
    intake: () => chat.intake,
  });
  const book = createQuestionBook({
    engine,
    clock,
    knowledge: () => published.knowledge,
    operatorAgencyId: 'operator',
  });
  await engine.open();
  const decided = new Map<string, Decision>();
  const bot = createBot({
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    quizzes: () => published.quizzes,
    finder: createFinder({
      knowledge: () => published.knowledge,
      understander: () => published.understander,
      groups: loadGroups(join(parts.root, 'knowledge', 'data')),
    }),
    claims,
    suggestions,
    ...dialogs.lookups,
    findQuestion,
    say,
    languages: () => Object.keys(locales),
    operator: parts.operator,
    notice: personalData.notice,
    reminders: reminderLookups({ ...reminders, addresses: records.addresses, canSms: () => false }),
  });
  const chat = wireChat({
    records,
    jobs,
    changes,
    clock,
    bot: {
      // Kept here, before the commit: whoever waits for a turn is told before the lane reports it.
      async decide(turn) {
        const decision = await bot.decide(turn);
        decided.set(turn.conversation.id, decision);
        return decision;
      },
    },
    knowledgeVersion: () => published.knowledge.version,
    channel: () => undefined,
    desk: () => Promise.resolve(quietDesk),
    giveUp: turn => ({ replies: [{ kind: 'text', text: say(turn.language, 'failed.event') }] }),
    commands: reminders.commands({
      ...commandHandlers(records),
      ...personalData.commands,
      ...caseCommands(cases.service, notify),
      ...book.commands,
      ...suggestions.commands,
      ...dialogs.commands,
    }),
    onTurn: () => undefined,
    onFailure: ({ error }) => onError(error),
    onSent: () => undefined,
    onError,
  });
  await jobs.start();

  return {
    async ask(session, text) {
      const draft: InboundDraft = {
        channel: 'webchat',
        account: 'main',
        providerEventId: ids(),
        externalId: session,
        audience: 'person',
        occurredAt: clock(),
        content: { kind: 'text', text },
      };
      const [accepted] = await chat.intake.accept([draft]);
      if (!accepted) throw new AppError('INPUT_INVALID', 'The text could not be taken in.');
      const { conversationId } = accepted;
      const before = (await records.conversations.get(conversationId))?.seq ?? 0;
      if (!(await chat.intake.settled(accepted, answerWithinMs)))
        throw new AppError('BUSY', 'The chat core did not answer in time.');
      const said: readonly Message[] = await records.conversations.after(conversationId, before, pageSize);
      const decision = decided.get(conversationId) ?? { replies: [] };
      decided.delete(conversationId);
      const understanding = published.understander.understand(text, clock());
      const [first] = understanding.topics;
      return {
        outcome: decision.outcome,
        decision,
        replies: said.flatMap(message =>
          message.from === 'bot' && message.body.kind === 'reply' ? [message.body.reply] : [],
        ),
        understanding,
        why: () => (first && published.understander.explain?.(text, first)) ?? [],
      };
    },
    async stop() {
      await jobs.stop(1_000);
      await engine.close();
    },
  };
}
