import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { createBot, createSay, commitOf, particles } from '../../bot';
import {
  type Appointments,
  appointmentCommands,
  carerCommands,
  caseCommands,
  createAppointments,
  createRelay,
  leadersCollection,
  type Relay,
  servicePointsSchema,
} from '../../cases';
import type {
  ChannelName,
  Choice,
  Content,
  Conversation,
  Decision,
  Desk,
  Engine,
  Notice,
  Turn,
} from '../../core';
import { createClaimChecker, createFinder, findQuestion, loadGroups, loadSites } from '../../knowledge';
import type { CommandHandler } from '../../jobs';
import { loadLocales } from '../../server/locales';
import { loadPublished } from '../../server/knowledge';
import { projectRoot } from '../../server/root';
import { type CaseWorld, officeHours, openCases } from './case-world';

const desk: Desk = { open: true, officersOnline: 1, waiting: 0 };
const published = loadPublished(projectRoot());
const locales = loadLocales(['locales'], 'bot');
const say = createSay(locales, particles.female);

/** One person in one conversation with the shipped bot, on real cases; commands run as the product's runner does. */
export interface CaseChat {
  readonly world: CaseWorld;
  readonly appointments: Appointments;
  readonly relay: Relay;
  /** What the bot said to a text. */
  say(text: string): Promise<string>;
  /** Takes the choice whose id this is; fails when it is not offered. */
  pick(id: string): Promise<string>;
  send(content: Content): Promise<string>;
  offered(): readonly Choice[];
  readonly last: () => Decision;
  /** Runs the last turn's commands once more, as after a crash. */
  repeat(): Promise<void>;
  /** What refusals of commands told, and what cases promised. */
  notices(): Promise<readonly Notice[]>;
}

/** Commands of modules that are not part of this world. */
const others: readonly string[] = ['file.came', 'question.unanswered', 'privacy.told'];

export interface ChatParts {
  readonly personId?: string;
  readonly audience?: 'person' | 'group';
  readonly channel?: ChannelName;
  readonly commands?: (world: CaseWorld, tell: Tell) => Readonly<Record<string, CommandHandler>>;
}

export type Tell = (conversationId: string, key: string, notice: Notice) => Promise<void>;

/** Cases and appointments on one store, as the product joins them. */
export interface ChatWorld {
  readonly world: CaseWorld;
  readonly appointments: Appointments;
  readonly relay: Relay;
}

const dataFolder = join(projectRoot(), 'knowledge', 'data');
const points = servicePointsSchema.parse(
  JSON.parse(readFileSync(join(projectRoot(), 'knowledge', 'data', 'service-points.json'), 'utf8')),
);

export async function openChatWorld(engine: Engine): Promise<ChatWorld> {
  const appointments = createAppointments({
    engine,
    points,
    holidays: officeHours.holidays,
    cases: () => world,
    clock: () => world.now(),
  });
  const relay = createRelay({
    leaders: leadersCollection(engine),
    cases: () => world,
    clock: () => world.now(),
  });
  const world = await openCases(engine);
  world.onAppointment(record => appointments.settle(record));
  return { world, appointments, relay };
}

export async function openCaseChat(
  engine: Engine,
  parts: ChatParts = {},
  given?: ChatWorld,
): Promise<CaseChat> {
  const { world, appointments, relay } = given ?? (await openChatWorld(engine));
  const id = `c-${v7()}`;
  const told: Notice[] = [];
  const tell: Tell = (_conversationId, _key, notice) => {
    told.push(notice);
    return Promise.resolve();
  };
  const handlers = {
    ...caseCommands(world.service, tell),
    ...appointmentCommands(appointments, tell, world.carers),
    ...carerCommands(world.carers, tell),
    ...parts.commands?.(world, tell),
  };
  const bot = createBot({
    knowledge: () => published.knowledge,
    understander: () => published.understander,
    quizzes: () => published.quizzes,
    finder: createFinder({
      knowledge: () => published.knowledge,
      understander: () => published.understander,
      groups: loadGroups(dataFolder),
    }),
    claims: createClaimChecker({
      sites: loadSites(dataFolder),
      knowledge: () => published.knowledge,
      sent: { sentAt: () => Promise.resolve(undefined) },
      ownHosts: [],
    }),
    cases: { ...world.service, personOf: () => Promise.resolve(parts.personId) },
    appointments,
    carers: world.carers,
    relay,
    // Nobody agreed to suggestions here.
    suggestions: { isOn: () => Promise.resolve(false), of: () => Promise.resolve(undefined) },
    // Nobody has reminders here; their dialog has tests of its own.
    reminders: {
      ahead: () => Promise.resolve([]),
      fault: () => undefined,
      tellAt: (_purpose, dueAt, leadMs) => dueAt - leadMs,
      known: { get: () => undefined, called: () => undefined },
      canSms: () => false,
      phoneOf: () => Promise.resolve(undefined),
    },
    findQuestion,
    say,
    languages: () => Object.keys(locales),
    operator: 'ศูนย์บริการทดสอบ',
    notice: { version: '1', short: { th: 'ประกาศทดสอบ' } },
  });
  let conversation: Conversation = {
    id,
    version: 1,
    addressId: `a-${id}`,
    agencyId: 'operator',
    channel: parts.channel ?? 'line',
    account: 'main',
    audience: parts.audience ?? 'person',
    language: 'th',
    seq: 1,
    owner: { kind: 'bot' },
    offered: [],
    left: false,
    pending: [],
    changedAt: world.now(),
  };
  let decision: Decision = { replies: [] };
  let ordered: readonly { readonly id: string; readonly kind: string; readonly data: unknown }[] = [];

  async function run(): Promise<void> {
    for (const command of ordered) {
      const handler = handlers[command.kind];
      if (!handler && !others.includes(command.kind)) throw new Error(`no module runs ${command.kind}`);
      await handler?.(command);
    }
  }

  async function send(content: Content): Promise<string> {
    const eventId = v7();
    const turn: Turn = {
      event: {
        id: eventId,
        channel: conversation.channel,
        account: 'main',
        providerEventId: eventId,
        audience: conversation.audience,
        occurredAt: world.now(),
        content,
        addressId: conversation.addressId,
        conversationId: conversation.id,
      },
      conversation,
      now: world.now(),
      language: 'th',
      desk,
    };
    decision = await bot.decide(turn);
    const act = { event: turn.event, decision, speaker: { from: 'bot' } as const };
    const next = commitOf(conversation, act, world.now(), {
      batch: () => undefined,
      personId: parts.personId ?? '',
      knowledgeVersion: '1',
    });
    ordered = next.pending.flatMap(pending => (pending.kind === 'command' ? [pending.command] : []));
    conversation = { ...next, pending: [] };
    await run();
    return decision.replies.map(reply => reply.text).join('\n');
  }

  return {
    world,
    appointments,
    relay,
    send,
    say: text => send({ kind: 'text', text }),
    async pick(choiceId) {
      const { actions } = cardOf(decision) ?? { actions: [] };
      const shown = [
        ...conversation.offered.map(choice => choice.id),
        ...actions.map(action => ('id' in action ? action.id : '')),
      ];
      if (!shown.includes(choiceId)) throw new Error(`${choiceId} is not among ${shown.join(', ')}`);
      return send({ kind: 'choice', choice: choiceId });
    },
    offered: () => conversation.offered,
    last: () => decision,
    repeat: run,
    async notices() {
      await world.flush();
      return [...told, ...world.told.filter(each => each.conversationId === id).map(each => each.notice)];
    },
  };
}

function cardOf(
  decision: Decision,
): Extract<Decision['replies'][number], { kind: 'card' }>['card'] | undefined {
  const card = decision.replies.findLast(reply => reply.kind === 'card');
  return card?.kind === 'card' ? card.card : undefined;
}
