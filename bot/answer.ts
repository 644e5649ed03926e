import {
  type Action,
  type Card,
  type CardSection,
  type Choice,
  type Reply,
  type Topic,
  type Turn,
  announcedAt,
  inLanguage,
} from '../core';
import type { Say } from './phrases';
import { thaiDate } from './thai-date';

/** Lines of one section of a card: more than these nobody reads in a chat. */
const sectionLines = 4;

const officerHotline = '1111';

/** What of a topic somebody may ask for by itself, such as "แล้วใช้เอกสารอะไร". */
export type Aspect = 'who' | 'documents' | 'where' | 'cost' | 'steps' | 'contact';

function linesOf(topic: Topic, aspect: Aspect, language: string): readonly string[] {
  const one = (text: Topic['fee']): string[] => (text ? [inLanguage(text, language)] : []);
  switch (aspect) {
    case 'who':
      return inLanguage(topic.eligibility, language);
    case 'documents':
      return inLanguage(topic.documents, language);
    case 'where':
      return [...inLanguage(topic.where, language), ...one(topic.hours)];
    case 'cost':
      return [...one(topic.fee), ...one(topic.duration)];
    case 'steps':
      return inLanguage(topic.steps, language).map((step, index) => `${index + 1}. ${step}`);
    case 'contact':
      return topic.phones.map(phone => `${inLanguage(phone.label, language)} ${phone.number}`);
  }
}

const cardAspects: readonly Aspect[] = ['who', 'documents', 'where', 'cost'];

function sections(topic: Topic, language: string, say: Say): CardSection[] {
  return cardAspects.flatMap(aspect => {
    const lines = linesOf(topic, aspect, language).slice(0, sectionLines);
    return lines.length > 0 ? [{ label: say(language, `answer.${aspect}`), lines }] : [];
  });
}

/** What cannot be had together with the topic, each with its reason. */
function clashes(topic: Topic, language: string, say: Say): CardSection[] {
  const lines = topic.incompatible.map(({ why }) => inLanguage(why, language));
  return lines.length > 0 ? [{ label: say(language, 'answer.incompatible'), lines }] : [];
}

/** News of now: what is closed, out of order or late. */
function announced(topic: Topic, language: string, now: number, say: Say): CardSection[] {
  const lines = announcedAt(topic, now).map(({ text }) => inLanguage(text, language));
  return lines.length > 0 ? [{ label: say(language, 'answer.announced'), lines }] : [];
}

function footnote(topic: Topic, language: string, say: Say): string {
  const phone = topic.phones[0]?.number ?? officerHotline;
  const key = topic.status === 'draft' ? 'answer.draft' : 'answer.reviewed';
  return say(language, key, { phone, date: thaiDate(topic.writtenAt, language) });
}

function actions(topic: Topic, language: string, say: Say): Action[] {
  const phones = topic.phones.slice(0, 2).map(phone => ({
    kind: 'phone' as const,
    label: say(language, 'answer.call', { name: inLanguage(phone.label, language), number: phone.number }),
    number: phone.number,
  }));
  const links = topic.links.slice(0, 1).map(link => ({
    kind: 'link' as const,
    label: inLanguage(link.label, language),
    url: link.url,
  }));
  return [...phones, ...links];
}

/** First line of an answer: the answer itself, or honestly that only the register's row is known. */
function lead(topic: Topic, language: string, say: Say): string {
  if (topic.withheld)
    return say(language, 'answer.withheld', {
      agency: inLanguage(topic.agency, language),
      phone: topic.phones[0]?.number ?? officerHotline,
    });
  const standing = topic.standing.note ? ` ${inLanguage(topic.standing.note, language)}` : '';
  if (topic.answer)
    return `${say(language, 'answer.lead', { text: inLanguage(topic.answer, language) })}${standing}`;
  const values = {
    agency: inLanguage(topic.agency, language),
    name: inLanguage(topic.officialName, language),
  };
  return `${say(language, `answer.register-only.${topic.kind}`, values)}${standing}`;
}

export function cardText(card: Card): string {
  const body = card.sections.map(
    section => `${section.label}\n${section.lines.map(line => `• ${line}`).join('\n')}`,
  );
  const calls = card.actions.flatMap(action =>
    action.kind === 'phone'
      ? [action.label]
      : action.kind === 'link'
        ? [`${action.label} ${action.url}`]
        : [],
  );
  return [card.title, card.lead, ...body, ...calls, card.footnote].filter(Boolean).join('\n');
}

/** The card of a topic. With `direct`, that sentence answers first (a question of the topic's own list). */
export function topicCard(
  topic: Topic,
  { language, now }: Pick<Turn, 'language' | 'now'>,
  say: Say,
  direct?: string,
): Reply {
  const card: Card = {
    title: inLanguage(topic.name, language),
    subtitle: inLanguage(topic.agency, language),
    lead: direct === undefined ? lead(topic, language, say) : say(language, 'answer.lead', { text: direct }),
    sections: [
      ...announced(topic, language, now, say),
      ...sections(topic, language, say),
      ...clashes(topic, language, say),
    ],
    footnote: footnote(topic, language, say),
    actions: actions(topic, language, say),
  };
  const speak = topic.speak && inLanguage(topic.speak, language);
  return { kind: 'card', text: cardText(card), card, ...(speak ? { speak } : {}) };
}

/** Next steps below an answer, as choices, between those that this answer puts before and after. */
export function nextSteps(
  topic: Topic,
  related: readonly Topic[],
  language: string,
  say: Say,
  { first, last }: { readonly first: readonly Choice[]; readonly last: readonly Choice[] },
): Reply {
  const reference = `${topic.kind}:${topic.id}`;
  const choices: Choice[] = [...first];
  if (topic.kind === 'complaint')
    choices.push({ id: `complaint:begin:${reference}`, label: say(language, 'choice.complain') });
  if (inLanguage(topic.steps, language).length > 0) {
    choices.push({ id: `aspect:steps:${reference}`, label: say(language, 'choice.steps') });
  }
  if (topic.forms) choices.push({ id: `ready:forms:${reference}`, label: say(language, 'ready.forms') });
  if (inLanguage(topic.documents, language).length > 0)
    choices.push({ id: `ready:${reference}`, label: say(language, 'choice.ready') });
  for (const other of related.slice(0, 2)) {
    choices.push({ id: `topic:${other.kind}:${other.id}`, label: inLanguage(other.name, language) });
  }
  choices.push({ id: 'handover', label: say(language, 'choice.officer') }, ...last);
  return { kind: 'choices', text: say(language, 'answer.next'), choices };
}

/** Where people read numbers off a list, two more of them below every answer would be in the way. */
const tooNarrow: readonly string[] = ['sms'];

/** Whether the answer helped: small choices below it. The id carries what was answered, from which version. */
export function feedbackChoices(topic: Topic, version: string, turn: Turn, say: Say): Choice[] {
  if (tooNarrow.includes(turn.event.channel)) return [];
  return ['yes', 'no'].map(which => ({
    id: `useful:${which}:${topic.kind}:${topic.id}:${version}`,
    label: say(turn.language, `choice.useful-${which}`),
  }));
}

/** One aspect of a topic alone; `undefined` where nothing is known of it. */
export function aspectText(topic: Topic, aspect: Aspect, language: string, say: Say): string | undefined {
  const lines = linesOf(topic, aspect, language);
  if (lines.length === 0) return undefined;
  const heading = say(language, 'answer.aspect', {
    name: inLanguage(topic.name, language),
    aspect: say(language, `answer.${aspect}`),
  });
  const listed = lines.map(line => (aspect === 'steps' ? line : `• ${line}`));
  return [heading, ...listed, footnote(topic, language, say)].join('\n');
}
