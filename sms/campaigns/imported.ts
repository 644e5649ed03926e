import { type Audience, matches } from './audience';
import type { Recipients } from './recipients';

/** Who was imported for campaigns and is asked for. */
export function importedRecipients(audience: Pick<Audience, 'page' | 'get' | 'phone'>): Recipients {
  return {
    async page({ agencyId, after, filter, purpose, createdAt }) {
      const { members, ...rest } = await audience.page(agencyId, after);
      const found = members
        .filter(member => matches(member, filter, purpose, createdAt))
        .map(member => ({ memberId: member.id, phone: audience.phone(member) }));
      return { found, ...rest };
    },
    async get(_, { memberId }) {
      const member = await audience.get(memberId);
      return member && { memberId, phone: audience.phone(member) };
    },
  };
}
