import type { Address, Addresses, Collection, CollectionDefinition, Engine, Person } from '../../core';
import type { Seal } from '../seal';

const definition: CollectionDefinition<Address> = {
  name: 'addresses',
  revision: 1,
  keeps: {
    purpose: 'answer',
    basis: 'public-task',
    retention: 'contacts',
    personal: ['sealedExternalId', 'noticesRefusedAt'],
    sealed: { fields: ['sealedExternalId'], index: 'person' },
  },
  indexes: { person: address => [address.personId, address.createdAt] },
};

/** How many addresses are remembered, so that a talkative conversation costs no reads. */
const rememberedAddresses = 10_000;

export function addressesCollection(engine: Engine): Collection<Address> {
  return engine.collection(definition);
}

export function createAddresses(
  records: Collection<Address>,
  people: Collection<Person>,
  seal: Seal,
  agencyId: string,
): Addresses {
  const known = new Map<string, Address>();
  const remember = (address: Address): Address => {
    if (known.size >= rememberedAddresses) known.clear();
    known.set(address.id, address);
    return address;
  };
  const idOf: Addresses['idOf'] = (channel, account, externalId) =>
    `a-${seal.lookup('address', `${channel}\u0000${account}\u0000${externalId}`)}`;

  const personOfNew = (addressId: string): string => `p-${addressId.slice(2)}`;

  async function change(addressId: string, to: (address: Address) => Address): Promise<void> {
    for (;;) {
      const address = await records.get(addressId);
      if (!address) return;
      if (await records.replace(to(address))) break;
    }
    known.delete(addressId);
  }

  return {
    idOf,
    async ensure(draft, now) {
      const id = idOf(draft.channel, draft.account, draft.externalId);
      const seen = known.get(id) ?? (await records.get(id));
      if (seen) return remember(seen);
      const personId = personOfNew(id);
      const address = {
        id,
        channel: draft.channel,
        account: draft.account,
        audience: draft.audience,
        sealedExternalId: seal.seal(draft.externalId),
        agencyId,
        personId,
        createdAt: now,
      };
      await people.insert({ id: personId, agencyId, createdAt: now, changedAt: now });
      const isFirst = await records.insert(address);
      return remember((isFirst ? undefined : await records.get(id)) ?? { ...address, version: 1 });
    },
    async personIdOf(channel, account, externalId) {
      const id = idOf(channel, account, externalId);
      return (known.get(id) ?? (await records.get(id)))?.personId ?? personOfNew(id);
    },
    get: async id => known.get(id) ?? (await records.get(id)),
    externalId: address => seal.open(address.sealedExternalId),
    async ofPerson(personId) {
      return (await records.scan({ index: 'person', prefix: [personId], limit: 1_000 })).records;
    },
    forget: id => {
      known.delete(id);
    },
    move: (addressId, personId) => change(addressId, address => ({ ...address, personId })),
    allowNotices: addressId => change(addressId, ({ noticesRefusedAt: _until, ...address }) => address),
    refuseNotices: (addressId, now) => change(addressId, address => ({ ...address, noticesRefusedAt: now })),
  };
}
