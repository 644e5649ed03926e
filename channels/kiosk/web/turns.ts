import type { Outgoing } from '../../transcript-socket/web/client';
import type { Line } from '../../transcript-socket/wire';

/** A question of the person with everything that was said until the next one. The first has no question: the greeting. */
export interface Turn {
  readonly question: string;
  readonly answers: readonly Line[];
  /** Still on its way, or failed. */
  readonly outgoing?: Outgoing;
}

/** The conversation as screens, one a question. */
export function turnsOf(lines: readonly Line[], outgoing: readonly Outgoing[]): Turn[] {
  const turns: { question: string; answers: Line[]; outgoing?: Outgoing }[] = [{ question: '', answers: [] }];
  for (const line of lines) {
    if (line.from === 'citizen') turns.push({ question: line.reply.text, answers: [] });
    else turns[turns.length - 1]?.answers.push(line);
  }
  return [
    ...turns,
    ...outgoing.map(message => ({ question: message.label, answers: [], outgoing: message })),
  ];
}

/** What the person can pick below the answers: the last list that was offered. */
export function choicesOf(turn: Turn): readonly { readonly id: string; readonly label: string }[] {
  const offering = [...turn.answers].reverse().find(line => line.reply.kind === 'choices');
  return offering?.reply.kind === 'choices' ? offering.reply.choices : [];
}
