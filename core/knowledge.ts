import type { Localised } from './text';
import type { TopicRef } from './understanding';

export interface Phone {
  readonly number: string;
  readonly label: Localised;
}

export interface Link {
  readonly url: string;
  readonly label: Localised;
}

export interface QuestionAnswer {
  readonly ask: Localised<readonly string[]>;
  readonly answer: Localised;
}

/** One part of a form that has to be filled in, and what goes there; or where the form is handed out. */
export interface FormPart {
  /** Of the form; its parts stand together, in the order of the paper. */
  readonly form: Localised;
  readonly part: Localised;
  readonly how: Localised;
}

/** The parts of each form. */
export function partsByForm(parts: readonly FormPart[]): (readonly [FormPart, ...FormPart[]])[] {
  const forms = new Map<string, [FormPart, ...FormPart[]]>();
  for (const part of parts) {
    const before = forms.get(part.form.th);
    if (before) before.push(part);
    else forms.set(part.form.th, [part]);
  }
  return [...forms.values()];
}

/** A topic of the register as it stands in lists. */
export interface TopicSummary extends TopicRef {
  readonly officialName: Localised;
  /** The everyday name. */
  readonly name: Localised;
  readonly synonyms: Localised<readonly string[]>;
  readonly agencyId: string;
  readonly agency: Localised;
  readonly ministry: Localised;
  readonly category?: string;
  readonly serviceKind?: string;
  readonly targetGroups: readonly string[];
  readonly lifeStages: readonly string[];
  readonly phones: readonly Phone[];
  /** Hosts that its links lead to. */
  readonly sites?: readonly string[];
  /** ISO date the entry was written or last reviewed. */
  readonly writtenAt: string;
  readonly status: 'draft' | 'reviewed';
}

/** A topic of the register as a citizen is told about it. Empty lists and absent fields mean: nothing known to say. */
export interface Topic extends TopicSummary {
  /** Present where somebody wrote a full answer; absent: only the register's row is known. */
  readonly answer?: Localised;
  readonly eligibility: Localised<readonly string[]>;
  readonly documents: Localised<readonly string[]>;
  readonly where: Localised<readonly string[]>;
  readonly hours?: Localised;
  readonly fee?: Localised;
  readonly duration?: Localised;
  readonly steps: Localised<readonly string[]>;
  /** Absent: nobody wrote down how its forms are filled, which does not say that there are none. */
  readonly forms?: readonly FormPart[];
  readonly links: readonly Link[];
  /** 0 go there, 1 link, 2 single sign-on link, 3 API, 4 our own desk (connection models of the roadmap). */
  readonly connection: 0 | 1 | 2 | 3 | 4;
  readonly related: readonly string[];
  readonly incompatible: readonly { readonly id: string; readonly why: Localised }[];
  readonly sensitivity?: string;
  readonly standing: { readonly state: 'exists' | 'renamed' | 'ended' | 'unsure'; readonly note?: Localised };
  readonly speak?: Localised;
  readonly questions: readonly QuestionAnswer[];
  readonly source: string;
  /** How the agency decides who gets it. */
  readonly criteria?: Localised<readonly string[]>;
  /** The answer in sign language. */
  readonly signVideo?: string;
  /** News for a while: a closed office, an outage, a late payment. Only those of now are said. */
  readonly announcements?: readonly Announcement[];
  /** Its answer was switched off; what it said is not in this version, only whom to ask. */
  readonly withheld?: true;
}

export interface Announcement {
  readonly id: string;
  readonly text: Localised;
  /** From the first to before the second, ms. */
  readonly from: number;
  readonly until: number;
}

/** What is announced for a topic at a moment. */
export const announcedAt = (topic: Topic, now: number): readonly Announcement[] =>
  (topic.announcements ?? []).filter(({ from, until }) => from <= now && now < until);

export interface Agency {
  readonly id: string;
  readonly name: Localised;
  readonly abbreviation?: string;
  readonly ministry: Localised;
}

/** The published register, one immutable version of it. */
export interface Knowledge {
  /** Changes with every publication; recorded with each answer. */
  readonly version: string;
  topic(ref: TopicRef): Topic | undefined;
  /** All topics in their order; what they say is asked for one by one. The same list as long as none is published. */
  topics(): readonly TopicSummary[];
  agency(id: string): Agency | undefined;
  agencies(): readonly Agency[];
  /** All answers were switched off. */
  readonly silent?: true;
}

/** Ways to look through the services of the register. */
export const browseWays = ['category', 'lifeStage', 'targetGroup', 'agency'] as const;
export type BrowseWay = (typeof browseWays)[number];

export interface TopicGroup {
  readonly id: string;
  readonly label: Localised;
  /** How many services it has. */
  readonly count: number;
}

/** What a service must have to be listed; absent fields ask for nothing. */
export type TopicFilter = Readonly<Partial<Record<BrowseWay, string | undefined>>> & {
  /** What somebody looks for, in their own words. */
  readonly text?: string | undefined;
};

/** Looks through the services that are published now. */
export interface Finder {
  /** Groups that have services; topics of life in their order, agencies by name. */
  groups(way: BrowseWay): readonly TopicGroup[];
  group(way: BrowseWay, id: string): TopicGroup | undefined;
  /** What fits: with a text the closest first, else what is asked most, then by name in Thai order. */
  find(filter: TopicFilter): readonly TopicSummary[];
  mostAsked(): readonly TopicSummary[];
}

/** An official word and how people say it. */
export interface PlainWord {
  readonly official: string;
  /** What to say instead, or what it means where there is no other word for it. */
  readonly plain: Localised;
}

/** The official words that a Thai text has, in the order they stand in. */
export type FindOfficialWords = (text: string) => readonly PlainWord[];
