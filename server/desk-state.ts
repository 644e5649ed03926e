import { type TransferDesks, may } from '../agent-desk';
import {
  type Clock,
  type Conversations,
  type Desk,
  type Officer,
  type OfficerRef,
  type OpeningHours,
  openAt,
} from '../core';

/** How long what the desk can do is believed, ms: every turn asks. */
const freshMs = 500;
/** Those who wait are counted up to here. */
const mostCounted = 200;

export interface DeskStateParts {
  readonly presence: { who(agencyId: string): Promise<readonly OfficerRef[]> };
  readonly conversations: Pick<Conversations, 'queue' | 'ofOfficer'>;
  readonly hours: OpeningHours;
  readonly agencyId: string;
  /** Conversations that one officer can have in hand. */
  readonly chatsPerOfficer: number;
  readonly clock: Clock;
}

/** What people are told of the operator's desk: whether it is open, who is there, who waits, and whether all are busy. */
export function createDeskState(parts: DeskStateParts): () => Promise<Desk> {
  const { presence, conversations, agencyId, chatsPerOfficer: most } = parts;
  let last: { readonly at: number; readonly state: Promise<Desk> } | undefined;

  async function isFree({ id }: OfficerRef): Promise<boolean> {
    return (await conversations.ofOfficer(id, most)).length < most;
  }

  async function look(at: number): Promise<Desk> {
    const [here, queue] = await Promise.all([presence.who(agencyId), conversations.queue(mostCounted)]);
    const waiting = queue.filter(each => each.agencyId === agencyId).length;
    const free = await Promise.all(here.map(isFree));
    const full = here.length > 0 && !free.includes(true);
    return { ...openAt(parts.hours, at), officersOnline: here.length, waiting, full };
  }

  return () => {
    const now = parts.clock();
    if (!last || now - last.at > freshMs || now < last.at) last = { at: now, state: look(now) };
    return last.state;
  };
}

/** Officers of the caller's agency who serve citizens. */
export const colleaguesOf =
  (accounts: {
    list(officer: Officer): Promise<readonly (Officer & { readonly disabled: boolean })[]>;
  }): ((officer: Officer) => Promise<OfficerRef[]>) =>
  async officer => {
    const all = await accounts.list(officer);
    return all
      .filter(each => each.agencyId === officer.agencyId && !each.disabled && may(each, 'case.work'))
      .map(({ id, name }) => ({ id, name }));
  };

/** Where a conversation can go: colleagues, with who is at the desk, and the agencies that work here. */
export const transferDesks = (parts: {
  readonly presence: DeskStateParts['presence'];
  readonly colleagues: (officer: Officer) => Promise<OfficerRef[]>;
  readonly agencies: TransferDesks['agencies'];
}): TransferDesks => ({
  async colleagues(officer) {
    const here = new Set((await parts.presence.who(officer.agencyId)).map(({ id }) => id));
    return (await parts.colleagues(officer)).map(each => ({ ...each, here: here.has(each.id) }));
  },
  agencies: parts.agencies,
});
