import type { CitizenClient } from './desk-clients';
import { eventually } from './product';

export interface Heard {
  readonly seq: number;
  readonly from: string;
  readonly reply: {
    readonly text: string;
    readonly card?: {
      readonly lead: string;
      readonly sections: readonly { readonly lines: readonly string[] }[];
    };
    readonly choices?: readonly { readonly id: string; readonly label: string }[];
  };
}

let touches = 0;

const answersAfter = ({ heard }: CitizenClient, seq: number): Promise<readonly Heard[]> =>
  eventually('the bot answers', () => {
    const answers = (heard as readonly Heard[]).filter(each => each.seq > seq && each.from === 'bot');
    return answers.some(each => each.reply.choices) ? answers : undefined;
  });

/** What the bot answers to a text; the last message offers what comes next. */
export const asked = async (citizen: CitizenClient, text: string): Promise<readonly Heard[]> =>
  answersAfter(citizen, await citizen.say(text));

/** What the bot answers to a touch. */
export async function picked(citizen: CitizenClient, choice: string): Promise<readonly Heard[]> {
  const message = { clientId: `touch${(touches += 1)}`, choice };
  const answer = (await citizen.socket.timeout(15_000).emitWithAck('message', message)) as {
    readonly ok: boolean;
    readonly seq?: number;
  };
  if (!answer.ok || answer.seq === undefined) throw new Error(`the touch of ${choice} was refused`);
  return answersAfter(citizen, answer.seq);
}

/** All that was said, for looking through. */
export const textOf = (answers: readonly Heard[]): string =>
  answers.map(({ reply }) => reply.text).join('\n');

/** The choice that was offered last whose id is so. */
export function offered(answers: readonly Heard[], wanted: RegExp): string {
  const ids = answers.flatMap(({ reply }) => reply.choices?.map(({ id }) => id) ?? []);
  const found = ids.findLast(id => wanted.test(id));
  if (found === undefined) throw new Error(`nothing like ${wanted.source} among ${ids.join(', ')}`);
  return found;
}
