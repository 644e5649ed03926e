import type { Address, Addresses, CasePlace, Collection, Episode, People } from '../../core';
import { together } from '../together';
import { type Audience, matches } from './audience';
import type { AudienceFilter, Campaign, ContactFilter } from './records';
import type { Found, Recipient, Recipients } from './recipients';

const pageSize = 200;

export interface ContactedParts {
  readonly contacts: Pick<Collection<Episode>, 'scan'>;
  readonly addresses: Pick<Addresses, 'get' | 'ofPerson' | 'externalId'>;
  readonly people: Pick<People, 'get' | 'phone'>;
  readonly audience: Pick<Audience, 'get' | 'idOf'>;
  /** Places of the matters a person filed. */
  readonly placesOf: (personId: string) => Promise<readonly CasePlace[]>;
  /** Whether the person's data may only be kept, and not be used. */
  readonly isHeld: (personId: string) => Promise<boolean>;
  /** Whether notices were agreed to at an address, and that still holds. */
  readonly agreesAt: (addressId: string) => Promise<boolean>;
}

/** A person as far as a campaign looks at them. */
interface Reached extends Recipient {
  readonly personId: string;
  readonly addresses: readonly Address[];
}

const asks = <T>(wanted: readonly T[], had: T | undefined): boolean =>
  wanted.length === 0 || (had !== undefined && wanted.includes(had));

/** Whether a contact is one that is asked for. Pure. */
export const isAsked = (
  { topic, way, type }: Pick<Episode, 'topic' | 'way' | 'type'>,
  { topics, ways, types }: Pick<ContactFilter, 'topics' | 'ways' | 'types'>,
): boolean => asks(topics, topic) && asks(ways, way) && asks(types, type);

const isIn = (
  places: readonly CasePlace[],
  { provinces, districts }: Pick<ContactFilter, 'provinces' | 'districts'>,
): boolean => places.some(({ province, district }) => asks(provinces, province) && asks(districts, district));

/** What only the imported list knows of anybody. */
const asksOfList = ({ areas, groups, services, ageFrom, ageTo }: AudienceFilter): boolean =>
  areas.length + groups.length + services.length > 0 || (ageFrom ?? ageTo) !== undefined;

/** Who had contact with the agency, whatever the channel, and is asked for. */
export function contactedRecipients(parts: ContactedParts): Recipients {
  const { addresses, people, audience } = parts;

  async function reached(agencyId: string, personId: string): Promise<Reached | undefined> {
    const person = await people.get(personId);
    if (!person) return undefined;
    const open = (await addresses.ofPerson(personId)).filter(
      ({ audience: who, noticesRefusedAt }) => who === 'person' && noticesRefusedAt === undefined,
    );
    const sms = open.find(({ channel }) => channel === 'sms');
    const phone = people.phone(person) ?? (sms && addresses.externalId(sms));
    const memberId = phone === undefined ? personId : audience.idOf(agencyId, phone);
    return { memberId, personId, addresses: open, ...(phone === undefined ? {} : { phone }) };
  }

  const canBeTold = ({ ways }: Campaign, { phone, addresses: open }: Reached): boolean =>
    ways.some(way =>
      way === 'sms' || way === 'voice' ? phone !== undefined : open.some(({ channel }) => channel === way),
    );

  async function agrees({ addresses: open }: Reached): Promise<boolean> {
    for (const { id } of open) if (await parts.agreesAt(id)) return true;
    return false;
  }

  async function found(
    campaign: Campaign,
    asked: ContactFilter,
    personId: string,
  ): Promise<Found | undefined> {
    const { agencyId, filter, purpose, createdAt } = campaign;
    const somebody = await reached(agencyId, personId);
    if (!somebody) return undefined;
    const member = somebody.phone === undefined ? undefined : await audience.get(somebody.memberId);
    // Consent is asked apart: who lacks it is counted, not passed over.
    const listed = member && matches(member, { ...filter, consent: false }, 'announcement', createdAt);
    if (asksOfList(filter) && !listed) return undefined;
    const ofPlace = asked.provinces.length + asked.districts.length > 0;
    if (ofPlace && !isIn(await parts.placesOf(personId), asked)) return undefined;
    const needsConsent = filter.consent || purpose === 'promotion';
    const { addresses: _open, ...recipient } = somebody;
    if (await parts.isHeld(personId)) return { ...recipient, leftOut: 'held' };
    if (needsConsent && !member?.consent && !(await agrees(somebody)))
      return { ...recipient, leftOut: 'no-consent' };
    return canBeTold(campaign, somebody) ? recipient : { ...recipient, leftOut: 'no-way' };
  }

  return {
    async page(campaign) {
      const { agencyId, after, filter } = campaign;
      const asked = filter.contacts;
      if (!asked) return { found: [] };
      const { from, to } = asked;
      const page = await parts.contacts.scan({
        ...{ index: 'agency', prefix: [agencyId], limit: pageSize },
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(after === undefined ? {} : { after }),
      });
      const ofAddresses = new Set(
        page.records.filter(contact => isAsked(contact, asked)).map(({ addressId }) => addressId),
      );
      // The address says whose it is now; what was logged may stand under whom it was before.
      const owners = await together([...ofAddresses], id => addresses.get(id));
      const personIds = new Set(
        owners.flatMap(owner => (owner?.audience === 'person' ? [owner.personId] : [])),
      );
      const all = await together([...personIds], personId => found(campaign, asked, personId));
      return {
        found: all.filter(each => each !== undefined),
        ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
      };
    },
    get: ({ agencyId }, { personId }) =>
      personId === undefined ? Promise.resolve(undefined) : reached(agencyId, personId),
  };
}
