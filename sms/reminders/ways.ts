import type {
  Address,
  Addresses,
  ChannelName,
  Conversation,
  Conversations,
  LadderStep,
  People,
  Reminder,
  ReminderContent,
  SentChannel,
} from '../../core';
import type { Reached } from './reach';
import { type NotTold, noteOf } from './reasons';
import type { ReminderSeal } from './records';

/** The conversation a telling goes into, so that it stands in the one history. `sent`: a vendor call is made for it. */
export type Way =
  | { readonly outcome: 'found'; readonly conversation: Conversation; readonly sent: boolean }
  | { readonly outcome: 'none'; readonly why: string };

export interface WayParts {
  readonly addresses: Addresses;
  readonly conversations: Pick<Conversations, 'get' | 'ensure'>;
  readonly people: Pick<People, 'get' | 'phone'>;
  readonly conversationIdOf: (addressId: string) => string;
  readonly channel: (name: ChannelName, account: string) => SentChannel | undefined;
  readonly seal: ReminderSeal;
}

const account = 'main';
const none = (why: NotTold, detail?: string): Way => ({
  outcome: 'none',
  why: detail === undefined ? why : noteOf(why, detail),
});

/** Channels a leader is written to, best first. */
const leaderChannels: readonly ChannelName[] = ['line', 'sms', 'webchat'];

/** Finds the conversation for a step of the ladder; for a number nobody has written from yet, one is made. */
export function createWays(
  parts: WayParts,
): (
  reminder: Reminder,
  content: ReminderContent,
  step: LadderStep,
  reached: Reached,
  now: number,
) => Promise<Way> {
  const { addresses, conversations, people } = parts;

  const canSend = (name: ChannelName): boolean => parts.channel(name, account) !== undefined;

  function open(conversation: Conversation | undefined, address: Address, sent: boolean): Way {
    if (!conversation) return none('no-chat', 'never written there');
    if (conversation.left) return none('opted-out', 'blocked the channel');
    if (address.noticesRefusedAt !== undefined) return none('stopped', 'no notices there');
    return { outcome: 'found', conversation, sent };
  }

  /** A new address of a number belongs to the person of the reminder; one that is somebody's already stays theirs. */
  async function addressOfNumber(
    channel: ChannelName,
    phone: string,
    personId: string | undefined,
    now: number,
  ): Promise<Address> {
    const draft = { channel, account, externalId: phone, audience: 'person' } as const;
    const known = await addresses.get(addresses.idOf(channel, account, phone));
    const address = known ?? (await addresses.ensure(draft, now));
    if (known || personId === undefined || address.personId === personId) return address;
    if (!(await people.get(personId))) return address;
    await addresses.move(address.id, personId);
    return { ...address, personId };
  }

  async function ownNumber(personId: string | undefined): Promise<string | undefined> {
    const person = personId === undefined ? undefined : await people.get(personId);
    return person && people.phone(person);
  }

  async function byNumber(
    channel: 'sms' | 'voice',
    reminder: Reminder,
    content: ReminderContent,
    { badNumbers }: Reached,
    now: number,
  ): Promise<Way> {
    if (!canSend(channel)) return none('settings', `${channel} is not configured`);
    const phone = content.phone ?? (await ownNumber(reminder.personId));
    if (phone === undefined) return none('no-number');
    const phoneKey = badNumbers.length === 0 ? undefined : parts.seal.lookup('phone', phone);
    const trouble = badNumbers.find(each => each.phoneKey === phoneKey);
    if (trouble) return none('flagged', trouble.why);
    const address = await addressOfNumber(channel, phone, reminder.personId, now);
    return open(await conversations.ensure(address, reminder.language, now), address, true);
  }

  async function ofPerson(personId: string, channels: readonly ChannelName[]): Promise<Way> {
    const known = (await addresses.ofPerson(personId)).filter(({ audience }) => audience === 'person');
    for (const channel of channels)
      for (const address of known.filter(each => each.channel === channel).toReversed()) {
        const sent = channel !== 'webchat';
        if (sent && parts.channel(channel, address.account) === undefined) continue;
        const way = open(await conversations.get(parts.conversationIdOf(address.id)), address, sent);
        if (way.outcome === 'found') return way;
      }
    return none('no-chat', channels.join(', '));
  }

  async function askedIn(reminder: Reminder, channel: ChannelName): Promise<Way | undefined> {
    const conversation = reminder.conversationId && (await conversations.get(reminder.conversationId));
    if (!conversation || conversation.channel !== channel) return undefined;
    const address = await addresses.get(conversation.addressId);
    const sent = channel !== 'webchat';
    if (!address || (sent && parts.channel(channel, address.account) === undefined)) return undefined;
    return open(conversation, address, sent);
  }

  return async (reminder, content, step, reached, now) => {
    switch (step.way) {
      case 'sms':
      case 'voice':
        return byNumber(step.way, reminder, content, reached, now);
      case 'line':
      case 'webchat': {
        const asked = await askedIn(reminder, step.way);
        if (asked?.outcome === 'found') return asked;
        return reminder.personId === undefined
          ? none('no-chat', 'nobody is known')
          : ofPerson(reminder.personId, [step.way]);
      }
      case 'relay':
        return step.leaderPersonId === undefined
          ? none('leader', 'none is named')
          : ofPerson(step.leaderPersonId, leaderChannels);
    }
  };
}
