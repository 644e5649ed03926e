import { type Action, type CardSection, type CaseView, type Reply, inLanguage } from '../../core';
import { cardText } from '../answer';
import type { Say } from '../phrases';
import { bangkokMoment } from '../thai-date';

const marks = { done: '✓', now: '●', later: '○' } as const;

/** Which steps there are, what is happening now and when to expect the next. */
function stepLines(view: CaseView, language: string, say: Say): string[] {
  return view.steps.map(step => {
    const name = `${marks[step.state]} ${inLanguage(step.name, language)}`;
    if (step.state !== 'now') return name;
    return step.expectedBy === undefined
      ? say(language, 'status.step-now', { name, unit: inLanguage(step.unit, language) })
      : say(language, 'status.step-now-by', {
          name,
          unit: inLanguage(step.unit, language),
          by: bangkokMoment(step.expectedBy, language),
        });
  });
}

function sectionsOf(view: CaseView, language: string, say: Say): CardSection[] {
  const section = (key: string, lines: readonly string[]): CardSection[] =>
    lines.length > 0 ? [{ label: say(language, key), lines }] : [];
  const { late, refusal, agencyStatus } = view;
  const open = view.state === 'forwarding' || view.state === 'received' || view.state === 'working';
  return [
    ...section('status.needs', view.needs),
    ...section('status.answer', view.answer === undefined ? [] : [view.answer]),
    ...section(
      'status.refusal',
      refusal ? [refusal.reasons, say(language, 'status.appeal', { how: refusal.appeal })] : [],
    ),
    ...section('status.late', late ? [late.why] : []),
    ...section('status.steps', open ? stepLines(view, language, say) : []),
    ...section(
      'status.agency',
      agencyStatus
        ? [
            say(language, agencyStatus.reachable ? 'status.agency-says' : 'status.agency-silent', {
              text: agencyStatus.text,
              asOf: bangkokMoment(agencyStatus.asOf, language),
            }),
          ]
        : [],
    ),
  ];
}

/** A case as its person reads it: where it stands, who holds it since when, what comes next and what is missing. */
export function caseCard(view: CaseView, language: string, say: Say, actions: readonly Action[]): Reply {
  const open = view.state !== 'answered' && view.state !== 'refused' && view.state !== 'withdrawn';
  const number = view.reference
    ? say(language, 'status.number', { reference: view.reference.replace(/(\d{4})(?=\d)/gu, '$1 ') })
    : undefined;
  const card = {
    title: inLanguage(view.title, language),
    ...(number === undefined ? {} : { subtitle: number }),
    lead: say(language, `status.state.${view.state}`, {
      unit: inLanguage(view.holder.unit, language),
      since: bangkokMoment(view.holder.since, language),
    }),
    sections: sectionsOf(view, language, say),
    ...(open ? { footnote: say(language, 'status.due', { due: bangkokMoment(view.dueAt, language) }) } : {}),
    actions,
  };
  const text = [card.title, number, cardText({ ...card, title: '' })].filter(Boolean).join('\n');
  return { kind: 'card', text, card };
}
