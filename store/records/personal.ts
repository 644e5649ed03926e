import type {
  Address,
  BundlePart,
  Collection,
  Command,
  Conversation,
  Cutoffs,
  DataSubject,
  Episode,
  InboxRecord,
  Message,
  OutboxItem,
  Person,
  PersonalRecords,
  Scan,
  Stored,
} from '../../core';
import { maskContacts } from '../../core';
import type { Seal } from '../seal';
import { conversationIdOf } from './conversations';

export interface PersonalCollections {
  readonly people: Collection<Person>;
  readonly addresses: Collection<Address>;
  readonly conversations: Collection<Conversation>;
  readonly messages: Collection<Message>;
  readonly episodes: Collection<Episode>;
  readonly inbox: Collection<InboxRecord>;
  readonly outbox: Collection<OutboxItem>;
  readonly commands: Collection<Command & Stored>;
}

/** What the chat core keeps about people, found, removed and let go. */
export interface ChatPersonalRecords extends PersonalRecords {
  /** Everything that stands for a person, records merged into theirs included. */
  subjectOf(personId: string): Promise<DataSubject>;
}

const pageSize = 200;

/** All records of a scan, page by page; records may go while it runs. */
async function* all<T extends Stored>(
  collection: Collection<T>,
  scan: Omit<Scan, 'limit' | 'after'>,
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const page = await collection.scan({ ...scan, limit: pageSize, ...(after ? { after } : {}) });
    yield* page.records;
    after = page.cursor;
  } while (after !== undefined);
}

function counter(): { count: (name: string, by?: number) => void; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  return { counts, count: (name, by = 1) => void (counts[name] = (counts[name] ?? 0) + by) };
}

export function createPersonalRecords(
  collections: PersonalCollections,
  seal: Seal,
  forget: (addressId: string) => void,
): ChatPersonalRecords {
  const { people, addresses, conversations, messages, episodes, inbox, outbox, commands } = collections;

  const addressesOf = (personId: string): AsyncGenerator<Address> =>
    all(addresses, { index: 'person', prefix: [personId] });

  /** The person an address was made with, or, for the desk's own address, made for. */
  const firstPersonOf = (address: Address): string =>
    address.channel === 'desk' ? seal.open(address.sealedExternalId) : `p-${address.id.slice(2)}`;

  async function hasOtherAddresses(personId: string, known: ReadonlySet<string>): Promise<boolean> {
    for await (const address of addressesOf(personId)) if (!known.has(address.id)) return true;
    return false;
  }

  async function subjectOf(personId: string): Promise<DataSubject> {
    const own: Address[] = [];
    for await (const address of addressesOf(personId)) own.push(address);
    const addressIds = new Set(own.map(address => address.id));
    const personIds = new Set([personId]);
    for (const first of own.map(firstPersonOf))
      if (!personIds.has(first) && !(await hasOtherAddresses(first, addressIds))) personIds.add(first);
    return {
      personIds: [...personIds],
      addressIds: [...addressIds],
      conversationIds: [...addressIds].map(conversationIdOf),
    };
  }

  /** A line as the person may have it: officers' names and other people's numbers are not theirs to know. */
  function lineOf(message: Message): object {
    const { seq, from, at, body, unsent } = message;
    const shown = body.kind === 'reply' ? { text: body.reply.text } : body.content;
    const text = from === 'officer' && 'text' in shown ? { text: maskContacts(shown.text) } : shown;
    return { seq, from, at, ...(unsent ? { unsent } : { said: text }) };
  }

  async function transcriptOf(conversation: Conversation): Promise<{ lines: object[]; leftOut: number }> {
    const lines: object[] = [];
    let leftOut = 0;
    const scan = { index: 'seq', prefix: [conversation.id] };
    for await (const message of all(messages, scan)) {
      if (conversation.audience === 'group') leftOut += 1;
      else lines.push(lineOf(message));
    }
    return { lines, leftOut };
  }

  const contactOf = ({
    way,
    type,
    status,
    topic,
    note,
    result,
    rating,
    startedAt,
    endedAt,
  }: Episode): object => ({
    ...{ way, type, status, topic, result, rating, startedAt, endedAt },
    ...(note === undefined ? {} : { note: maskContacts(note.replace(/^[^\n:]{1,120}: /gmu, '')) }),
  });

  async function drop<T extends Stored>(collection: Collection<T>, found: AsyncIterable<T>): Promise<number> {
    let dropped = 0;
    for await (const record of found) if (await collection.delete(record.id)) dropped += 1;
    return dropped;
  }

  /** Keeps of an event only that it was handled, so that it cannot come in a second time. */
  async function emptyEvent(record: InboxRecord): Promise<boolean> {
    for (let current: InboxRecord | undefined = record; current;) {
      const { event: _content, seq: _seq, why: _why, ...rest } = current;
      const state = rest.state === 'waiting' ? 'ignored' : rest.state;
      if (await inbox.replace({ ...rest, state, conversationId: '' })) return true;
      current = await inbox.get(record.id);
    }
    return false;
  }

  async function dropCommands(subject: DataSubject): Promise<number> {
    const names = [...subject.personIds, ...subject.addressIds, ...subject.conversationIds];
    let dropped = 0;
    for await (const command of all(commands, { index: 'waiting' })) {
      const text = JSON.stringify([command.id, command.data]);
      // The request that is being carried out may itself still be a command; it is the register's.
      if (command.kind === 'privacy.requested' || !names.some(name => text.includes(name))) continue;
      if (await commands.delete(command.id)) dropped += 1;
    }
    return dropped;
  }

  async function eraseConversation(id: string, count: (name: string, by?: number) => void): Promise<void> {
    // Events first, then the conversation: a turn under way finds its event gone when its compare-and-set fails.
    for await (const record of all(inbox, { index: 'conversation', prefix: [id] }))
      if (await emptyEvent(record)) count('inbox');
    if (await conversations.delete(id)) count('conversations');
    count('outbox', await drop(outbox, all(outbox, { index: 'conversation', prefix: [id] })));
    count('messages', await drop(messages, all(messages, { index: 'seq', prefix: [id] })));
  }

  async function eraseAddress(id: string, count: (name: string, by?: number) => void): Promise<void> {
    if (await addresses.delete(id)) count('addresses');
    forget(id);
    await eraseConversation(conversationIdOf(id), count);
    count('episodes', await drop(episodes, all(episodes, { index: 'address', prefix: [id] })));
  }

  async function erase(subject: DataSubject): Promise<Record<string, number>> {
    const { counts, count } = counter();
    for (const id of subject.addressIds) await eraseAddress(id, count);
    for (const id of subject.personIds) if (await people.delete(id)) count('people');
    count('commands', await dropCommands(subject));
    return counts;
  }

  /** Old lines, sendings and events of one conversation; what its lists still showed of them goes with them. */
  async function expireConversation(
    id: string,
    cutoffs: Cutoffs,
    count: (name: string, by?: number) => void,
  ): Promise<void> {
    const { dryRun } = cutoffs;
    const messagesBefore = cutoffs.before('messages') ?? 0;
    for await (const message of all(messages, { index: 'seq', prefix: [id] })) {
      if (message.at >= messagesBefore) break;
      if (dryRun || (await messages.delete(message.id))) count('messages');
    }
    const sendingsBefore = cutoffs.before('sendings') ?? 0;
    for await (const item of all(outbox, { index: 'conversation', prefix: [id] })) {
      if (item.createdAt >= sendingsBefore) break;
      if (dryRun || (await outbox.delete(item.id))) count('outbox');
    }
    await expireEvents(id, cutoffs, count);
    const conversation = await conversations.get(id);
    if (!conversation?.lastText || conversation.changedAt >= messagesBefore) return;
    count('conversations');
    const { lastText: _text, dialog: _dialog, topic: _topic, ...rest } = conversation;
    if (!dryRun) await conversations.replace({ ...rest, offered: [] });
  }

  async function expireEvents(
    conversationId: string,
    cutoffs: Cutoffs,
    count: (name: string, by?: number) => void,
  ): Promise<void> {
    const before = cutoffs.before('event-ids');
    if (before === undefined) return;
    for await (const record of all(inbox, { index: 'conversation', prefix: [conversationId], to: before })) {
      if (record.state === 'waiting') continue;
      if (cutoffs.dryRun || (await inbox.delete(record.id))) count('inbox');
    }
  }

  async function isEmpty(address: Address): Promise<boolean> {
    const left = await episodes.scan({ index: 'address', prefix: [address.id], limit: 1 });
    return left.records.length === 0;
  }

  /** An address nobody used within the term goes whole, and its person with the last address. */
  async function expireAddress(
    addressId: string,
    before: number,
    count: (name: string, by?: number) => void,
  ): Promise<void> {
    const address = await addresses.get(addressId);
    if (!address || !(await isEmpty(address))) return;
    const conversation = await conversations.get(conversationIdOf(addressId));
    if (conversation && conversation.changedAt >= before) return;
    await eraseAddress(addressId, count);
    const gone = { personIds: [], addressIds: [addressId], conversationIds: [conversationIdOf(addressId)] };
    count('commands', await dropCommands(gone));
    if (!(await hasOtherAddresses(address.personId, new Set())) && (await people.delete(address.personId)))
      count('people');
  }

  return {
    name: 'chat',
    subjectOf,
    async collect(subject) {
      const parts: BundlePart[] = [];
      const persons = await Promise.all(subject.personIds.map(id => people.get(id)));
      parts.push({
        name: 'people',
        records: persons.flatMap(person =>
          person
            ? [
                {
                  name: person.name,
                  phone: person.sealedPhone ? seal.open(person.sealedPhone) : undefined,
                  createdAt: person.createdAt,
                },
              ]
            : [],
        ),
      });
      const own = await Promise.all(subject.addressIds.map(id => addresses.get(id)));
      parts.push({
        name: 'addresses',
        records: own.flatMap(address => {
          if (!address) return [];
          const { channel, createdAt, noticesRefusedAt } = address;
          return [{ channel, externalId: seal.open(address.sealedExternalId), createdAt, noticesRefusedAt }];
        }),
      });
      for (const id of subject.conversationIds) {
        const conversation = await conversations.get(id);
        if (!conversation) continue;
        const { lines, leftOut } = await transcriptOf(conversation);
        parts.push({ name: `messages ${conversation.channel}`, records: lines, leftOut });
      }
      const contacts: object[] = [];
      for (const id of subject.addressIds)
        for await (const episode of all(episodes, { index: 'address', prefix: [id] }))
          contacts.push(contactOf(episode));
      parts.push({ name: 'contacts', records: contacts });
      return parts;
    },
    erase,
    async expire(cutoffs) {
      const { counts, count } = counter();
      for (const name of Object.keys(collections)) count(name, 0);
      const contactsBefore = cutoffs.before('contacts') ?? 0;
      const oldest = Math.max(
        contactsBefore,
        cutoffs.before('messages') ?? 0,
        cutoffs.before('sendings') ?? 0,
      );
      const done = new Set<string>();
      for await (const episode of all(episodes, { index: 'age', to: oldest })) {
        if (cutoffs.isHeld(episode.personId)) {
          count('held');
          continue;
        }
        const { conversationId } = episode;
        if (conversationId !== undefined && !done.has(conversationId)) {
          done.add(conversationId);
          await expireConversation(conversationId, cutoffs, count);
        }
        if ((episode.endedAt ?? episode.startedAt) >= contactsBefore) continue;
        if (cutoffs.dryRun) count('episodes');
        else {
          if (await episodes.delete(episode.id)) count('episodes');
          await expireAddress(episode.addressId, contactsBefore, count);
        }
      }
      await expireEvents('', cutoffs, count);
      return counts;
    },
  };
}
