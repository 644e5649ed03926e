import type { CrisisKind, Understanding } from '../../core';
import { PhraseMatcher } from '../phrase-matcher';
import { wordStartsOf } from './word-starts';
import { calmWords, crisisPhrases, outrightPhrases, urgentWords, wishPhrases } from './danger';
import { abusivePhrases, angryPhrases, harmlessPhrases } from './manners';

export { crisisKindOf } from './kind';

type Sign =
  | { readonly kind: 'crisis'; readonly crisis: CrisisKind }
  | { readonly kind: 'calm' | 'urgent' | 'angry' | 'abusive' | 'harmless' | 'outright' | 'wish' };

const kinds: readonly CrisisKind[] = ['self-harm', 'medical', 'violence', 'fire', 'missing', 'scam'];

const signs = new PhraseMatcher<Sign>(rows());

function* rows(): Iterable<readonly [string, Sign]> {
  for (const kind of kinds)
    for (const phrase of crisisPhrases[kind]) yield [phrase, { kind: 'crisis', crisis: kind }];
  for (const phrase of calmWords) yield [phrase, { kind: 'calm' }];
  for (const phrase of urgentWords) yield [phrase, { kind: 'urgent' }];
  for (const phrase of angryPhrases) yield [phrase, { kind: 'angry' }];
  for (const phrase of abusivePhrases) yield [phrase, { kind: 'abusive' }];
  for (const phrase of harmlessPhrases) yield [phrase, { kind: 'harmless' }];
  for (const phrase of wishPhrases) yield [phrase, { kind: 'wish' }];
  for (const phrase of outrightPhrases) yield [phrase, { kind: 'outright' }];
}

export interface Tone {
  readonly crisis?: CrisisKind;
  /** Danger words are there, but so are words that make them a question about papers or money. */
  readonly crisisWords?: CrisisKind;
  /** Words of now stand beside them. */
  readonly urgent: boolean;
  /** Words of papers, money, prevention or long ago do. */
  readonly calm: boolean;
  /** Somebody wants to die, or is about to; nothing beside it makes it a question. */
  readonly wish: boolean;
  /** Said so plainly that it is danger whatever else is in the text. */
  readonly outright: boolean;
  readonly tone: Understanding['tone'];
}

const angrySigns = /[😠😡🤬👿]/u;

/** Danger, anger and abuse by what stands in the text. Recall first: who is in danger must never get a form. */
export function readTone(normalised: string, emphasis: number): Tone {
  const packed = normalised.replace(/\s+/gu, '');
  const found = new Set<CrisisKind>();
  let calm = 0;
  let urgent = 0;
  let angry = 0;
  let abusive = 0;
  let harmless = 0;
  let outright = false;
  let wish = false;
  let starts: ReadonlySet<number> | undefined;
  signs.each(packed, (sign, start) => {
    if (sign.kind === 'crisis') {
      starts ??= wordStartsOf(normalised);
      if (starts.has(start)) found.add(sign.crisis);
    } else if (sign.kind === 'calm') calm += 1;
    else if (sign.kind === 'urgent') urgent += 1;
    else if (sign.kind === 'angry') angry += 1;
    else if (sign.kind === 'abusive') abusive += 1;
    else if (sign.kind === 'harmless') harmless += 1;
    else if (sign.kind === 'wish') wish = true;
    else outright = true;
  });
  const first = kinds.find(kind => found.has(kind));
  const alarmed = first !== undefined && (first === 'self-harm' || calm === 0 || urgent > calm);
  const isAbusive = abusive > harmless;
  return {
    ...(alarmed ? { crisis: first } : {}),
    ...(first !== undefined ? { crisisWords: first } : {}),
    urgent: urgent > 0,
    calm: calm > 0,
    wish,
    outright,
    tone: {
      angry: isAbusive || angry > 0 || angrySigns.test(normalised) || (emphasis > 6 && /!/u.test(normalised)),
      abusive: isAbusive,
    },
  };
}
