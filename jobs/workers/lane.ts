import {
  type Address,
  type Addresses,
  type Changes,
  type Clock,
  type Conversation,
  type Conversations,
  type Decision,
  type Desk,
  type Inbox,
  type InboxRecord,
  type InboundEvent,
  type Jobs,
  type Turn,
  reached,
} from '../../core';
import { queues } from './queues';

/** Tries of an event whose handling fails before it is set aside. */
export const triesPerEvent = 5;

export interface LaneParts {
  readonly inbox: Inbox;
  readonly addresses: Addresses;
  readonly conversations: Conversations;
  readonly jobs: Jobs;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly desk: () => Promise<Desk>;
  readonly defaultLanguage: string;
  readonly decide: (turn: Turn) => Promise<Decision>;
  /** What is said and done about an event that cannot be handled. */
  readonly giveUp: (turn: Turn) => Decision;
  readonly commitOf: (
    conversation: Conversation,
    act: { event: InboundEvent; decision: Decision; setAside?: string },
    at: number,
    address: Address,
  ) => Conversation;
  /** Told of every failed try; `setAside` when it was the last. */
  readonly onFailure: (failure: {
    eventId: string;
    attempts: number;
    setAside: boolean;
    error: unknown;
  }) => void;
  readonly onTurn: (turn: { conversationId: string; ms: number; decision: Decision }) => void;
  /** Events accepted before this process began may have ended an earlier one: their attempts are counted before they run. */
  readonly startedAt: number;
}

const finishedIn = (conversation: Conversation, eventId: string): boolean =>
  conversation.pending.some(pending => pending.kind === 'finished' && pending.eventId === eventId);

/** Runs the waiting events of one conversation, oldest first, each as one commit. */
export function createLane(parts: LaneParts): (conversationId: string) => Promise<void> {
  const { inbox, conversations, clock } = parts;

  async function wakeWorkers({ id, pending }: Conversation): Promise<void> {
    if (pending.some(({ kind }) => kind === 'outbox')) await parts.jobs.wake(queues.delivery, id);
    if (pending.some(({ kind }) => kind === 'command')) await parts.jobs.wake(queues.commands, '');
  }

  async function afterCommit(next: Conversation, event: InboxRecord, seq: number): Promise<void> {
    reached('committed', event.id);
    parts.changes.publish({ kind: 'settled', eventId: event.id, seq });
    parts.changes.publish({ kind: 'conversation', conversationId: next.id, seq: next.seq });
    let woken: Promise<void> | undefined;
    const onCopied = (): void => {
      woken ??= wakeWorkers(next);
      woken.catch(() => undefined);
    };
    await conversations.project(next.id, { conversation: next, event, onCopied });
    await (woken ?? wakeWorkers(next));
  }

  async function turnOf(event: InboundEvent, conversation: Conversation, now: number): Promise<Turn> {
    return { event, conversation, now, language: conversation.language, desk: await parts.desk() };
  }

  /** One event to its end; `false` when another process took it. */
  async function runEvent(record: InboxRecord, event: InboundEvent): Promise<void> {
    const address = await parts.addresses.get(event.addressId);
    if (!address) throw new Error(`address of event ${event.id} is missing`);
    for (;;) {
      const startedAt = clock();
      const conversation = await conversations.ensure(
        address,
        event.language ?? parts.defaultLanguage,
        startedAt,
      );
      if (finishedIn(conversation, event.id)) return conversations.project(conversation.id);
      const current = await inbox.get(record.id);
      if (current?.state !== 'waiting') return;
      const turn = await turnOf(event, conversation, startedAt);
      const exhausted = current.attempts >= triesPerEvent;
      const decision = exhausted ? parts.giveUp(turn) : await parts.decide(turn);
      reached('decided', event.id);
      const setAside = exhausted ? { setAside: current.why ?? 'it ended the process more than once' } : {};
      const next = parts.commitOf(conversation, { event, decision, ...setAside }, startedAt, address);
      if (!(await conversations.commit(next))) continue;
      const finished = next.pending.findLast(
        pending => pending.kind === 'finished' && pending.eventId === event.id,
      );
      await afterCommit(next, current, finished?.kind === 'finished' ? (finished.seq ?? next.seq) : next.seq);
      if (exhausted)
        parts.onFailure({
          eventId: event.id,
          attempts: current.attempts,
          setAside: true,
          error: current.why,
        });
      parts.onTurn({ conversationId: next.id, ms: clock() - startedAt, decision });
      return;
    }
  }

  return async conversationId => {
    for (;;) {
      let record = await inbox.next(conversationId);
      if (!record?.event) return;
      if (record.receivedAt < parts.startedAt) record = await inbox.countAttempt(record);
      if (!record.event) continue;
      try {
        await runEvent(record, record.event);
      } catch (error) {
        const counted = await inbox.countAttempt(
          record,
          error instanceof Error ? error.message : String(error),
        );
        parts.onFailure({ eventId: record.id, attempts: counted.attempts, setAside: false, error });
        // At the last try the loop goes round once more, to set the event aside.
        if (counted.attempts !== triesPerEvent) throw error;
      }
    }
  };
}
