import type { Knowledge, Quiz, QuizFacts, Suggestion, Topic } from '../../core';

/** More than these nobody reads. */
const shown = 5;

/** A sensitive service is found by whoever asks for it; naming it unasked tells whoever looks on too much. */
const mayBeNamed = ({ sensitivity, withheld, standing }: Topic): boolean =>
  sensitivity === undefined && !withheld && standing.state !== 'ended';

/**
 * What may be for somebody, by rules that are the quiz's own and by what is related to what they asked. No model of the person: the same
 * facts give the same list, and each line says which rule or which question it comes from. What they asked about they know already.
 */
export function suggest(parts: {
  readonly quiz: Quiz | undefined;
  readonly knowledge: Knowledge;
  readonly facts: QuizFacts;
  /** Ids of services, newest first. */
  readonly asked: readonly string[];
}): readonly Suggestion[] {
  const { quiz, knowledge, facts, asked } = parts;
  const byRule = (quiz?.advise(quiz.known(facts)).results ?? [])
    .filter(({ standing, reasons }) => standing !== 'maybe' && reasons.length > 0)
    .map(({ service, reasons }): Suggestion => ({ service, reasons }));
  const byUse = asked.flatMap(askedAbout => {
    const about = knowledge.topic({ kind: 'service', id: askedAbout });
    return (about?.related ?? []).map((service): Suggestion => ({ service, reasons: [], askedAbout }));
  });
  const taken = new Set(asked);
  const found: Suggestion[] = [];
  for (const each of [...byRule, ...byUse]) {
    const topic = knowledge.topic({ kind: 'service', id: each.service });
    if (!topic || !mayBeNamed(topic) || taken.has(each.service)) continue;
    taken.add(each.service);
    found.push(each);
  }
  return found.slice(0, shown);
}
