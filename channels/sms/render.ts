import {
  type Card,
  type Choice,
  type Outgoing,
  type Reply,
  cutText,
  segmentsOf,
  unitsIn,
  withoutLinks,
  withoutUnseen,
} from '../../core';

/** Parts of one message of the bot: what a person reads at a glance, and what the agency pays for. */
export const botParts = 3;

/** Parts of an officer's message: what a person wrote is not shortened without need. */
export const officerParts = 10;

/** A phone's own list of choices is short; more of them than this nobody reads in an SMS. */
const mostChoices = 9;

/** Polite particles of the bot's voice, where they end a clause: an SMS goes without. */
const particles = /\s*(?:นะ)?(?:ค่ะ|คะ|ครับ)(?=$|[\s.,!?)\]"”…])/gmu;

/** What an SMS may shorten, longest first. */
const abbreviations: readonly (readonly [RegExp, string])[] = [
  [/องค์การบริหารส่วนตำบล/gu, 'อบต.'],
  [/องค์การบริหารส่วนจังหวัด/gu, 'อบจ.'],
  [/โรงพยาบาลส่งเสริมสุขภาพตำบล/gu, 'รพ.สต.'],
  [/โรงพยาบาล/gu, 'รพ.'],
  [/มกราคม/gu, 'ม.ค.'],
  [/กุมภาพันธ์/gu, 'ก.พ.'],
  [/มีนาคม/gu, 'มี.ค.'],
  [/เมษายน/gu, 'เม.ย.'],
  [/พฤษภาคม/gu, 'พ.ค.'],
  [/มิถุนายน/gu, 'มิ.ย.'],
  [/กรกฎาคม/gu, 'ก.ค.'],
  [/สิงหาคม/gu, 'ส.ค.'],
  [/กันยายน/gu, 'ก.ย.'],
  [/ตุลาคม/gu, 'ต.ค.'],
  [/พฤศจิกายน/gu, 'พ.ย.'],
  [/ธันวาคม/gu, 'ธ.ค.'],
];

const tidy = (text: string): string =>
  withoutUnseen(text)
    .replace(/[\u200B\u2060\uFEFF]/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .trim();

const plain = (text: string): string => withoutLinks(text).replace(particles, '');

const shorter = (text: string): string =>
  abbreviations.reduce((short, [long, abbreviation]) => short.replace(long, abbreviation), text);

/** A text that may be cut, and the lines below it that may not. */
interface Body {
  readonly head: string;
  readonly tail: string;
  /** Letters at the beginning of the head that name who writes. */
  readonly naming?: number;
}

const phoneLine = (phone: { readonly label: string; readonly number: string }): string =>
  phone.label.includes(phone.number) ? phone.label : `${phone.label} ${phone.number}`;

/** Numbers as `conversation.offered` counts, so that "2" comes back as the second. */
const choiceLines = (choices: readonly Choice[]): string[] =>
  choices.slice(0, mostChoices).map((choice, index) => `${index + 1} ${choice.label}`);

/** The first line answers. Whatever is cut, its date and review state stay, and one number to call. */
function cardBody(card: Card): Body {
  const sections = card.sections.map(section => `${section.label}: ${section.lines.join(', ')}`);
  const phone = card.actions.find(action => action.kind === 'phone');
  const named =
    phone?.kind === 'phone' && !(card.footnote ?? '').includes(phone.number) ? phoneLine(phone) : '';
  return {
    head: [card.title, card.lead, ...sections].join('\n'),
    tail: [named, card.footnote].filter(Boolean).join('\n'),
  };
}

function bodyOf(reply: Reply): Body {
  switch (reply.kind) {
    case 'text':
    case 'read-aloud':
    case 'link':
    case 'image':
      return { head: reply.text, tail: '' };
    case 'location':
      return {
        head: [...new Set([reply.text, reply.title, reply.address])].filter(Boolean).join('\n'),
        tail: '',
      };
    case 'choices':
      return { head: reply.text, tail: choiceLines(reply.choices).join('\n') };
    case 'card':
      return cardBody(reply.card);
    case 'cards':
      return { head: reply.text || reply.cards.map(card => card.title).join('\n'), tail: '' };
  }
}

const joined = (bodies: readonly Body[]): string =>
  bodies
    .flatMap(body => [body.head, body.tail])
    .filter(Boolean)
    .join('\n');

/** All bodies in at most `units`: heads are cut, the longest first, tails stay as long as they fit. */
function fitted(bodies: readonly Body[], units: number): string {
  const whole = joined(bodies);
  if (whole.length <= units) return whole;
  const longest = bodies.reduce((most, body) => Math.max(most, body.head.length), 0);
  const at = bodies.findIndex(body => body.head.length === longest);
  const rest = whole.length - longest;
  // Something of a head has to stay: numbers to choose from mean nothing without their question.
  const least = Math.min(longest, 30 + (bodies[at]?.naming ?? 0));
  if (units - rest >= least) {
    const room = Math.max(units - rest, 0);
    return joined(
      bodies.map((body, index) => (index === at ? { ...body, head: cutText(body.head, room) } : body)),
    );
  }
  const shortened = bodies.map((body, index) =>
    index === at ? { ...body, head: cutText(body.head, least) } : body,
  );
  const others = shortened.some(body => body.head.length > 30 + (body.naming ?? 0));
  return others && longest > least ? fitted(shortened, units) : cutText(joined(shortened), units);
}

export interface RenderOptions {
  /** Who is responsible for what is sent; every SMS names them, as the law on personal data asks. */
  readonly operatorName?: string;
}

/**
 * One SMS: text, numbered choices, one number to call, never a link. A text that is too long is cut at a word end; where
 * abbreviations save a part, they are used. Pure.
 */
export function renderSms(
  replies: readonly Reply[],
  sender: Outgoing['sender'],
  options: RenderOptions = {},
): string {
  const officer = sender.kind === 'officer';
  const clean = officer ? withoutLinks : plain;
  const bodies = replies
    .map(bodyOf)
    .map(({ head, tail }) => ({ head: tidy(clean(head)), tail: tidy(clean(tail)) }))
    .filter(body => body.head || body.tail);
  const [first, ...others] = bodies;
  if (!first) return '';
  const operator = tidy(options.operatorName ?? '');
  const told = operator !== '' && !joined(bodies).includes(operator) ? operator : '';
  const name = [told, officer ? tidy(withoutLinks(sender.name)) : ''].filter(Boolean).join(' ');
  const naming = `${name}: `;
  const named = name
    ? [{ ...first, head: `${naming}${first.head}`, naming: naming.length }, ...others]
    : bodies;
  const short = named.map(body => ({ ...body, head: shorter(body.head), tail: shorter(body.tail) }));
  const chosen = !officer && segmentsOf(joined(short)) < segmentsOf(joined(named)) ? short : named;
  return fitted(chosen, unitsIn(officer ? officerParts : botParts));
}
