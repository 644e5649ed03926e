import { z } from 'zod';
import { type Command, type Episodes, type People, type Person, maskPersonalData } from '../../core';
import type { Announcements } from './announcements';

const receipt = z.object({
  announcementId: z.string().max(200),
  personId: z.string().max(200),
  state: z.enum(['seen', 'passed-on']),
  at: z.number().int(),
});
const contact = z.object({
  /** E.164, of the person who was asked for. */
  phone: z.string().max(20),
  village: z.string().max(200),
  agencyId: z.string().max(100),
  questions: z.array(z.string().max(2_000)).min(1).max(30),
  at: z.number().int(),
});

const mostNote = 2_000;

/**
 * What the dialogs of leaders order: `relay.receipt`, and `relay.contact`, which puts what was asked for one villager into that
 * villager's own history, as relayed.
 */
export function relayCommands(parts: {
  readonly announcements: Announcements;
  readonly people: Pick<People, 'byPhone' | 'create'>;
  readonly episodes: Pick<Episodes, 'get' | 'insert'>;
  /** The address under which contacts that nobody wrote themselves stand. */
  readonly addressOf: (person: Person, now: number) => Promise<string>;
}): Readonly<Record<string, (command: Command) => Promise<void>>> {
  const { announcements, people, episodes } = parts;

  async function personOf(phone: string, agencyId: string, at: number): Promise<Person> {
    const known = (await people.byPhone(phone)).find(person => person.agencyId === agencyId);
    return known ?? people.create({ phone }, agencyId, at);
  }

  return {
    'relay.receipt': async ({ data }) => {
      const { announcementId: id, ...rest } = receipt.parse(data);
      await announcements.receipt({ id, ...rest });
    },
    'relay.contact': async ({ id: commandId, data }) => {
      const { phone, village, agencyId, questions, at } = contact.parse(data);
      const id = `relay/${commandId}`;
      if (await episodes.get(id)) return;
      const person = await personOf(phone, agencyId, at);
      await episodes.insert({
        id,
        addressId: await parts.addressOf(person, at),
        personId: person.id,
        agencyId,
        way: 'relay',
        type: 'inquiry',
        status: 'closed',
        result: 'referred',
        note: maskPersonalData(`${village}: ${questions.join(' / ')}`).slice(0, mostNote),
        startedAt: at,
        endedAt: at,
        revision: 1,
      });
    },
  };
}
