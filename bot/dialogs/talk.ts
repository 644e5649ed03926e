import {
  type Choice,
  type Decision,
  type Dialog,
  type Finder,
  type Outcome,
  type Turn,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';
import { unanswered } from '../steps/answer';

import { closedText } from './handover';
import { wantsMessages, wantsStop } from './fewer-messages';
import { proofOf } from './privacy';

interface Talk {
  readonly intent: string;
  readonly outcome: Outcome;
  /** Choices below the sentence, by id; their label is `choice.<id>`. */
  readonly offers?: readonly string[];
}

/** One sentence each: what the bot says to everyday talk, and what it cannot do here yet, with the way to a person. */
const talks: readonly Talk[] = [
  { intent: 'thanks', outcome: 'smalltalk' },
  { intent: 'bye', outcome: 'smalltalk' },
  { intent: 'identity', outcome: 'smalltalk', offers: ['menu'] },
  { intent: 'smalltalk', outcome: 'smalltalk', offers: ['menu'] },
  { intent: 'yes', outcome: 'smalltalk', offers: ['menu'] },
  { intent: 'no', outcome: 'smalltalk', offers: ['menu', 'officer'] },
  { intent: 'cancel', outcome: 'smalltalk', offers: ['menu', 'stop'] },
  { intent: 'abuse', outcome: 'abuse', offers: ['officer'] },
];

const choiceIds: Readonly<Record<string, string>> = { officer: 'handover' };

function replyOf(turn: Turn, say: Say, key: string, offers: readonly string[] = []): Decision['replies'] {
  const text = say(turn.language, key);
  const choices: Choice[] = offers.map(offer => ({
    id: choiceIds[offer] ?? offer,
    label: say(turn.language, `choice.${offer}`),
  }));
  return [choices.length > 0 ? { kind: 'choices', text, choices } : { kind: 'text', text }];
}

export function smallTalk(say: Say): Dialog[] {
  return talks.map(talk => ({
    name: `talk-${talk.intent}`,
    choice: `talk-${talk.intent}`,
    intents: [talk.intent],
    start: turn => ({
      replies: replyOf(turn, say, `talk.${talk.intent}`, talk.offers),
      outcome: talk.outcome,
    }),
  }));
}

/** A sentence that names who runs this service, or does without while nobody has named them. */
export const inNameOf = (operator: string, say: Say, language: string, key: string): string =>
  operator ? say(language, key, { operator }) : say(language, `${key}-unnamed`);

/** What people ask most, one touch away; the list of all is a touch further. */
const menuTopics = 3;

/** Greets a person who opens the channel, says hello, or asks for help. */
export function greeting(say: Say, finder: Pick<Finder, 'mostAsked'>, operator: string): Dialog {
  const greet = (turn: Turn, key: string): Decision => {
    const { language } = turn;
    const topics = finder
      .mostAsked()
      .slice(0, menuTopics)
      .map(topic => ({ id: `topic:${topic.kind}:${topic.id}`, label: inLanguage(topic.name, language) }));
    const choices = [
      { id: 'quiz:welfare', label: say(language, 'choice.quiz') },
      { id: 'browse', label: say(language, 'choice.browse') },
      ...topics,
      { id: 'handover', label: say(language, 'choice.officer') },
      { id: 'how-to', label: say(language, 'choice.how-to') },
      { id: 'privacy', label: say(language, 'choice.privacy') },
      language === 'th' ? { id: 'language:en', label: 'English' } : { id: 'language:th', label: 'ภาษาไทย' },
    ];
    return {
      replies: [{ kind: 'choices', text: inNameOf(operator, say, language, key), choices }],
      outcome: 'smalltalk',
      dialog: null,
      left: false,
      // Proof that the notice was shown at the first contact.
      ...(turn.conversation.seq === 0 ? { commands: [{ kind: 'privacy.told', data: proofOf(turn) }] } : {}),
    };
  };
  return {
    name: 'greeting',
    choice: 'menu',
    intents: ['greet', 'help'],
    start: turn => greet(turn, turn.understanding?.intent === 'greet' ? 'greeting.hello' : 'greeting.menu'),
  };
}

/** Asks again, when none of the offered things was meant. */
export function noneFits(say: Say): Dialog {
  return {
    name: 'none-fits',
    choice: 'none-fits',
    start: turn => ({
      replies: replyOf(turn, say, 'fallback.none-fits', ['officer']),
      outcome: 'no-answer',
      ...(turn.conversation.lastText ? { commands: [unanswered(turn, turn.conversation.lastText)] } : {}),
    }),
  };
}

/** Changes the language; the choice id carries the tag. */
export function changeLanguage(say: Say, languages: () => readonly string[]): Dialog {
  return {
    name: 'language',
    choice: 'language',
    intents: ['language'],
    start(turn) {
      const named = turn.choice?.split(':')[1];
      if (named && languages().includes(named)) {
        return {
          replies: [{ kind: 'text', text: say(named, 'language.changed') }],
          language: named,
          outcome: 'smalltalk',
        };
      }
      const choices = languages().map(tag => ({ id: `language:${tag}`, label: say(tag, 'language.name') }));
      return {
        replies: [{ kind: 'choices', text: say(turn.language, 'language.which'), choices }],
        outcome: 'smalltalk',
      };
    },
  };
}

/** When officers can be reached. */
export function openingHours(say: Say): Dialog {
  return {
    name: 'hours',
    choice: 'hours',
    intents: ['hours'],
    start(turn) {
      const { desk, language } = turn;
      const text = desk.open ? say(language, 'hours.open') : closedText('hours', desk, language, say);
      return { replies: [{ kind: 'text', text }], outcome: 'smalltalk' };
    },
  };
}

/** STOP and withdrawal of consent: heard always, answered with what is true today. */
export function stopMessages(say: Say): Dialog {
  return {
    name: 'stop',
    choice: 'stop',
    intents: ['withdraw-consent'],
    claims: wantsStop,
    always: true,
    start(turn) {
      const consent = turn.choice === 'stop:consent' || turn.understanding?.intent === 'withdraw-consent';
      return {
        replies: [
          { kind: 'text', text: say(turn.language, consent ? 'talk.withdraw-consent' : 'talk.stop') },
        ],
        outcome: 'smalltalk',
        commands: [
          { kind: 'consent.withdrawn', data: proofOf(turn) },
          // STOP is about messages; whoever withdraws consent withdraws all of it.
          ...(consent ? [{ kind: 'suggestions.refused', data: proofOf(turn) }] : []),
        ],
      };
    },
  };
}

/** START after STOP: notices may come again. */
export function startMessages(say: Say): Dialog {
  return {
    name: 'start',
    choice: 'start',
    always: true,
    claims: wantsMessages,
    start: turn => ({
      replies: [{ kind: 'text', text: say(turn.language, 'talk.start') }],
      outcome: 'smalltalk',
      commands: [{ kind: 'notices.allowed', data: proofOf(turn) }],
    }),
  };
}
