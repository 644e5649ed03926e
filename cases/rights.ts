import type { CaseRecord, Officer, Role } from '../core';

/** Everybody who works with people; editors and reviewers work with texts only. */
const workingRoles: readonly Role[] = ['officer', 'supervisor', 'agencyadmin', 'admin'];
const leadingRoles: readonly Role[] = ['supervisor', 'agencyadmin', 'admin'];

export const leadsCases = ({ role }: Officer): boolean => leadingRoles.includes(role);

const plainName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/นางสาว|นาย|นาง|น\.ส\.|คุณ|mrs\.?|mr\.?|ms\.?/gu, '')
    .replace(/[\s.]+/gu, '');
/** Shorter ones stand in too many other words. */
const leastName = 4;

/** Whether the words of who is complained of have the officer's whole name in them. */
export function isNamed(against: string | undefined, { name }: Pick<Officer, 'name'>): boolean {
  const own = plainName(name);
  return against !== undefined && own.length >= leastName && plainName(against).includes(own);
}

/** Nobody sees what is said about themselves; an agency complained of as a whole is seen by administrators of the installation. */
const isComplainedOf = (record: CaseRecord, officer: Officer): boolean =>
  record.against?.officerId === officer.id ||
  (officer.role !== 'admin' && isNamed(record.against?.name, officer)) ||
  (record.against?.agencyId === officer.agencyId && officer.role !== 'admin');

/**
 * The one rule of who sees a case. Sensitive ones and reports: who leads in the agency that holds it, and who was given it. Others:
 * officers of that agency, of the agency where it was filed, and administrators of the installation.
 */
export function maySee(record: CaseRecord, officer: Officer): boolean {
  if (!workingRoles.includes(officer.role) || isComplainedOf(record, officer)) return false;
  const holds = record.agencyId === officer.agencyId;
  const given = record.assignee?.id === officer.id;
  if (record.sensitive) return holds && (leadsCases(officer) || given);
  if (record.kind === 'report') return (holds && (leadsCases(officer) || given)) || officer.role === 'admin';
  return holds || record.originAgencyId === officer.agencyId || officer.role === 'admin';
}

/** Who may change it: only the agency that holds it, and administrators of the installation where they see it. */
export const mayAct = (record: CaseRecord, officer: Officer): boolean =>
  maySee(record, officer) && (record.agencyId === officer.agencyId || officer.role === 'admin');

/** A program of a partner sees what it filed and what concerns its own agency; nothing sensitive of others, no reports. */
export function partnerMaySee(
  record: CaseRecord,
  partner: { readonly name: string; readonly agencyId: string },
): boolean {
  if (record.partner === partner.name) return true;
  return !record.sensitive && record.kind !== 'report' && record.topicAgencyId === partner.agencyId;
}
