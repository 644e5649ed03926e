import type { Officer } from './http';

/** Who did it. A person is named by an address, never by a name or number. */
export type AuditActor =
  | {
      readonly kind: 'officer';
      readonly id: string;
      readonly name: string;
      readonly role: string;
      readonly agencyId: string;
    }
  | { readonly kind: 'person'; readonly addressId: string }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'nobody' };

/** One thing that was done. No content: ids, codes and counts only, because the record outlives an erasure. */
export interface AuditEvent {
  /** `noun.verb-in-the-past`, such as `person.viewed` or `knowledge.published`. */
  readonly action: string;
  readonly actor: AuditActor;
  /** What it was done to. */
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** The record of what was done, that nobody can change through the product. */
export interface Audit {
  /** Resolves when the entry is durable. Views of one thing by one officer within a few minutes are one entry. */
  record(event: AuditEvent): Promise<void>;
}

export const officerActor = ({ id, name, role, agencyId }: Officer): AuditActor => ({
  kind: 'officer',
  id,
  name,
  role,
  agencyId,
});
