import type { CaseRecord } from '../../core';
import { acknowledgement } from '../desk';
import type { Ledger } from '../ledger';
import { type CaseSeal, openDetails } from '../seal';
import { titleOf } from '../view';
import type { Knowledge } from '../../core';
import type { AgencyStatus, AgencySystemClient } from './http-system';

/** Notes what an agency says of a case, once for each thing it says, and tells the person. */
export async function noteAgencyStatus(
  ledger: Ledger,
  record: CaseRecord,
  from: string,
  status: AgencyStatus,
  knowledge: Knowledge,
): Promise<CaseRecord> {
  const known = record.agencyStatus;
  const same = known?.text === status.text && known.fee === status.fee && known.paid === status.paid;
  if (same || (known && known.asOf > status.asOf)) return record;
  const key = `agency/${status.asOf}/${status.text.slice(0, 40)}/${status.fee ?? ''}/${String(status.paid ?? '')}`;
  const outcome = await ledger.change(record.id, key, () => ({
    by: { kind: 'agency', name: from },
    kind: 'agency-status',
    public: true,
    text: status.text,
    notice: {
      key: 'case.agency-status',
      values: { title: titleOf(record, knowledge), text: status.text },
    },
    set: { agencyStatus: status },
  }));
  return outcome.outcome === 'done' || outcome.outcome === 'known' ? outcome.case : record;
}

export interface SystemParts {
  readonly systemOf: (agencyId: string) => AgencySystemClient | undefined;
  readonly knowledge: () => Knowledge;
  readonly seal: CaseSeal;
}

/** The case with what its agency's system says now; as it was last known when the system does not answer. */
export async function refreshed(record: CaseRecord, ledger: Ledger, parts: SystemParts): Promise<CaseRecord> {
  const { topicAgencyId, handOn } = record;
  const system = topicAgencyId && handOn?.by === 'api' ? parts.systemOf(topicAgencyId) : undefined;
  if (!system || !topicAgencyId || !handOn?.theirReference) return record;
  const read = await system.status(handOn.theirReference);
  return read.outcome === 'read'
    ? noteAgencyStatus(ledger, record, topicAgencyId, read.status, parts.knowledge())
    : record;
}

/** Gives the matter to its agency's system; whether the agency acknowledged it. */
export async function handedOn(record: CaseRecord, ledger: Ledger, parts: SystemParts): Promise<boolean> {
  if (record.state !== 'forwarding' || !record.topicAgencyId) return true;
  const system = parts.systemOf(record.topicAgencyId);
  if (!system) return false;
  const handed = await system.handOn({
    id: record.id,
    kind: record.kind,
    filedAt: new Date(record.filedAt).toISOString(),
    details: openDetails(parts.seal, record),
    ...(record.topic ? { topic: `${record.topic.kind}:${record.topic.id}` } : {}),
  });
  if (handed.outcome !== 'acknowledged') return false;
  const by = { kind: 'agency', name: record.topicAgencyId } as const;
  await ledger.change(record.id, 'acknowledged', (current, now) =>
    acknowledgement(current, by, handed.theirReference, now, parts.seal),
  );
  return true;
}
