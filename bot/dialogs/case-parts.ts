import type { CaseService } from '../../core';
import type { Say } from '../phrases';

/** What the dialogs may look up of cases. They write nothing: what is to be done is a command of their decision. */
export interface CaseLookups extends Pick<
  CaseService,
  'status' | 'reception' | 'ofPerson' | 'oneOfPerson' | 'recentDouble'
> {
  /** The person an address belongs to. */
  personOf(addressId: string): Promise<string | undefined>;
}

export interface CaseDialogParts {
  readonly cases: CaseLookups;
  readonly say: Say;
}
