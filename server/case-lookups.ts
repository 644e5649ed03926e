import type { CaseLookups } from '../bot';
import type { CaseService } from '../core';
import type { Records } from '../store';

/** What the bot's dialogs look up of cases. */
export function caseLookups(service: CaseService, { addresses }: Pick<Records, 'addresses'>): CaseLookups {
  return { ...service, personOf: async addressId => (await addresses.get(addressId))?.personId };
}
