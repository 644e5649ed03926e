import type { Understander, Understanding } from '../../core';
import type { DevLine } from '../examples';

/** One development line with what was understood and what should have been. */
export interface Judged extends DevLine {
  /** The label that the understanding comes down to. */
  readonly guess: string;
  /** Probability of `guess`. */
  readonly confidence: number;
  readonly decision: Understanding['decision'];
  /** Topics by falling score, as labels. */
  readonly ranked: readonly string[];
  readonly right: boolean;
  /** Right among the first three; for dialogs and none the same as `right`. */
  readonly rightInThree: boolean;
  /** Answered outright with something that was not asked. */
  readonly wrongConfident: boolean;
  readonly crisis: boolean;
}

const isTopicLabel = (label: string): boolean => /^(service|complaint|hotline):/u.test(label);

/** Labels that count as one: two rows of the register that are the same service under two numbers. */
const twins: Readonly<Record<string, string>> = {
  'service:p3-37': 'service:p2-56',
  'complaint:c-13': 'complaint:c-12',
};
const twin = (label: string): string => twins[label] ?? label;

function guessOf({ crisis, intent, topics, confidence }: Understanding): {
  guess: string;
  confidence: number;
} {
  if (crisis) return { guess: 'intent:crisis', confidence };
  const [first] = topics;
  if (intent === 'topic' && first) return { guess: `${first.kind}:${first.id}`, confidence: first.score };
  return intent === 'none' ? { guess: 'none', confidence } : { guess: `intent:${intent}`, confidence };
}

/** Reads one line and holds it against its label. */
export function judge(understander: Understander, line: DevLine, now: number): Judged {
  const understood = understander.understand(line.text, now);
  const { guess, confidence } = guessOf(understood);
  const ranked = understood.topics.map(({ kind, id }) => `${kind}:${id}`);
  const wanted = new Set([line.label, ...line.also].map(twin));
  const right = wanted.has(twin(guess));
  const answered = understood.decision === 'answer' && understood.crisis === undefined;
  return {
    ...line,
    guess,
    confidence,
    decision: understood.decision,
    ranked,
    right,
    rightInThree:
      right || (isTopicLabel(line.label) && ranked.slice(0, 3).some(label => wanted.has(twin(label)))),
    wrongConfident: answered && !wanted.has(twin(ranked[0] ?? '')),
    crisis: understood.crisis !== undefined || guess === 'intent:crisis',
  };
}

export const isTopic = ({ label }: Pick<Judged, 'label'>): boolean => isTopicLabel(label);
