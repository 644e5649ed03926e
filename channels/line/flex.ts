import type { messagingApi } from '@line/bot-sdk';
import { type Action, type Card, type Choice, cutGraphemes, cutText } from '../../core';
import { lineLimits } from './limits';

type Box = messagingApi.FlexBox;
type Text = messagingApi.FlexText;
type Bubble = messagingApi.FlexBubble;
type LineAction = messagingApi.Action;

const colour = { accent: '#0B6E69', text: '#1F2933', quiet: '#5B6770', tap: '#E6F2F1' } as const;

/** Bytes of a Flex part as it goes over the wire. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const westernDigits = (text: string): string =>
  text.replace(/[๐-๙]/gu, digit => String((digit.codePointAt(0) ?? 0) - 0x0e50));

/** A number as a `tel:` address; an extension is left to the person. `undefined` where it cannot be dialled. */
export function telUri(number: string): string | undefined {
  const main = westernDigits(number).split(/ต่อ|ext|,|;|\/|ถึง/iu)[0] ?? '';
  const digits = main.replace(/[\s().-]/gu, '');
  return /^\+?[0-9*#]{3,15}$/u.test(digits) ? `tel:${digits}` : undefined;
}

/** A web address that LINE accepts in an action; `undefined` for any other. */
export function webUri(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return (protocol === 'https:' || protocol === 'http:') && href.length <= lineLimits.uriUnits
    ? href
    : undefined;
}

/**
 * What a tap on a choice brings back: its id, and its label below it where both fit, so that the history shows what the person saw.
 * `undefined` for an id that LINE cannot carry.
 */
export function choiceAction(choice: Choice): LineAction | undefined {
  const label = cutGraphemes(choice.label, lineLimits.labelGraphemes);
  const both = `${choice.id}\n${choice.label.toWellFormed()}`;
  const data = both.length <= lineLimits.postbackDataUnits ? both : choice.id;
  if (
    choice.id.trim() === '' ||
    label === '' ||
    data.length > lineLimits.postbackDataUnits ||
    !data.isWellFormed()
  )
    return undefined;
  return {
    type: 'postback',
    label,
    data,
    displayText: cutGraphemes(choice.label, lineLimits.displayTextGraphemes),
  };
}

function lineAction(action: Action): LineAction | undefined {
  const label = cutGraphemes(action.label, lineLimits.labelGraphemes);
  switch (action.kind) {
    case 'choice':
      return choiceAction(action);
    case 'link': {
      const uri = webUri(action.url);
      return uri && label ? { type: 'uri', label, uri } : undefined;
    }
    case 'phone': {
      const uri = telUri(action.number);
      return uri && label ? { type: 'uri', label, uri } : undefined;
    }
  }
}

/** A text, or nothing: LINE refuses empty ones. */
function text(content: string | undefined, look: Omit<Text, 'type' | 'text'>): Text[] {
  const shown = (content ?? '').toWellFormed().trim();
  return shown ? [{ type: 'text', text: shown, wrap: true, ...look }] : [];
}

/** Something to tap. A box, since its text wraps: a button of LINE's cuts long Thai labels off. */
function tap(label: string, action: LineAction): Box {
  return {
    type: 'box',
    layout: 'vertical',
    backgroundColor: colour.tap,
    cornerRadius: 'md',
    paddingAll: 'md',
    action,
    contents: text(label, { color: colour.accent, weight: 'bold', size: 'md', align: 'center' }),
  };
}

/** An action as a tap, or as plain text where LINE has no such action. */
function actionBox(action: Action): (Box | Text)[] {
  const made = lineAction(action);
  if (made) return [tap(action.label, made)];
  return action.kind === 'choice' ? [] : text(action.label, { color: colour.quiet, size: 'sm' });
}

function sectionBox(label: string, lines: readonly string[]): Box[] {
  const contents = [
    ...text(label, { weight: 'bold', size: 'sm', color: colour.accent }),
    ...lines.flatMap(line => text(line && `• ${line}`, { size: 'md', color: colour.text })),
  ];
  return contents.length > 0
    ? [{ type: 'box', layout: 'vertical', spacing: 'xs', margin: 'lg', contents }]
    : [];
}

/** A card as one bubble, whatever its size. */
function bubbleOf(card: Card): Bubble {
  const footer = card.actions.flatMap(actionBox);
  return {
    type: 'bubble',
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'sm',
      contents: [
        ...text(card.title, { weight: 'bold', size: 'lg', color: colour.text }),
        ...text(card.subtitle, { size: 'sm', color: colour.quiet }),
        ...text(card.lead, { size: 'md', color: colour.text }),
        ...card.sections.flatMap(section => sectionBox(section.label, section.lines)),
        ...text(card.footnote, { size: 'xs', color: colour.quiet, margin: 'lg' }),
      ],
    },
    ...(footer.length > 0
      ? { footer: { type: 'box', layout: 'vertical', spacing: 'sm', contents: footer } as const }
      : {}),
  };
}

/** A card as one bubble; `undefined` where it is empty or larger than LINE takes. */
export function cardBubble(card: Card): Bubble | undefined {
  const bubble = bubbleOf(card);
  return bubble.body && bubble.body.contents.length > 0 && jsonBytes(bubble) <= lineLimits.bubbleBytes
    ? bubble
    : undefined;
}

/** A card of a row of cards: the parts that do not fit are left out, its title and first line stay. */
export function shortBubble(card: Card): Bubble | undefined {
  const brief: Card = {
    title: cutText(card.title, 200),
    lead: cutText(card.lead, 1_000),
    sections: [],
    actions: card.actions.slice(0, 4),
  };
  return cardBubble(card) ?? cardBubble(brief) ?? cardBubble({ ...brief, actions: [] });
}

/** Choices in full, one below the other, to tap. */
export function choiceBubbles(choices: readonly Choice[], perBubble = 12): Bubble[] {
  const taps = choices.flatMap(choice => {
    const action = choiceAction(choice);
    return action ? [tap(cutText(choice.label, 300), action)] : [];
  });
  const bubbles: Bubble[] = [];
  for (let start = 0; start < taps.length; start += perBubble) {
    const contents = taps.slice(start, start + perBubble);
    bubbles.push({ type: 'bubble', body: { type: 'box', layout: 'vertical', spacing: 'sm', contents } });
  }
  return bubbles;
}

/** Bubbles as few Flex messages as LINE's limits allow; one alone is not made a row. */
export function flexMessages(altText: string, bubbles: readonly Bubble[]): messagingApi.FlexMessage[] {
  const alt = cutText(altText, lineLimits.altTextUnits) || '…';
  const rows: Bubble[][] = [];
  for (const bubble of bubbles) {
    const row = rows.at(-1);
    const grown = row && [...row, bubble];
    const fits =
      grown &&
      grown.length <= lineLimits.carouselBubbles &&
      jsonBytes({ type: 'carousel', contents: grown }) <= lineLimits.carouselBytes;
    if (row && fits) row.push(bubble);
    else rows.push([bubble]);
  }
  return rows.flatMap(row => {
    const [only] = row;
    if (!only) return [];
    return [
      { type: 'flex', altText: alt, contents: row.length === 1 ? only : { type: 'carousel', contents: row } },
    ];
  });
}
