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

/** What has a name in the record, as `noun.verb-in-the-past`; the desk has a sentence for each. */
export type AuditAction =
  | 'access.refused'
  | 'account.app-added'
  | 'account.app-removed'
  | 'account.app-started'
  | 'account.changed'
  | 'account.locked'
  | 'account.made'
  | 'account.passkey-added'
  | 'account.passkey-removed'
  | 'account.passkey-started'
  | 'account.password-changed'
  | 'account.recovery-codes-made'
  | 'account.reset'
  | 'account.sessions-viewed'
  | 'account.set-up'
  | 'account.signed-out'
  | 'accounts.viewed'
  | 'appointment.attended'
  | 'audit.verified'
  | 'audit.viewed'
  | 'breach.changed'
  | 'breach.opened'
  | 'call-back.attempted'
  | 'call-backs.viewed'
  | 'case.viewed'
  | 'consent.withdrawn'
  | 'consents.viewed'
  | 'contact.logged'
  | 'contact.noted'
  | 'contacts.viewed'
  | 'conversation.claimed'
  | 'conversation.closed'
  | 'conversation.released'
  | 'entries.imported'
  | 'entry.archive-asked'
  | 'entry.planned'
  | 'entry.restored'
  | 'entry.reviewed'
  | 'entry.saved'
  | 'entry.submitted'
  | 'file.links-ended'
  | 'file.opened'
  | 'file.removed'
  | 'history.viewed'
  | 'hold.ended'
  | 'hold.put'
  | 'knowledge.announced'
  | 'knowledge.announcement-withdrawn'
  | 'knowledge.answers-off'
  | 'knowledge.answers-on'
  | 'knowledge.publication-begun'
  | 'knowledge.publication-undone'
  | 'knowledge.published'
  | 'knowledge.trial-begun'
  | 'people.searched'
  | 'person.changed'
  | 'person.erased'
  | 'person.erased-again'
  | 'person.exported'
  | 'person.viewed'
  | 'picture.sent'
  | 'questions.taken-as-draft'
  | 'questions.taken-as-phrases'
  | 'questions.viewed'
  | 'relay-leader.verified'
  | 'relay-news.sent'
  | 'relay.answered'
  | 'request.answered'
  | 'request.erased'
  | 'request.identified'
  | 'request.received'
  | 'request.refused'
  | 'retention.run'
  | 'sign-in.ended'
  | 'sign-in.factor-brought'
  | 'sign-in.factor-refused'
  | 'sign-in.refused'
  | 'sign-in.revoked'
  | 'sign-in.succeeded'
  | 'transcript.viewed';

/** One thing that was done. No content: ids, codes and counts only, because the record outlives an erasure. */
export interface AuditEvent {
  /** Or the method and path of a route that has no name for it. */
  readonly action: AuditAction | `${string} ${string}`;
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
