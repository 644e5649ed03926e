import { type Decision, type Dialog, type Turn, type Understander } from '../core';
import { type BookingParts, booking } from './dialogs/booking';
import { type BrowseParts, browse } from './dialogs/browse';
import { callback } from './dialogs/callback';
import { type CarerParts, carers } from './dialogs/carers';
import { complaint } from './dialogs/complaint';
import { crisis } from './dialogs/crisis';
import { feedback } from './dialogs/feedback';
import { fewerMessages } from './dialogs/fewer-messages';
import { handover, stopWaiting } from './dialogs/handover';
import { howTo } from './dialogs/how-to';
import { type MyMattersParts, myMatters } from './dialogs/my-matters';
import { type QuizDialogParts, quiz } from './dialogs/quiz';
import { type NoticeWords, privacy } from './dialogs/privacy';
import { rating } from './dialogs/rating';
import { type ToldReminders, reminded } from './dialogs/reminded';
import { ready } from './dialogs/ready';
import { type RelayParts, relay } from './dialogs/relay';
import { relayNews } from './dialogs/relay-news';
import { telling } from './dialogs/telling';
import { reminder } from './dialogs/reminder';
import type { ReminderDialogParts } from './dialogs/reminder-parts';
import { type RumourParts, rumour } from './dialogs/rumour';
import { status } from './dialogs/status';
import { type SuggestionDialogParts, suggestions } from './dialogs/suggestions';
import {
  changeLanguage,
  greeting,
  noneFits,
  openingHours,
  smallTalk,
  startMessages,
  stopMessages,
} from './dialogs/talk';
import { pickAspect, pickTopic } from './dialogs/topics';
import { pipeline } from './pipeline';
import { type AnswerParts, answerFrom, fallback } from './steps/answer';
import { continueDialog, hearAlways, startDialog } from './steps/dialogs';
import { followUp } from './steps/follow-up';
import { sayNotice } from './steps/notices';
import { tellMasked } from './steps/masked-numbers';
import { officerOwns, quietInQueue, recordOnly } from './steps/ownership';
import { remember } from './steps/remember';
import { resolveChoice } from './steps/resolve-choice';
import { silence } from './steps/silence';
import { understand } from './steps/understand';
import { welcome } from './steps/welcome';

export { type Act, type CommitParts, commitOf, episodeIdleMs } from './commit';
export { createSay, particles, type Catalogue, type Particles, type Say } from './phrases';
export type { CaseLookups } from './dialogs/case-parts';
export type { AheadReminder, ReminderLookups } from './dialogs/reminder-parts';
export { type ToldReminders } from './dialogs/reminded';
export { ratingRequest } from './dialogs/rating';
export { cardText } from './answer';
export { bangkokMoment, thaiDate } from './thai-date';
export { type NoticeWords } from './dialogs/privacy';

export interface BotParts
  extends
    AnswerParts,
    BookingParts,
    BrowseParts,
    CarerParts,
    QuizDialogParts,
    MyMattersParts,
    RelayParts,
    RumourParts,
    SuggestionDialogParts,
    ReminderDialogParts {
  readonly cases: MyMattersParts['cases'];
  readonly understander: () => Understander;
  readonly languages: () => readonly string[];
  /** Who runs this service; named in the greeting. */
  readonly operator: string;
  /** Where the guide to print is; absent: this installation has no public address. */
  readonly guideUrl?: string;
  /** The privacy notice in force. */
  readonly notice: NoticeWords;
  /** Reminders that were told, for answers to them; absent where nothing is sent. */
  readonly told?: ToldReminders;
}

export interface Bot {
  decide(turn: Turn): Promise<Decision>;
}

/** All dialogs of the bot. Adding one touches this list only. */
function dialogsOf(parts: BotParts): Dialog[] {
  const { say } = parts;
  const told = telling(parts);
  return [
    crisis(say),
    stopMessages(say),
    startMessages(say),
    handover(say),
    stopWaiting(say),
    rating(say),
    feedback(say),
    status(parts),
    complaint({ ...parts, report: (turn, what) => told.begin(turn, 'report', { what }) }),
    ...told.dialogs,
    callback(parts),
    booking(parts),
    ...(parts.told
      ? [reminded({ say, told: parts.told, others: { booking: booking(parts), callback: callback(parts) } })]
      : []),
    relay(parts),
    reminder(parts),
    fewerMessages(parts),
    relayNews(parts),
    ready(parts),
    myMatters(parts),
    carers(parts),
    rumour(parts),
    browse(parts),
    howTo(say, parts.guideUrl),
    suggestions(parts),
    quiz(parts),
    pickTopic(parts),
    pickAspect(parts),
    noneFits(say),
    greeting(say, parts.finder, parts.operator),
    changeLanguage(say, parts.languages),
    openingHours(say),
    privacy(say, parts.notice),
    ...smallTalk(say),
  ];
}

/** The chat core: what the bot decides for a turn. The order of the steps is the behaviour of the product. */
export function createBot(parts: BotParts): Bot {
  const dialogs = dialogsOf(parts);
  return {
    decide: pipeline([
      remember(parts),
      recordOnly,
      sayNotice(parts.say),
      resolveChoice,
      understand(parts.understander),
      hearAlways(dialogs),
      officerOwns,
      quietInQueue(parts.say),
      tellMasked(parts.say),
      welcome(parts.say, parts.operator),
      silence(parts),
      continueDialog(dialogs),
      followUp(parts, 0),
      startDialog(dialogs),
      answerFrom(parts),
      followUp(parts, 1),
      fallback(parts),
    ]),
  };
}
