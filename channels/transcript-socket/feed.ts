import type { Message, Transcript } from '../../core';

const pageSize = 100;

export interface FeedParts {
  readonly transcript: Transcript;
  readonly conversationId: string;
  /** Number of the last message that the client has. */
  readonly from: number;
  readonly deliver: (message: Message) => void;
  /** After each reading. */
  readonly caughtUp: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Brings one client what it has not seen, in order, without gap or double. Woken by changes; reads the store. */
export interface Feed {
  wake(): void;
  stop(): void;
}

/** The messages up to the first missing number. */
function unbroken(messages: readonly Message[], after: number): readonly Message[] {
  const gap = messages.findIndex((message, index) => message.seq !== after + 1 + index);
  return gap === -1 ? messages : messages.slice(0, gap);
}

export function createFeed(parts: FeedParts): Feed {
  const { transcript, conversationId } = parts;
  let cursor = parts.from;
  let running = false;
  let again = false;
  let stopped = false;

  /**
   * A commit that is being copied between the two reads of `after` can show its later line before its earlier one. Whatever is
   * still missing when read once more was deleted (retention), not late.
   */
  async function read(): Promise<readonly Message[]> {
    const first = await transcript.after(conversationId, cursor, pageSize);
    const whole = unbroken(first, cursor);
    if (whole.length > 0 || first.length === 0) return whole;
    const last = first.at(-1)?.seq ?? cursor;
    return (await transcript.after(conversationId, cursor, pageSize)).filter(message => message.seq <= last);
  }

  async function run(): Promise<void> {
    for (;;) {
      again = false;
      const messages = await read();
      for (const message of messages) {
        if (stopped) return;
        parts.deliver(message);
        cursor = message.seq;
      }
      if (messages.length > 0) continue;
      await parts.caughtUp();
      if (again && !stopped) continue;
      // In the same breath as the look at `again`, so that no wake falls between.
      running = false;
      return;
    }
  }

  return {
    wake() {
      again = true;
      if (running || stopped) return;
      running = true;
      run().catch((error: unknown) => {
        running = false;
        parts.onError(error);
      });
    },
    stop() {
      stopped = true;
    },
  };
}
