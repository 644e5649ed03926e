import { v7 } from 'uuid';
import { particles } from '../../bot';
import type { Reply } from '../../core';
import { createAssistant } from '../../server/assistant';
import { loadPublished } from '../../server/knowledge';
import { projectRoot } from '../../server/root';
import { sqliteEngine } from '../../store';

const root = projectRoot();
const published = loadPublished(root);

export interface TalkingAssistant {
  /** What is said to a text of the one conversation. */
  ask(text: string): Promise<readonly Reply[]>;
  stop(): Promise<void>;
}

/** The whole chat core with a store in memory and the model of the build, as the command line runs it. */
export async function openAssistant(now: number): Promise<TalkingAssistant> {
  const assistant = await createAssistant({
    root,
    engine: sqliteEngine({ file: ':memory:' }),
    published,
    clock: () => now,
    ids: v7,
    operator: 'อบต.ปัว',
    polite: particles.female,
    onError(error) {
      throw error;
    },
  });
  return {
    ask: async text => (await assistant.ask('one', text)).replies,
    stop: () => assistant.stop(),
  };
}
