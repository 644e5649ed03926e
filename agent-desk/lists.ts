import type { Conversation, Conversations, Officer } from '../core';
import { asResource, owns } from './access';
import { may } from './policy';

/** What stands in an officer's lists. */
export interface DeskLists {
  /** Who waits for an officer of theirs: urgent first, then the oldest. */
  waiting(officer: Officer): Promise<readonly Conversation[]>;
  mine(officer: Officer): Promise<readonly Conversation[]>;
  /** What the other officers of the agency have in hand; for those who lead, else empty. */
  team(officer: Officer): Promise<readonly Conversation[]>;
  /** What colleagues ask this officer to take over. */
  offered(officer: Officer): Promise<readonly Conversation[]>;
}

const listLimit = 200;
/** Read before the agency is looked at. */
const queueLimit = 1_000;

/** Who is asked to take a conversation over. */
export const isOfferedTo = ({ owner }: Conversation, { id }: Officer): boolean =>
  owner.kind === 'officer' && owner.offer?.to.id === id;

export function createDeskLists(conversations: Conversations): DeskLists {
  const near = (officer: Officer, all: readonly Conversation[]): readonly Conversation[] =>
    all.filter(each => may(officer, 'conversation.read', asResource(each)));
  return {
    waiting: async officer => near(officer, await conversations.queue(queueLimit)).slice(0, listLimit),
    mine: officer => conversations.ofOfficer(officer.id, listLimit),
    async team(officer) {
      if (!may(officer, 'conversation.list-team')) return [];
      const all = near(officer, await conversations.withOfficers(queueLimit));
      return all.filter(each => !owns(each, officer)).slice(0, listLimit);
    },
    offered: async officer => near(officer, await conversations.offeredTo(officer.id, listLimit)),
  };
}
