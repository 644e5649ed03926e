import { z } from 'zod';
import type { CasePending, CaseRecord, Knowledge } from '../core';
import type { Agencies } from './agencies';
import type { Attempt, Deliveries, Delivery } from './deliveries';
import { spokenReference } from './references';
import { type CaseSeal, openDetails } from './seal';
import { titleOf } from './view';

/** A mail as it is sent: plain text, and no links, so that nobody learns to follow links in mails of ours. */
export interface Mail {
  /** Stays the same when it is sent again. */
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export type SendMail = (mail: Mail) => Promise<Attempt>;

const mailSchema = z.object({
  id: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});

export type Sentence = (language: string, key: string, values?: Readonly<Record<string, string>>) => string;

export interface MailParts {
  readonly deliveries: Pick<Deliveries, 'add'>;
  readonly agencies: Agencies;
  readonly operatorAgencyId: string;
  readonly seal: CaseSeal;
  readonly knowledge: () => Knowledge;
  /** Sentences of `locales/{th,en}/mail.json`. */
  readonly sentence: Sentence;
  readonly moment: (at: number, language: string) => string;
}

type PendingMail = Extract<CasePending, { kind: 'mail' }>;

/** Those who are told, by their part in the case. */
function recipients(record: CaseRecord, { to }: PendingMail, parts: MailParts): readonly string[] {
  const { agencies } = parts.agencies;
  switch (to) {
    case 'person':
      return record.sealedEmail ? [parts.seal.open(record.sealedEmail)] : [];
    case 'agency': {
      // The holder; and the agency it concerns where it is handed on to it. What is sensitive is seen at the desk only.
      const holder = agencies[record.agencyId]?.email;
      const concerned =
        record.handOn && record.topicAgencyId ? agencies[record.topicAgencyId]?.email : undefined;
      return [...new Set([holder, concerned].filter(address => address !== undefined))];
    }
    case 'managers':
      return agencies[record.agencyId]?.managers ?? [];
  }
}

/** What a case hands on by mail holds the matter itself; every other mail says only that there is news. */
function textOf(
  record: CaseRecord,
  { mail, to }: PendingMail,
  parts: MailParts,
): { subject: string; text: string } {
  const language = to === 'person' ? record.language : 'th';
  const say = (key: string, values: Record<string, string> = {}): string =>
    parts.sentence(language, key, values);
  if (record.sensitive && to === 'person') {
    const phone = (record.topic && parts.knowledge().topic(record.topic)?.phones[0]?.number) ?? '1111';
    return { subject: say('mail.sensitive-subject'), text: say('mail.sensitive', { phone }) };
  }
  const title = titleOf(record, parts.knowledge());
  const values = {
    reference: record.reference ? spokenReference(record.reference) : record.id,
    title: title[language] ?? title.th,
    due: parts.moment(record.dueAt, language),
    state: say(`mail.state.${record.state}`),
  };
  const matter =
    mail === 'new' && record.handOn?.by === 'email' && !record.sensitive ? matterOf(record, parts) : '';
  return { subject: say(`mail.${mail}-subject`, values), text: say(`mail.${mail}`, { ...values, matter }) };
}

function matterOf(record: CaseRecord, { seal }: MailParts): string {
  const details = openDetails(seal, record);
  if (details.kind !== 'matter') return '';
  const { what, where, when } = details;
  return ['', what, where?.text, [where?.district, where?.province].filter(Boolean).join(' '), when]
    .filter(line => line !== undefined)
    .join('\n');
}

/** Puts the mail that a case promised into the outbox of mails. */
export async function queueMail(record: CaseRecord, pending: PendingMail, parts: MailParts): Promise<void> {
  const to = recipients(record, pending, parts);
  if (to.length === 0) return;
  await addMail({ id: `mail/${record.id}/${pending.key}`, to, ...textOf(record, pending, parts) }, parts);
}

/** Puts a mail into the outbox; the same id again is the same mail. */
export const addMail = (
  mail: Mail,
  { deliveries, seal }: Pick<MailParts, 'deliveries' | 'seal'>,
): Promise<void> => deliveries.add({ id: mail.id, way: 'mail', sealed: seal.seal(JSON.stringify(mail)) });

/** Sends a mail of the outbox. */
export const sendQueuedMail =
  (seal: CaseSeal, send: SendMail | undefined) =>
  async (delivery: Delivery): Promise<Attempt> =>
    send
      ? send(mailSchema.parse(JSON.parse(seal.open(delivery.sealed))))
      : { outcome: 'retry', why: 'SMTP_URL is not set' };
