import {
  AppError,
  type Address,
  type Addresses,
  type Clock,
  type Conversation,
  type ContactWay,
  type Episode,
  type EpisodeResult,
  type EpisodeType,
  type Episodes,
  type Ids,
  type Officer,
  type People,
  type Person,
  maskPersonalData,
} from '../core';
import { asResource } from './access';
import { type ActionName, may } from './policy';

export interface NewContact {
  /** Made by the desk for one form; the same again is the same contact, however often it is sent. */
  readonly clientId?: string;
  readonly way: ContactWay;
  readonly type: EpisodeType;
  readonly at: number;
  readonly person: { readonly id: string } | { readonly name?: string; readonly phone?: string };
  readonly topic?: string;
  readonly status: 'open' | 'closed';
  readonly note?: string;
  readonly result?: EpisodeResult;
}

/** A person as the desk shows them. */
export interface PersonView {
  readonly id: string;
  readonly name?: string;
  readonly phone?: string;
  readonly changedAt: number;
}

/** The shared history: every contact of a person, whatever the channel, and contacts that officers log by hand. */
export interface Contacts {
  log(contact: NewContact, officer: Officer): Promise<{ episodeId: string; personId: string }>;
  history(personId: string, officer: Officer, limit: number): Promise<readonly Episode[]>;
  /** The newest contacts of the officer's agency. */
  recent(officer: Officer, limit: number, before?: number): Promise<readonly Episode[]>;
  find(query: { name?: string; phone?: string }, officer: Officer): Promise<readonly PersonView[]>;
  person(personId: string, officer: Officer): Promise<PersonView>;
  /** The name to show beside a record that the officer already has the right to. */
  nameOf(personId: string): Promise<string | undefined>;
  describe(
    personId: string,
    details: { name?: string; phone?: string },
    officer: Officer,
  ): Promise<PersonView>;
}

const findLimit = 20;
/** The clock of an officer's machine may be wrong, even by a day. */
const clockSlackMs = 24 * 60 * 60 * 1000;

export function createContacts(parts: {
  people: People;
  addresses: Addresses;
  episodes: Episodes;
  clock: Clock;
  ids: Ids;
  /** The person's conversations, whoever has them now. */
  talksOf: (personId: string) => Promise<readonly Conversation[]>;
}): Contacts {
  const { people, addresses, episodes, clock, ids } = parts;

  const viewOf = (person: Person): PersonView => {
    const phone = people.phone(person);
    return {
      id: person.id,
      changedAt: person.changedAt,
      ...(person.name ? { name: person.name } : {}),
      ...(phone ? { phone } : {}),
    };
  };
  /** Whoever has a person's conversation in hand for another agency sees whom it is with. */
  async function isHere(person: Person, officer: Officer): Promise<boolean> {
    const talks = await parts.talksOf(person.id);
    return talks.some(
      talk => talk.owner.kind !== 'bot' && may(officer, 'conversation.read', asResource(talk)),
    );
  }

  /** The one place where an officer gets a person: they exist, and the officer has the right to them. */
  async function personFor(
    personId: string,
    officer: Officer,
    action: ActionName = 'person.read',
  ): Promise<Person> {
    const person = await people.get(personId);
    const isNear = person && may(officer, action, person);
    if (!person || !(isNear || (action === 'person.read' && (await isHere(person, officer))))) {
      throw new AppError('NOT_FOUND', 'There is no such person, or they belong to another agency.');
    }
    return person;
  }

  async function personOf(given: NewContact['person'], officer: Officer, now: number): Promise<Person> {
    return 'id' in given ? personFor(given.id, officer) : people.create(given, officer.agencyId, now);
  }

  /** Contacts at the counter or on the phone belong to an address too: one per person, on the channel `desk`. */
  async function deskAddress(person: Person, now: number): Promise<Address> {
    const address = await addresses.ensure(
      { channel: 'desk', account: 'main', externalId: person.id, audience: 'person' },
      now,
    );
    if (address.personId !== person.id) await addresses.move(address.id, person.id);
    return address;
  }

  return {
    async log(contact, officer) {
      const now = clock();
      if (contact.at > now + clockSlackMs)
        throw new AppError('INPUT_INVALID', 'at: must not be in the future.');
      const id = `d-${officer.id}/${contact.clientId ?? ids()}`;
      const known = await episodes.get(id);
      if (known) return { episodeId: id, personId: known.personId };
      const person = await personOf(contact.person, officer, now);
      const address = await deskAddress(person, now);
      const episode = {
        id,
        addressId: address.id,
        personId: person.id,
        agencyId: officer.agencyId,
        way: contact.way,
        type: contact.type,
        status: contact.status,
        officer: { id: officer.id, name: officer.name },
        startedAt: contact.at,
        revision: 1,
        ...(contact.status === 'closed' ? { endedAt: now } : {}),
        ...(contact.topic ? { topic: contact.topic } : {}),
        ...(contact.note ? { note: maskPersonalData(contact.note) } : {}),
        ...(contact.result ? { result: contact.result } : {}),
      };
      await episodes.insert(episode);
      return { episodeId: episode.id, personId: person.id };
    },
    async history(personId, officer, limit) {
      await personFor(personId, officer);
      const all = await Promise.all(
        (await addresses.ofPerson(personId)).map(address => episodes.ofAddress(address.id, limit)),
      );
      return all
        .flat()
        .filter(({ agencyId }) => may(officer, 'contact.read', { agencyId }))
        .sort((a, b) => b.startedAt - a.startedAt)
        .slice(0, limit);
    },
    recent: (officer, limit, before) => episodes.recent(officer.agencyId, limit, before),
    async find({ name, phone }, officer) {
      const found = phone ? await people.byPhone(phone) : name ? await people.byName([name], findLimit) : [];
      return found.filter(person => may(officer, 'person.read', person)).map(viewOf);
    },
    nameOf: async personId => (await people.get(personId))?.name,
    person: async (personId, officer) => viewOf(await personFor(personId, officer)),
    async describe(personId, details, officer) {
      await personFor(personId, officer, 'person.describe');
      const person = await people.update(personId, details, clock());
      if (!person) throw new AppError('NOT_FOUND', 'There is no such person.');
      return viewOf(person);
    },
  };
}
