import type { Collection, Engine, Localised, Stored } from '../../core';
import type { Entry } from '../schema';

/** An account as it is named in what it did. */
export interface Author {
  readonly id: string;
  readonly name: string;
  readonly agencyId: string;
}

/**
 * What is being worked on at an entry: `revision` is the content of now. A revision is a draft, waits for a second person, or was
 * approved by one; whether it is the published one stands in the publication.
 */
export interface EntryRecord extends Stored {
  /** Whose service it is. */
  readonly agencyId: string;
  readonly name: string;
  /** `shipped`: its text is as we ship it, revision 0; only its dates are the owner's. */
  readonly state: 'draft' | 'in-review' | 'approved' | 'shipped';
  readonly revision: number;
  readonly author: Author;
  /** What is asked for is to take it out of the register. */
  readonly archive: boolean;
  readonly approval?: {
    readonly by: Author;
    readonly at: number;
    /** By an account of the agency whose service it is: only that makes an answer reviewed. */
    readonly own: boolean;
  };
  /** Why the last review sent it back. */
  readonly refusal?: { readonly by: Author; readonly at: number; readonly why: string };
  /** When to publish what was approved, ms. */
  readonly publishAt?: number;
  /** From then on it is no longer answered from, ms. */
  readonly expiresAt?: number;
  /** When its owner wants to look at it again, ms. */
  readonly reviewAt?: number;
  readonly changedAt: number;
}

/** One saved state of an entry; never changed. `id` is `<entry>/<revision>`. */
export interface Revision extends Stored {
  readonly entryId: string;
  readonly revision: number;
  readonly content: Entry;
  readonly author: Author;
  readonly at: number;
  readonly why: string;
}

/** What of the register differs from what we ship, in one publication. */
export interface Manifest {
  /** Published revision by entry. */
  readonly entries: Readonly<Record<string, number>>;
  /** Entries whose published revision the owning agency reviewed, with the day of it. */
  readonly reviewed: Readonly<Record<string, string>>;
  readonly archived: readonly string[];
}

/** How well a model reads the questions kept apart for that. */
export interface Effect {
  readonly lines: number;
  /** Share of lines whose first answer is right (0-1), and with confidence wrong. */
  readonly first: number;
  readonly wrong: number;
}

/** One version of the register. `id` is its number. It is prepared, then lived in, or only tried. */
export interface Publication extends Stored {
  readonly number: number;
  /** What it was made on. */
  readonly base: number;
  readonly manifest: Manifest;
  /** Entries it changes. */
  readonly changes: readonly string[];
  readonly state: 'preparing' | 'live' | 'tried' | 'failed';
  /** Only to see its effect. */
  readonly trial: boolean;
  readonly by: Author;
  readonly why: string;
  readonly at: number;
  /** Whoever prepares it has so long, ms. */
  readonly leaseUntil: number;
  readonly attempts: number;
  /** Key of its model, once that is there. */
  readonly model?: string;
  readonly effect?: { readonly before: Effect; readonly after: Effect };
  readonly failure?: string;
  readonly readyAt?: number;
}

export interface OffSwitch {
  /** `all`, or a topic as `kind:id`. */
  readonly topic: string;
  readonly why: string;
  readonly by: Author;
  readonly at: number;
}

export interface AnnouncementRecord {
  readonly id: string;
  /** `kind:id`. */
  readonly topic: string;
  readonly agencyId: string;
  readonly text: Localised;
  readonly from: number;
  readonly until: number;
  readonly by: Author;
  readonly at: number;
  /** Those who booked are still to be told. */
  readonly untold?: true;
}

/** What every process follows, one record: it changes as a whole or not at all. */
export interface LiveRecord extends Stored {
  /** The publication that answers; 0: what we ship. */
  readonly publication: number;
  readonly off: readonly OffSwitch[];
  readonly announcements: readonly AnnouncementRecord[];
}

/** A trained model in parts, because no database takes 20 MB in one record. `id` is `<key>/<part>`. */
export interface ModelPart extends Stored {
  readonly key: string;
  readonly part: number;
  readonly parts: number;
  readonly base64: string;
  readonly at: number;
}

export interface EditingCollections {
  readonly entries: Collection<EntryRecord>;
  readonly revisions: Collection<Revision>;
  readonly publications: Collection<Publication>;
  readonly live: Collection<LiveRecord>;
  readonly models: Collection<ModelPart>;
}

/** Kept as long as the register: who answers for what the state said. */
const keeps = { purpose: 'work', basis: 'public-task', retention: 'register' } as const;
const nothingPersonal = {
  purpose: 'none',
  basis: 'public-task',
  retention: 'register',
  personal: [],
} as const;

/** Before `engine.open()`. */
export function editingCollections(engine: Engine): EditingCollections {
  return {
    entries: engine.collection<EntryRecord>({
      name: 'knowledge-entries',
      revision: 1,
      keeps: { ...keeps, personal: ['author', 'approval', 'refusal'] },
      indexes: {
        id: each => [each.id],
        agency: each => [each.agencyId, each.id],
        planned: each =>
          each.state === 'approved' && each.publishAt !== undefined ? [each.publishAt] : undefined,
        expires: each => (each.expiresAt === undefined ? undefined : [each.expiresAt]),
        review: each => (each.reviewAt === undefined ? undefined : [each.reviewAt]),
      },
    }),
    revisions: engine.collection<Revision>({
      name: 'knowledge-revisions',
      revision: 1,
      keeps: { ...keeps, personal: ['author'] },
      indexes: { entry: each => [each.entryId, each.revision] },
    }),
    publications: engine.collection<Publication>({
      name: 'knowledge-publications',
      revision: 1,
      keeps: { ...keeps, personal: ['by'] },
      indexes: {
        number: each => [each.number],
        preparing: each => (each.state === 'preparing' ? [each.leaseUntil] : undefined),
      },
    }),
    live: engine.collection<LiveRecord>({
      name: 'knowledge-live',
      revision: 1,
      keeps: { ...keeps, personal: ['off', 'announcements'] },
    }),
    models: engine.collection<ModelPart>({
      name: 'knowledge-models',
      revision: 1,
      keeps: nothingPersonal,
      indexes: { key: each => [each.key, each.part], at: each => [each.at] },
    }),
  };
}
