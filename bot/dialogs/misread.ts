import { z } from 'zod';
import type { Decision, Reply, Turn } from '../../core';
import type { Say } from '../phrases';

/** How often in a row a question was answered with something that nobody understood. A dialog keeps it beside its state. */
export const missesSchema = z.number().int().min(0).exactOptional();

/** From the second time on, somebody who can understand is offered. */
const missesBeforeOfficer = 2;
const quotedCharacters = 40;

/** Asks the question of `asking` again: says first what was not understood and how an answer to it looks (`exampleKey`). */
export function misread(
  say: Say,
  { language }: Turn,
  asking: Decision,
  { text, exampleKey, misses = 0 }: { text: string; exampleKey: string; misses?: number | undefined },
): Decision {
  const question = asking.replies.at(-1);
  if (question?.kind !== 'choices' || !asking.dialog) return asking;
  const times = misses + 1;
  const lost = times >= missesBeforeOfficer;
  const said = text.length > quotedCharacters ? say(language, 'misread.long') : `"${text}"`;
  const lines = [
    say(language, 'misread.said', { said, example: say(language, exampleKey) }),
    ...(lost ? [say(language, 'misread.again')] : []),
    question.text,
  ];
  const officer = { id: 'handover', label: say(language, 'choice.officer') };
  const again: Reply = {
    ...question,
    text: lines.join('\n'),
    choices: lost ? [...question.choices, officer] : question.choices,
  };
  return {
    ...asking,
    replies: [...asking.replies.slice(0, -1), again],
    dialog: { ...asking.dialog, state: { ...stateOf(asking.dialog.state), misses: times } },
  };
}

const stateOf = (state: unknown): object => (typeof state === 'object' && state !== null ? state : {});
