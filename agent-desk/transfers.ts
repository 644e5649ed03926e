import {
  AppError,
  type Conversation,
  type Localised,
  type Officer,
  type OfficerRef,
  type Owner,
  maskPersonalData,
} from '../core';
import type { DeskAct } from './desk';

/** To whom a conversation is handed: a colleague, who may take or refuse it, or everybody of an agency (one's own too). */
export interface TransferTo {
  readonly kind: 'colleague' | 'agency';
  readonly id: string;
}

export interface Colleague extends OfficerRef {
  /** At the desk now. */
  readonly here: boolean;
}

/** Where a conversation can go from an officer's desk. */
export interface TransferDesks {
  /** Whoever serves citizens in the officer's agency, the officer among them. */
  colleagues(officer: Officer): Promise<readonly Colleague[]>;
  /** Agencies whose officers work at this desk. */
  agencies(): readonly { readonly id: string; readonly name: Localised }[];
}

type Say = (language: string, key: string, values?: Record<string, string>) => string;
type Held = Owner & { readonly kind: 'officer' };

const refOf = ({ id, name }: OfficerRef): OfficerRef => ({ id, name });

/** Notes of one contact stand below each other, each with who wrote it. */
export const withNote = (conversation: Conversation, officer: OfficerRef, note: string): string =>
  [conversation.episode?.note, `${officer.name}: ${maskPersonalData(note)}`].filter(Boolean).join('\n');

/** A conversation with its open contact, in the hands of an agency; what was said stays with it. */
export const movedTo = (conversation: Conversation, agencyId: string): Conversation =>
  conversation.agencyId === agencyId
    ? conversation
    : {
        ...conversation,
        agencyId,
        ...(conversation.episode ? { episode: { ...conversation.episode, agencyId } } : {}),
      };

/** Asks a colleague. The person hears nothing before somebody else really has them. */
export function offering(
  conversation: Conversation,
  by: Officer,
  to: OfficerRef,
  at: number,
  note?: string,
): DeskAct {
  const { owner } = conversation;
  if (conversation.agencyId !== by.agencyId)
    throw new AppError('CONFLICT', 'The conversation is of another agency, so its officers are asked there.');
  if (owner.kind !== 'officer')
    throw new AppError('CONFLICT', 'No officer has this conversation; whoever should answer may claim it.');
  if (owner.officer.id === to.id)
    throw new AppError('CONFLICT', 'This officer has the conversation already.');
  const { declinedBy: _before, ...held } = owner;
  const offer = {
    ...{ to: refOf(to), by: refOf(by), at },
    ...(note === undefined ? {} : { note: maskPersonalData(note) }),
  };
  return {
    decision: { replies: [], owner: { ...held, offer } },
    speaker: { from: 'system' },
    ...(note === undefined ? {} : { note: withNote(conversation, by, note) }),
  };
}

/** Puts the conversation into an agency's queue. Whoever waited keeps the time they waited. */
export function queueing(conversation: Conversation, by: Officer, text: string, note?: string): DeskAct {
  const { owner, episode, topic } = conversation;
  return {
    decision: {
      replies: [{ kind: 'text', text }],
      owner: {
        kind: 'queue',
        since: owner.kind === 'bot' ? conversation.changedAt : owner.since,
        urgent: episode?.danger !== undefined || (owner.kind === 'queue' && owner.urgent),
        ...(topic ? { topic } : {}),
      },
    },
    speaker: { from: 'system' },
    ...(note === undefined ? {} : { note: withNote(conversation, by, note) }),
  };
}

/** An officer has the conversation from now on: out of the queue, or taken over from a colleague with the time they had it. */
export function taking(
  { language, owner }: Conversation,
  { id, name }: OfficerRef,
  now: number,
  say: Say,
): DeskAct {
  const from = owner.kind === 'officer' ? owner : undefined;
  const text = from
    ? say(language, 'handover.taken-over', { name, from: from.officer.name })
    : say(language, 'handover.claimed', { name });
  return {
    decision: {
      replies: [{ kind: 'text', text }],
      owner: { kind: 'officer', officer: { id, name }, since: from?.since ?? now },
      dialog: null,
    },
    speaker: { from: 'system' },
  };
}

/** The offer ends: refused by whom it was made to, or taken back. Ended already: nothing is left to do. */
export function declining(
  { owner }: Conversation,
  officer: Officer,
  mayHandle: boolean,
): DeskAct | undefined {
  if (owner.kind !== 'officer' || !owner.offer) return undefined;
  const asked = owner.offer.to.id === officer.id;
  if (!asked && !mayHandle) throw new AppError('CONFLICT', 'This conversation was offered to somebody else.');
  const { offer: _ended, ...held }: Held = owner;
  return {
    decision: { replies: [], owner: asked ? { ...held, declinedBy: refOf(officer) } : held },
    speaker: { from: 'system' },
  };
}
