/** Why something may be kept at all, in the words of the Personal Data Protection Act B.E. 2562. */
export const lawfulBases = [
  'public-task',
  'legal-obligation',
  'vital-interest',
  'legitimate-interest',
  'contract',
  'consent',
] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** What a collection keeps about people, declared beside it; the record of processing is made from these. */
export interface RecordDeclaration {
  /** A purpose of the privacy notice; `none` where nothing is about a person. */
  readonly purpose: 'answer' | 'notices' | 'suggestions' | 'safety' | 'rights' | 'security' | 'work' | 'none';
  readonly basis: LawfulBasis;
  /** A record type of the retention table. */
  readonly retention: string;
  /** Fields that are, or may hold, personal data. */
  readonly personal: readonly string[];
  /** What people write may hold data of section 26. */
  readonly sensitive?: boolean;
  /**
   * The index whose first key part is the moment, ms, from which the term runs: what is older goes by itself. Records that are not in it
   * stay. Absent where a module lets go of its records itself, because more hangs on them.
   */
  readonly ages?: string;
  /** Fields sealed with the data keys, and an index that has every record with one of them. */
  readonly sealed?: { readonly fields: readonly string[]; readonly index: string };
}

/** Everything that stands for one person: merged records and all their addresses. */
export interface DataSubject {
  readonly personIds: readonly string[];
  readonly addressIds: readonly string[];
  readonly conversationIds: readonly string[];
}

/** Part of an access bundle: records as plain data, without other people's words. */
export interface BundlePart {
  readonly name: string;
  readonly records: readonly unknown[];
  /** Records or lines left out because they are somebody else's. */
  readonly leftOut?: number;
}

export interface Cutoffs {
  /** Records of the type older than this may go, ms; `undefined`: kept. */
  readonly before: (retention: string) => number | undefined;
  readonly isHeld: (personId: string) => boolean;
  /** Only counts. */
  readonly dryRun: boolean;
}

/** What a module keeps about people. Every call can be repeated. */
export interface PersonalRecords {
  readonly name: string;
  collect(subject: DataSubject): Promise<readonly BundlePart[]>;
  /** Removes everything; returns how many records, by collection. */
  erase(subject: DataSubject): Promise<Readonly<Record<string, number>>>;
  /** Removes what is past its time; returns how many records, by collection. */
  expire(cutoffs: Cutoffs): Promise<Readonly<Record<string, number>>>;
}
