import type { CaseDetails, CaseRecord } from '../core';
import { detailsSchema } from './schemas';

/** What seals details at rest and makes keyed hashes; the store's own seal fits. */
export interface CaseSeal {
  seal(plain: string): string;
  open(sealed: string): string;
  lookup(purpose: string, plain: string): string;
}

export const sealedDetails = (seal: CaseSeal, details: CaseDetails): string =>
  seal.seal(JSON.stringify(details));

export const openDetails = (seal: CaseSeal, record: Pick<CaseRecord, 'sealedDetails'>): CaseDetails =>
  detailsSchema.parse(JSON.parse(seal.open(record.sealedDetails)));
