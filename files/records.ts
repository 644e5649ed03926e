import { createHash } from 'node:crypto';
import type { ChannelName, Collection, Engine, MediaKind, Stored } from '../core';
import type { FileKind, Refusal } from './kinds';

/** A file that somebody sent, or an officer sends. Its bytes stand in the vault. */
export interface FileRecord extends Stored {
  readonly conversationId: string;
  readonly addressId: string;
  readonly agencyId: string;
  readonly channel: ChannelName;
  readonly account: string;
  /** The channel's name for it, unique within the conversation; messages and cases name it so. */
  readonly reference: string;
  readonly media: MediaKind;
  readonly from: 'citizen' | 'officer';
  /**
   * `waiting`: to be fetched from the channel. `lost`: the channel has it no more. `removed`: taken back by its sender, or by an
   * officer; nothing of it is left.
   */
  readonly state: 'waiting' | 'kept' | 'refused' | 'lost' | 'removed';
  readonly why?: Refusal;
  readonly at: number;
  /** Of one that waits: when to try next, ms. */
  readonly dueAt?: number;
  readonly attempts: number;
  readonly kind?: FileKind;
  readonly bytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly sealedName?: string;
  /** The key of its bytes in the vault. */
  readonly sealedKey?: string;
  /** Where it was taken, when its sender wanted that kept: latitude and longitude. */
  readonly sealedPlace?: string;
  /** It belongs to a case, and is kept as long. */
  readonly ofCase?: boolean;
  /** Counts how often links were taken back; links made before are void. */
  readonly linkEpoch: number;
  /** Keyed hash of the address that a vendor may fetch it from, without signing in. */
  readonly publicKey?: string;
}

/** The id a file has: the same for the same reference, so that what comes twice is one file. */
export const fileIdOf = (conversationId: string, reference: string): string =>
  `f-${createHash('sha256').update(`${conversationId}\0${reference}`).digest('hex').slice(0, 32)}`;

export function fileCollection(engine: Engine): Collection<FileRecord> {
  return engine.collection<FileRecord>({
    name: 'files',
    revision: 1,
    keeps: {
      purpose: 'answer',
      basis: 'public-task',
      retention: 'files',
      personal: ['sealedName', 'sealedPlace', 'sealedKey', 'reference'],
      sensitive: true,
      sealed: { fields: ['sealedName', 'sealedPlace', 'sealedKey'], index: 'age' },
    },
    indexes: {
      conversation: file => [file.conversationId, file.at],
      age: file => [file.at],
      due: file => (file.state === 'waiting' ? [file.dueAt ?? file.at] : undefined),
      public: file => (file.publicKey ? [file.publicKey] : undefined),
    },
    unique: ['public'],
  });
}
