import type { Command, Commands } from '../../core';

/** Runs a command; running it twice must do no more than once. */
export type CommandHandler = (command: Command) => Promise<void>;

const batchSize = 200;

/** Runs what turns ordered, each by the module that knows its kind. */
export function createCommandRunner(
  commands: Commands,
  handlers: Readonly<Record<string, CommandHandler>>,
): () => Promise<void> {
  return async () => {
    for (;;) {
      const waiting = await commands.waiting(batchSize);
      for (const command of waiting) {
        const handler = handlers[command.kind];
        if (!handler) throw new Error(`no module runs the command "${command.kind}"`);
        await handler(command);
        await commands.done(command.id);
      }
      if (waiting.length < batchSize) return;
    }
  };
}
