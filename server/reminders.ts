import type { Say, ToldReminders } from '../bot';
import {
  type CaseRecord,
  type CaseService,
  type ChannelName,
  type Clock,
  type DeliveryNews,
  type Engine,
  type HearAppointment,
  type Intake,
  type Jobs,
  type KnownDates,
  type Localised,
  type Officer,
  type OpeningHours,
  type PersonalRecords,
  type Reminder,
  type Reminders,
  type ReminderTexts,
  type Route,
  type SendingAllowance,
  type SendingTimes,
  type SentChannel,
} from '../core';
import type { CommandHandler, DeliveryParts } from '../jobs';
import {
  type ReminderPartner,
  allowanceCollection,
  appointmentRule,
  caseStepRule,
  createAllowance,
  createKnownDates,
  createReaches,
  createReminders,
  createScheduler,
  createTexts,
  createWays,
  lookEveryMs,
  reminderCollections,
  reminderCommands,
  reminderDateRoutes,
  reminderPartnerRoutes,
  reminderPersonalRecords,
  reminderRoutes,
  remindersQueue,
  sendingTimes,
  withRefusals,
} from '../sms';
import { type Records, type Seal, conversationIdOf } from '../store';
import type { CallTexts } from './channels';
import type { Config } from './config';

/** Channels whose addresses are telephone numbers. */
const numberChannels = ['sms', 'voice'] as const;

/** Parts of the due index that one process works on at once. */
const shardsAtOnce = 8;

export interface WiredReminders {
  readonly reminders: Reminders;
  readonly texts: ReminderTexts;
  readonly times: SendingTimes;
  readonly dates: KnownDates;
  readonly allowance: SendingAllowance;
  /** What the bot's dialogs look up. */
  readonly told: ToldReminders;
  /** What calls say; `say` writes the sentences around it. */
  calls(say: Say): CallTexts;
  look(): Promise<void>;
  readonly gates: NonNullable<DeliveryParts['gates']>;
  readonly hearAppointment: HearAppointment;
  /** Told after every change of a case that its person may see, at least once. */
  readonly hearCase: (record: CaseRecord) => Promise<void>;
  readonly personal: readonly PersonalRecords[];
  readonly routes: readonly Route[];
  /** Command handlers with those of reminders, which also hear STOP and START. */
  commands(others: Readonly<Record<string, CommandHandler>>): Readonly<Record<string, CommandHandler>>;
  /** News of an operator about something that was sent, after the outbox has noted them. */
  delivered(channel: Pick<SentChannel, 'name' | 'account'>, news: DeliveryNews): Promise<void>;
}

/** Joins reminders to the store, the jobs and the conversations. Before `engine.open()` and `jobs.start()`. */
export function wireReminders(parts: {
  readonly config: Pick<Config, 'operatorName' | 'operatorPhone' | 'smsPerSecond' | 'smsPartsPerDay'>;
  readonly engine: Engine;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly records: Records;
  readonly hours: OpeningHours;
  readonly sentences: Parameters<typeof createTexts>[0]['catalogue'];
  readonly channel: (name: ChannelName, account: string) => SentChannel | undefined;
  readonly cases: Pick<CaseService, 'file'>;
  readonly partnerOf: (authorization: string) => ReminderPartner;
  readonly maySee: (officer: Officer, agencyId: string) => boolean;
  /** Made later than this. */
  readonly intake: () => Pick<Intake, 'notify'>;
  readonly onError: (error: unknown) => void;
}): WiredReminders {
  const { config, engine, seal, clock, jobs, records } = parts;
  const collections = reminderCollections(engine);
  const times = sendingTimes(parts.hours.holidays.map(({ date }) => date));
  const texts = createTexts({
    catalogue: parts.sentences,
    operator: config.operatorName,
    phone: config.operatorPhone,
  });
  const allowance = createAllowance(allowanceCollection(engine), config.smsPartsPerDay);
  const reaches = createReaches(collections.reach);
  const common = { ...collections, ...records, seal, clock, texts, times, reaches };
  const scheduler = createScheduler({
    ...common,
    allowance,
    jobs,
    ways: createWays({ ...common, conversationIdOf, channel: parts.channel }),
    notify: news => parts.intake().notify(news),
    perSecond: config.smsPerSecond,
    onError: parts.onError,
  });
  const reminders = createReminders({ ...common, wake: id => scheduler.wake(id) });

  const words = (key: string): Localised => ({
    th: key,
    ...Object.fromEntries(
      Object.entries(parts.sentences).flatMap(([language, { [key]: text }]) =>
        text ? [[language, text]] : [],
      ),
    ),
  });

  const dates = createKnownDates(words);

  jobs.handle(remindersQueue, { concurrency: shardsAtOnce }, key =>
    key === '' ? scheduler.look() : scheduler.run(Number(key)),
  );
  jobs.every(remindersQueue, lookEveryMs);

  const commandParts = {
    reminders,
    clock,
    conversationIdOf,
    address: (id: string) => records.addresses.get(id),
    async fileCase(draft: Parameters<CaseService['file']>[0]) {
      await parts.cases.file(draft);
    },
    async tell(conversationId: string, key: string, notice: Parameters<Intake['notify']>[0]['notice']) {
      const conversation = await records.conversations.get(conversationId);
      if (conversation) await parts.intake().notify({ conversation, key, notice });
    },
  };

  async function isFor(reminder: Reminder, addressId: string): Promise<boolean> {
    const address = await records.addresses.get(addressId);
    if (!address) return false;
    if (address.personId === reminder.personId) return true;
    const isNumber = address.channel === 'sms' || address.channel === 'voice';
    return isNumber && seal.lookup('phone', records.addresses.externalId(address)) === reminder.phoneKey;
  }

  /** What was told last to a number, by whichever way. */
  async function lastTold(phone: string): Promise<Reminder | undefined> {
    const found = await Promise.all(
      numberChannels.map(name =>
        reminders.toldLast(conversationIdOf(records.addresses.idOf(name, 'main', phone))),
      ),
    );
    return found.filter(each => each !== undefined).sort((a, b) => b.changedAt - a.changedAt)[0];
  }

  return {
    ...{ reminders, texts, times, dates, allowance },
    told: { get: id => reminders.get(id), toldLast: id => reminders.toldLast(id), isFor },
    calls: say => ({
      words: say,
      async spoken(id) {
        const item = await records.outbox.get(id);
        if (!item) return undefined;
        const { conversationId, seq, messageIds, language } = item;
        const messages = await records.conversations.after(conversationId, seq - 1, messageIds.length);
        return {
          replies: messages.flatMap(({ body }) => (body.kind === 'reply' ? [body.reply] : [])),
          language,
        };
      },
      async lastTold(phone) {
        const reminder = await lastTold(phone);
        const aloud = reminder && scheduler.aloud(reminder);
        if (!reminder || !aloud) return undefined;
        const { language } = reminder;
        const choices = aloud.choices.map(({ id, key }) => ({ id, label: say(language, key) }));
        return { replies: [{ kind: 'choices', text: aloud.text, choices }], language };
      },
    }),
    look: () => scheduler.look(),
    gates: scheduler,
    hearAppointment: appointmentRule(reminders, words),
    hearCase: caseStepRule(reminders, words),
    personal: [reminderPersonalRecords(collections.reminders, seal), reaches],
    routes: [
      ...reminderRoutes({
        reminders,
        maySee: parts.maySee,
        async agencyOf({ personId, conversationId }) {
          const conversation =
            conversationId === undefined ? undefined : await records.conversations.get(conversationId);
          if (personId === undefined)
            return conversationId === undefined ? undefined : (conversation?.agencyId ?? '');
          const address = conversation && (await records.addresses.get(conversation.addressId));
          // Written to this person and into somebody else's chat: nobody's.
          if (conversationId !== undefined && address?.personId !== personId) return '';
          return (await records.people.get(personId))?.agencyId ?? '';
        },
      }),
      ...reminderDateRoutes({ reminders, dates, clock }),
      ...reminderPartnerRoutes({ reminders, partnerOf: parts.partnerOf }),
    ],
    commands: others => ({
      ...withRefusals(others, commandParts),
      ...reminderCommands(commandParts),
    }),
    async delivered({ name, account }, { reference }) {
      const item = await records.outbox.byReference(name, account, reference);
      if (item) await scheduler.reported(item);
    },
  };
}
