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
  | 'appointments.viewed'
  | 'audit.verified'
  | 'audit.viewed'
  | 'breach.changed'
  | 'breach.opened'
  | 'breaches.viewed'
  | 'call-back.attempted'
  | 'call-backs.viewed'
  | 'campaign.approved'
  | 'campaign.made'
  | 'campaign.paused'
  | 'campaign.refused'
  | 'campaign.started'
  | 'campaign.stopped'
  | 'campaign.submitted'
  | 'carer.accepted'
  | 'carer.booked'
  | 'carer.cancelled'
  | 'carer.ended'
  | 'carer.entrusted'
  | 'carer.moved'
  | 'carer.refused'
  | 'carer.viewed'
  | 'case-calls.replayed'
  | 'case.acknowledged'
  | 'case.answered'
  | 'case.asked'
  | 'case.assigned'
  | 'case.delayed'
  | 'case.filed'
  | 'case.handed-on'
  | 'case.noted'
  | 'case.refused'
  | 'case.step-finished'
  | 'case.taken'
  | 'case.told'
  | 'case.viewed'
  | 'cases.import-tried'
  | 'cases.imported'
  | 'cases.viewed'
  | 'consent.withdrawn'
  | 'consents.viewed'
  | 'contact.logged'
  | 'contact.noted'
  | 'contacts.viewed'
  | 'canned-reply.changed'
  | 'canned-reply.made'
  | 'canned-reply.removed'
  | 'conversation.claimed'
  | 'conversation.closed'
  | 'conversation.offer-ended'
  | 'conversation.released'
  | 'conversation.transferred'
  | 'entries.exported'
  | 'entries.imported'
  | 'entries.links-checked'
  | 'entry.archive-asked'
  | 'entry.planned'
  | 'entry.restored'
  | 'entry.reviewed'
  | 'entry.saved'
  | 'entry.submitted'
  | 'feedback.viewed'
  | 'file.links-ended'
  | 'file.opened'
  | 'file.removed'
  | 'history.viewed'
  | 'hold.ended'
  | 'hold.put'
  | 'holds.viewed'
  | 'knowledge.announced'
  | 'knowledge.announcement-withdrawn'
  | 'knowledge.answers-off'
  | 'knowledge.answers-on'
  | 'knowledge.publication-begun'
  | 'knowledge.publication-undone'
  | 'knowledge.published'
  | 'knowledge.rules-tried'
  | 'knowledge.trial-begun'
  | 'people.searched'
  | 'person.changed'
  | 'person.erased'
  | 'person.erased-again'
  | 'person.exported'
  | 'person.viewed'
  | 'picture.sent'
  | 'questions.dismissed'
  | 'questions.taken-as-draft'
  | 'questions.taken-as-phrases'
  | 'questions.viewed'
  | 'relay-leader.verified'
  | 'relay-leaders.viewed'
  | 'relay-news.sent'
  | 'relay.answered'
  | 'relay.printed'
  | 'relay.viewed'
  | 'relays.viewed'
  | 'reminder-import.applied'
  | 'reminder-import.begun'
  | 'reminder-import.cancelled'
  | 'reminder-import.handed-in'
  | 'reminder-text.tested'
  | 'reminder-text.viewed'
  | 'reminder.cancelled'
  | 'reminder.changed'
  | 'reminder.made'
  | 'reminder.settled'
  | 'reminder.viewed'
  | 'reminders.viewed'
  | 'request.answered'
  | 'request.erased'
  | 'request.identified'
  | 'request.received'
  | 'request.refused'
  | 'requests.viewed'
  | 'retention.counted'
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
  readonly action: AuditAction;
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
