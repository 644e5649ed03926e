import type {
  Addresses,
  Collection,
  Commands,
  Conversations,
  Engine,
  Episodes,
  Ids,
  Inbox,
  Outbox,
  People,
  Person,
} from '../../core';
import type { Seal } from '../seal';
import { createAddresses } from './addresses';
import { commandsCollection, createCommands } from './commands';
import { createConversations } from './conversations';
import { createEpisodes, episodesCollection } from './episodes';
import { createInbox, inboxCollection } from './inbox';
import { createOutbox, earlyNewsCollection, outboxCollection } from './outbox';
import { createPeople, peopleCollection } from './people';

export { conversationIdOf } from './conversations';

/** Everything the product keeps, written once above the engine port. */
export interface Records {
  readonly inbox: Inbox;
  readonly addresses: Addresses;
  readonly conversations: Conversations;
  readonly outbox: Outbox;
  readonly people: People;
  readonly episodes: Episodes;
  readonly commands: Commands;
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
  return {
    inbox: createInbox(inbox),
    addresses: createAddresses(engine, people, seal, agencyId),
    conversations: createConversations(engine, { inbox, outbox, episodes, commands }),
    outbox: createOutbox(outbox, earlyNews),
    people: createPeople(people, seal, ids),
    episodes: createEpisodes(episodes),
    commands: createCommands(commands),
  };
}
