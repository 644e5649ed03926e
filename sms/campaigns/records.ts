import { z } from 'zod';
import {
  type Collection,
  type Engine,
  type OfficerRef,
  type ReminderPurpose,
  type ReminderText,
  type ReminderWay,
  type Stored,
  contactWays,
  episodeTypes,
} from '../../core';

/** Somebody who may be written to in a campaign of an agency. The id is made from agency and number, so nobody is there twice. */
export interface Member extends Stored {
  readonly agencyId: string;
  /** The address of the number, whether anybody has written from it yet; what is known of a person is found by it. */
  readonly addressId: string;
  readonly sealedPhone: string;
  readonly area?: string;
  readonly groups: readonly string[];
  readonly birthYear?: number;
  readonly services: readonly string[];
  readonly consent: boolean;
  /** Imports that brought them. */
  readonly sources: readonly string[];
  readonly createdAt: number;
  readonly changedAt: number;
}

const namesUpTo = (longest: number) => z.array(z.string().trim().min(1).max(longest)).max(50).default([]);

/** Of a contact in the shared history; an empty list asks for nothing. All that is asked has to hold of the same contact. */
export const contactFilterSchema = z.strictObject({
  /** It began in [from, to), ms. */
  from: z.number().int().nonnegative().exactOptional(),
  to: z.number().int().positive().exactOptional(),
  /** `service:p1-04` and the like. */
  topics: namesUpTo(100),
  ways: z.array(z.enum(contactWays)).max(contactWays.length).default([]),
  types: z.array(z.enum(episodeTypes)).max(episodeTypes.length).default([]),
  /** Of matters the person filed, wherever they live themselves. */
  provinces: namesUpTo(100),
  districts: namesUpTo(100),
});
export type ContactFilter = z.infer<typeof contactFilterSchema>;

export const filterSchema = z.strictObject({
  /** Draws on who had contact with the agency; absent: on who was imported. What else is asked is known of who was imported only. */
  contacts: contactFilterSchema.exactOptional(),
  /** Any of these; an empty list asks for nothing. */
  areas: z.array(z.string().min(1).max(100)).max(50).default([]),
  groups: z.array(z.string().min(1).max(60)).max(50).default([]),
  services: z.array(z.string().min(1).max(60)).max(50).default([]),
  /** Only who agreed to invitations. What nobody has to do goes to these alone, whatever is asked. */
  consent: z.boolean().default(false),
  /** Full years; whose year of birth is not known is left out where one is given. */
  ageFrom: z.number().int().min(0).max(130).exactOptional(),
  ageTo: z.number().int().min(0).max(130).exactOptional(),
});
export type AudienceFilter = z.infer<typeof filterSchema>;

/**
 * `counting`: the audience is being fixed. `counted`: may be begun, or handed to a second person. `running`, `paused`; `stopping`: what
 * waits is being taken back; `stopped`, `done`.
 */
export type CampaignState =
  'counting' | 'counted' | 'waiting-approval' | 'running' | 'paused' | 'stopping' | 'stopped' | 'done';

export interface Campaign extends Stored {
  readonly agencyId: string;
  readonly name: string;
  readonly purpose: ReminderPurpose;
  readonly text: ReminderText;
  readonly language: string;
  /** The moment it is about, ms; absent where there is none. */
  readonly dueAt?: number;
  readonly ways: readonly ReminderWay[];
  readonly filter: AudienceFilter;
  readonly by: OfficerRef;
  readonly state: CampaignState;
  /** Who will be told, and who was asked for and is left out, by reason; fixed when it was counted. */
  readonly people: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Parts of one text. */
  readonly segments: number;
  /** Cursor of the counting. */
  readonly after?: string;
  readonly approval?: { readonly by: OfficerRef; readonly at: number };
  /** The most people a second once it is under way; it begins slowly. */
  readonly perSecond: number;
  /** Seconds in which it was handing over. */
  readonly ticks: number;
  readonly tickedAt: number;
  readonly history: readonly { readonly at: number; readonly what: string; readonly by: string }[];
  readonly createdAt: number;
  readonly changedAt: number;
}

/** One person of one campaign. */
export interface CampaignPerson extends Stored {
  readonly campaignId: string;
  /** Made from the number where one is known, so that nobody is there twice; else the person's. */
  readonly memberId: string;
  /** Of who is drawn from contacts. */
  readonly personId?: string;
  /** `left-out`: was asked for, and is not to be told. `skipped`: turned out so when it was their turn. */
  readonly state: 'waiting' | 'handed' | 'skipped' | 'left-out';
  /** Why nothing went to them. */
  readonly why?: string;
  readonly createdAt: number;
}

/** That a person got this text; its id is made from both, so that nobody gets the same thing twice. */
export interface Told extends Stored {
  readonly campaignId: string;
  readonly at: number;
}

export interface CampaignCollections {
  readonly campaigns: Collection<Campaign>;
  readonly people: Collection<CampaignPerson>;
  readonly members: Collection<Member>;
  readonly told: Collection<Told>;
}

export const active: readonly CampaignState[] = ['counting', 'running', 'stopping'];

/** Before `engine.open()`. */
export function campaignCollections(engine: Engine): CampaignCollections {
  const keeps = { purpose: 'notices', basis: 'public-task', retention: 'reminders' } as const;
  return {
    campaigns: engine.collection<Campaign>({
      name: 'campaigns',
      revision: 1,
      keeps: { purpose: 'work', basis: 'public-task', retention: 'reminders', personal: ['by'], ages: 'age' },
      indexes: {
        agency: each => [each.agencyId, each.createdAt],
        active: each => (active.includes(each.state) ? [each.createdAt] : undefined),
        age: each => [each.changedAt],
      },
    }),
    people: engine.collection<CampaignPerson>({
      name: 'campaign-people',
      revision: 1,
      keeps: { ...keeps, personal: ['memberId', 'personId'], ages: 'age' },
      indexes: {
        state: each => [each.campaignId, each.state, each.why ?? '', each.memberId],
        member: each => [each.personId ?? each.memberId, each.createdAt],
        age: each => [each.createdAt],
      },
    }),
    members: engine.collection<Member>({
      name: 'campaign-audience',
      revision: 1,
      keeps: {
        ...keeps,
        personal: ['addressId', 'sealedPhone', 'area', 'groups', 'birthYear', 'services'],
        sealed: { fields: ['sealedPhone'], index: 'age' },
      },
      indexes: {
        agency: each => [each.agencyId, each.id],
        address: each => [each.addressId, each.agencyId],
        age: each => [each.changedAt],
      },
    }),
    told: engine.collection<Told>({
      name: 'campaign-told',
      revision: 1,
      keeps: { ...keeps, personal: [], ages: 'age' },
      indexes: { age: each => [each.at] },
    }),
  };
}
