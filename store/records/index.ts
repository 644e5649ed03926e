import type {
  Addresses,
  Collection,
  Commands,
  Conversations,
  Engine,
  Episode,
  Episodes,
  Ids,
  Inbox,
  Outbox,
  People,
  Person,
} from '../../core';
import type { Seal } from '../seal';
import { addressesCollection, createAddresses } from './addresses';
import { commandsCollection, createCommands } from './commands';
import { conversationCollections, createConversations } from './conversations';
import { createEpisodes, episodesCollection } from './episodes';
import { createInbox, inboxCollection } from './inbox';
import { createOutbox, earlyNewsCollection, outboxCollection } from './outbox';
import { createPeople, peopleCollection } from './people';
import { type ChatPersonalRecords, createPersonalRecords } from './personal';

export { conversationIdOf } from './conversations';
export { type ChatPersonalRecords } from './personal';

/** Everything the product keeps, written once above the engine port. */
export interface Records {
  readonly inbox: Inbox;
  readonly addresses: Addresses;
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  readonly people: People;
  readonly episodes: Episodes;
  /** Contacts as they are stored, for whoever reads very many in steps. */
  readonly contacts: Pick<Collection<Episode>, 'scan'>;
  readonly commands: Commands;
  readonly personal: ChatPersonalRecords;
}

/** Declares all collections on `engine`; call before `engine.open()`. */
export function createRecords(parts: { engine: Engine; seal: Seal; ids: Ids; agencyId: string }): Records {
  const { engine, seal, ids, agencyId } = parts;
  const inbox = inboxCollection(engine);
  const outbox = outboxCollection(engine);
  const earlyNews = earlyNewsCollection(engine);
  const episodes = episodesCollection(engine);
  const commands = commandsCollection(engine);
  const people: Collection<Person> = peopleCollection(engine);
  const chat = conversationCollections(engine);
  const addressRecords = addressesCollection(engine);
  const addresses = createAddresses(addressRecords, people, seal, agencyId);
  return {
    inbox: createInbox(inbox),
    addresses,
    conversations: createConversations(chat, { inbox, outbox, episodes, commands }),
    personal: createPersonalRecords(
      { ...chat, addresses: addressRecords, people, episodes, inbox, outbox, commands },
      seal,
      id => addresses.forget(id),
    ),
    outbox: createOutbox(outbox, earlyNews),
    people: createPeople(people, seal, ids),
    episodes: createEpisodes(episodes),
    contacts: episodes,
    commands: createCommands(commands),
  };
}
