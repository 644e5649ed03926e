import type { CasePlace } from '../core';
import { everyOne } from './personal';
import type { CaseCollections } from './records';
import { type CaseSeal, openDetails } from './seal';

/** Where the matters lie that a person filed in their own name; those that must not show say nothing. */
export async function placesOf(
  { cases }: Pick<CaseCollections, 'cases'>,
  seal: CaseSeal,
  personId: string,
): Promise<readonly CasePlace[]> {
  const places: CasePlace[] = [];
  for await (const record of everyOne(cases, { index: 'person', prefix: [personId] })) {
    if (record.sensitive || record.kind === 'report') continue;
    const details = openDetails(seal, record);
    if (details.kind === 'matter' && details.where) places.push(details.where);
  }
  return places;
}
