import type { ChannelName, Notice } from './event';
import type { Officer } from './http';
import type { Stored } from './store';
import type { Localised } from './text';
import type { TopicRef } from './understanding';

/** Everything that gets a number and can be followed. */
export const caseKinds = [
  'request',
  'complaint',
  'suggestion',
  'praise',
  /** Left for an officer, answered on the chosen channel. */
  'question',
  /** Photographs of documents that an officer looks at before anybody files or goes. */
  'pre-check',
  /** About a person or an officer; never seen by the one it is about. */
  'report',
  'appointment',
  'callback',
  'relay',
  /** Something of the system itself does not work. */
  'problem',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/**
 * `forwarding`: given to an agency that has not acknowledged yet, so no number was issued. `needs-person`: something is
 * missing from the person. `answered`, `refused` and `withdrawn` are ends; an addition of the person reopens `answered`.
 */
export const caseStates = [
  'forwarding',
  'received',
  'working',
  'needs-person',
  'answered',
  'refused',
  'withdrawn',
] as const;
export type CaseState = (typeof caseStates)[number];

/** What somebody must know beside the number. `code`: a one-time code sent to the person; the only other way of a sensitive case is its PIN. */
export const secondFactKinds = ['phone', 'id', 'birth-date', 'pin', 'code'] as const;
export type SecondFactKind = (typeof secondFactKinds)[number];

export interface CaseAttachment {
  /** Id in the file store; never a path. */
  readonly fileId: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name?: string;
}

export interface CasePlace {
  readonly text?: string;
  readonly province?: string;
  readonly district?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** What a case is about, by what kind of matter it is. Sealed at rest. */
export type CaseDetails =
  | {
      readonly kind: 'matter';
      readonly what: string;
      readonly where?: CasePlace;
      /** In the person's words, or ISO. */
      readonly when?: string;
      readonly attachments: readonly CaseAttachment[];
    }
  | {
      readonly kind: 'appointment';
      readonly servicePointId: string;
      readonly startsAt: number;
      readonly endsAt: number;
      readonly priority: boolean;
      readonly state: 'booked' | 'cancelled' | 'came' | 'no-show';
    }
  | {
      readonly kind: 'callback';
      /** E.164. */
      readonly phone: string;
      readonly about?: string;
      /** Preferred time, ms; absent: any time the desk is open. */
      readonly from?: number;
      readonly to?: number;
      readonly attempts: readonly {
        readonly at: number;
        readonly by: string;
        readonly outcome: 'reached' | 'no-answer' | 'busy' | 'wrong-number';
      }[];
    }
  | {
      readonly kind: 'relay';
      readonly village: string;
      /** The one person asked for, if it is for one; as little as the answer needs. */
      readonly forWhom?: string;
      readonly consent: boolean;
      readonly items: readonly {
        readonly question: string;
        readonly answer?: string;
        readonly by?: string;
      }[];
    };

/** Who does something to a case. `agency`: another system, by its name. `carer`: somebody for the person, by the id of their `Mandate`. */
export type CaseActor =
  | { readonly kind: 'person' }
  | { readonly kind: 'carer'; readonly id: string }
  | { readonly kind: 'officer'; readonly id: string; readonly name: string }
  | { readonly kind: 'agency'; readonly name: string }
  | { readonly kind: 'system' };

/** A new matter. `key` is unique for what caused it (a command's id, a form's client id): the same again is the same case. */
export interface CaseDraft {
  readonly key: string;
  readonly kind: CaseKind;
  /** Absent for an anonymous matter: then it is followed by number and PIN alone. */
  readonly personId?: string;
  /** Where the person is told what happens. Kept for anonymous matters only if they ask to be told. */
  readonly conversationId?: string;
  readonly email?: string;
  readonly language: string;
  /** In whose name, when it is not the person's own, such as `แม่`. */
  readonly onBehalfOf?: string;
  /** The id of the `Mandate` under which somebody else files it for the person. */
  readonly mandate?: string;
  readonly topic?: TopicRef;
  readonly channel: ChannelName;
  /** Who is complained of, so that they neither see nor get it. */
  readonly against?: { readonly officerId?: string; readonly agencyId?: string; readonly name?: string };
  readonly details: CaseDetails;
  /** Plain second facts the person gives (digits of phone, of the ID, birth date ISO); kept as keyed hashes only. */
  readonly secondFacts?: Readonly<Partial<Record<'phone' | 'id' | 'birth-date', string>>>;
  /** Must not show in notices, lists, slips or to other agencies, beside what the register says. */
  readonly sensitive?: boolean;
  /**
   * The sentence that tells the number instead of `case.filed`, with `{reference}` and `{due}`; the same key with `-pin` at its end
   * is said where the case also has a PIN, `{pin}`.
   */
  readonly filedKey?: string;
}

export type FileOutcome =
  /** Taken in and numbered. `pin` is shown this once. */
  | {
      readonly outcome: 'filed';
      readonly caseId: string;
      /** Twelve digits, the last one a check digit. */
      readonly reference: string;
      readonly pin?: string;
      readonly dueAt: number;
      /** Who holds it now. */
      readonly unit: Localised;
    }
  /** Given to the agency's system; the number comes by notice as soon as it acknowledges. */
  | { readonly outcome: 'forwarding'; readonly caseId: string; readonly unit: Localised }
  /** We cannot take this in: say where to go instead. */
  | { readonly outcome: 'not-received'; readonly reception: Reception };

/** How a topic is received right now, given what is configured. `connection` is the register's model 0-4. */
export type Reception =
  | { readonly way: 'go-there'; readonly agency: Localised; readonly where: Localised<readonly string[]> }
  | { readonly way: 'link'; readonly agency: Localised; readonly url: string; readonly label: Localised }
  | { readonly way: 'hand-on'; readonly agency: Localised; readonly by: 'api' | 'email' | 'file' }
  | { readonly way: 'desk'; readonly agency: Localised };

export interface StatusQuery {
  /** As the person wrote it: spaces, hyphens and Thai digits are fine. */
  readonly reference: string;
  readonly secondFact: string;
  /** Whoever asks, for the attempt limit: an address id or a network address; never shown. */
  readonly asker: string;
}

export type StatusAnswer =
  | { readonly outcome: 'found'; readonly case: CaseView }
  /** No such number, or the wrong second fact: nobody can tell which. */
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'too-many'; readonly retryAt: number };

/** One step as the person is told about it. */
export interface CaseStepView {
  readonly name: Localised;
  readonly state: 'done' | 'now' | 'later';
  readonly unit: Localised;
  readonly since?: number;
  readonly doneAt?: number;
  readonly expectedBy?: number;
}

/** A case as its person sees it. */
export interface CaseView {
  readonly id: string;
  readonly reference?: string;
  readonly kind: CaseKind;
  readonly state: CaseState;
  /** The topic's everyday name; of a sensitive case, only the kind's general name. */
  readonly title: Localised;
  readonly topic?: TopicRef;
  readonly sensitive: boolean;
  readonly filedAt: number;
  readonly changedAt: number;
  readonly dueAt: number;
  /** Which unit holds it, and since when. */
  readonly holder: { readonly unit: Localised; readonly since: number };
  readonly steps: readonly CaseStepView[];
  /** What is missing from the person. */
  readonly needs: readonly string[];
  readonly late?: { readonly why: string; readonly newDueAt: number };
  readonly answer?: string;
  readonly refusal?: { readonly reasons: string; readonly appeal: string };
  /** What the agency's own system says, and whether it answers now. */
  readonly agencyStatus?: {
    readonly text: string;
    readonly asOf: number;
    readonly reachable: boolean;
    readonly fee?: string;
    readonly paid?: boolean;
  };
  /** What the person may see of the history, oldest first. */
  readonly history: readonly { readonly at: number; readonly by: CaseActor['kind']; readonly text: string }[];
  readonly details?: CaseDetails;
}

export type ChangeOutcome =
  | { readonly outcome: 'done'; readonly case: CaseRecord }
  /** The same key was applied before; nothing was written. */
  | { readonly outcome: 'known'; readonly case: CaseRecord }
  | { readonly outcome: 'not-found' }
  /** Its state forbids it. */
  | { readonly outcome: 'impossible'; readonly why: string };

export const followerParts = ['family', 'carer'] as const;
/** What somebody who follows a case is to its person. */
export type FollowerPart = (typeof followerParts)[number];

/** `id` names the one who follows within the case. */
export interface CaseFollower {
  readonly id: string;
  readonly as: FollowerPart;
  readonly since: number;
  /** When it ends by itself, ms. */
  readonly until?: number;
}

export type JoinOutcome =
  | { readonly outcome: 'joined'; readonly title: Localised }
  /** The code made them a carer: of whom, and until when. */
  | { readonly outcome: 'entrusted'; readonly personName: string; readonly until: number }
  /** No such code, used, too old, or one's own case. */
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'too-many'; readonly retryAt: number };

/** What chat dialogs and the desk do with cases. Each write is one compare-and-set under a key, safe to repeat. */
export interface CaseService {
  /** How the topic (or, without one, the kind of matter) would be received. */
  reception(kind: CaseKind, topic?: TopicRef): Reception;
  file(draft: CaseDraft): Promise<FileOutcome>;
  /** Number and second fact, from anybody. */
  status(query: StatusQuery): Promise<StatusAnswer>;
  /** Sends a one-time code to the person of the case; says nothing about whether there is one. */
  sendCode(reference: string, asker: string): Promise<void>;
  /** Cases of an identified person and those they may follow, newest first. */
  ofPerson(personId: string, limit: number): Promise<readonly CaseView[]>;
  /** One case of theirs. */
  oneOfPerson(personId: string, caseId: string): Promise<CaseView | undefined>;
  /** An open matter of theirs of this kind and topic, filed since `since`: to notice doubles. */
  recentDouble(
    personId: string,
    kind: CaseKind,
    topic: TopicRef | undefined,
    since: number,
  ): Promise<CaseView | undefined>;
  /** The person adds something afterwards. */
  addNote(addition: {
    readonly key: string;
    readonly caseId: string;
    readonly personId: string;
    readonly text: string;
    readonly attachments?: readonly CaseAttachment[];
  }): Promise<ChangeOutcome>;
  /** The person takes it back. */
  withdraw(by: {
    readonly key: string;
    readonly caseId: string;
    readonly personId: string;
  }): Promise<ChangeOutcome>;
  /**
   * A code that lets one other person follow the case, once, within a day: shown to its person and kept as a keyed hash only. Made
   * from `key`, so the same again is the same code; a new one takes the place of an earlier one. `undefined`: not theirs, or a sensitive matter, which nobody else follows.
   */
  invite(by: {
    readonly key: string;
    readonly caseId: string;
    readonly personId: string;
    readonly as: FollowerPart;
    /** When following ends by itself, ms; absent: when its person ends it. */
    readonly until?: number;
  }): Promise<{ readonly code: string; readonly expiresAt: number } | undefined>;
  /** Whoever has the code follows the case from now on, and hears of it in the conversation; the code of a `Mandate` makes a carer. */
  join(by: {
    readonly key: string;
    readonly code: string;
    readonly personId: string;
    readonly conversationId?: string;
    readonly addressId?: string;
    /** For the attempt limit, as in `StatusQuery`. */
    readonly asker: string;
  }): Promise<JoinOutcome>;
  /** Who follows a case of theirs. */
  followersOf(personId: string, caseId: string): Promise<readonly CaseFollower[]>;
  /** Who else may follow it: a family member or carer. */
  follow(by: {
    readonly key: string;
    readonly caseId: string;
    readonly personId: string;
    readonly followerId: string;
    readonly allowed: boolean;
  }): Promise<ChangeOutcome>;
  /** New details, made from the ones now stored: slots, attempts, relay answers. `undefined` from `change` leaves it. */
  changeDetails(by: {
    readonly key: string;
    readonly caseId: string;
    readonly actor: CaseActor;
    readonly change: (details: CaseDetails, record: CaseRecord) => CaseDetails | undefined;
    /** What the person sees of it in the history. */
    readonly note?: string;
    /** Tells the person, once. */
    readonly notice?: Notice;
    readonly state?: CaseState;
    /** When it is due now, ms. */
    readonly dueAt?: number;
  }): Promise<ChangeOutcome>;
  details(record: CaseRecord): CaseDetails;
}

/** What officers do. All of it only on cases the officer has the right to; others do not exist for them. */
export interface CaseDesk {
  open(caseId: string, officer: Officer): Promise<CaseRecord>;
  byReference(reference: string, officer: Officer): Promise<CaseRecord | undefined>;
  /** Open cases of the officer's agency by due date; `kind` narrows. */
  due(
    officer: Officer,
    query: {
      readonly kind?: CaseKind;
      readonly before?: number;
      readonly limit: number;
      readonly after?: string;
    },
  ): Promise<{ readonly cases: readonly CaseRecord[]; readonly cursor?: string }>;
  mine(officer: Officer, limit: number): Promise<readonly CaseRecord[]>;
  ofPerson(personId: string, officer: Officer, limit: number): Promise<readonly CaseRecord[]>;
  act(caseId: string, officer: Officer, key: string, act: CaseAct): Promise<ChangeOutcome>;
  details(record: CaseRecord): CaseDetails;
  /** As the person sees it. */
  view(record: CaseRecord): CaseView;
}

export type CaseAct =
  | { readonly kind: 'take' }
  /** The agency it was handed on to has it; only now the person gets a number. */
  | { readonly kind: 'acknowledge'; readonly theirReference?: string }
  | { readonly kind: 'assign'; readonly officerId: string; readonly name: string }
  /** To another agency of this installation. */
  | { readonly kind: 'hand-on'; readonly agencyId: string; readonly why: string }
  | { readonly kind: 'finish-step'; readonly step: string; readonly note?: string }
  /** Internal; the person does not see it. */
  | { readonly kind: 'note'; readonly text: string }
  /** A message to the person within the case. */
  | { readonly kind: 'tell'; readonly text: string }
  | { readonly kind: 'ask-person'; readonly needs: readonly string[] }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'refuse'; readonly reasons: string; readonly appeal: string }
  | { readonly kind: 'delay'; readonly why: string; readonly newDueAt: number };

/** One entry of a case's history. Never changed, never removed. */
export interface CaseEvent {
  /** Unique within the case. */
  readonly key: string;
  readonly at: number;
  readonly by: CaseActor;
  /** `filed`, `acknowledged`, `state`, an act's kind, … */
  readonly kind: string;
  /** Whether the person may see it. */
  readonly public: boolean;
  readonly text?: string;
  readonly attachments?: readonly CaseAttachment[];
  readonly from?: CaseState;
  readonly to?: CaseState;
}

/** A step in progress; `after` names the steps that must be finished first, so steps run one by one or side by side. */
export interface CaseStep {
  readonly id: string;
  readonly name: Localised;
  readonly unit: Localised;
  readonly after: readonly string[];
  /** How long it may take once it began. */
  readonly workingHours: number;
  readonly startedAt?: number;
  readonly expectedBy?: number;
  readonly doneAt?: number;
}

/** A case at rest. */
export interface CaseRecord extends Stored {
  readonly kind: CaseKind;
  readonly state: CaseState;
  /** Present once something that accepts has acknowledged. */
  readonly reference?: string;
  readonly key: string;
  readonly personId?: string;
  readonly followers: readonly string[];
  /** When some of them stop following by themselves, ms. */
  readonly followersUntil?: Readonly<Record<string, number>>;
  readonly conversationId?: string;
  readonly language: string;
  readonly onBehalfOf?: string;
  readonly topic?: TopicRef;
  readonly channel: ChannelName;
  /** The agency that works on it in this installation. */
  readonly agencyId: string;
  /** Where it was filed; may look at it later, unless it is sensitive. */
  readonly originAgencyId: string;
  /** The agency of the register it concerns. */
  readonly topicAgencyId?: string;
  readonly partner?: string;
  readonly assignee?: { readonly id: string; readonly name: string };
  readonly against?: CaseDraft['against'];
  readonly filedKey?: string;
  readonly sensitive: boolean;
  readonly filedAt: number;
  readonly changedAt: number;
  readonly dueAt: number;
  readonly holderSince: number;
  readonly steps: readonly CaseStep[];
  readonly needs: readonly string[];
  readonly late?: { readonly why: string; readonly newDueAt: number };
  readonly answer?: string;
  readonly refusal?: { readonly reasons: string; readonly appeal: string };
  readonly handOn?: {
    readonly by: 'api' | 'email' | 'file';
    readonly sentAt?: number;
    readonly acknowledgedAt?: number;
    readonly theirReference?: string;
    readonly attempts: number;
  };
  readonly agencyStatus?: {
    readonly text: string;
    readonly asOf: number;
    readonly fee?: string;
    readonly paid?: boolean;
  };
  /** Keyed hashes of the second facts that open it. */
  readonly secondFacts: readonly {
    readonly kind: SecondFactKind;
    readonly hash: string;
    readonly expiresAt?: number;
  }[];
  readonly sealedEmail?: string;
  /** `CaseDetails` as JSON, sealed with the data keys. */
  readonly sealedDetails: string;
  readonly history: readonly CaseEvent[];
  /** Notices and hooks that stand to be given out; each is removed when it was. */
  readonly pending: readonly CasePending[];
  /** The due date whose passing was told already, ms. */
  readonly overdueTold?: number;
  readonly unacknowledgedTold?: boolean;
  /** When its agency's own system was last asked of our own accord, ms. */
  readonly polledAt?: number;
}

/**
 * Something a change promised and that still has to be given out; removed when it was. The key makes it happen once.
 * `plain`: says nothing of the matter, so it goes out as it is even where the case is sensitive.
 */
export type CasePending =
  | { readonly key: string; readonly kind: 'notice'; readonly notice: Notice; readonly plain?: boolean }
  | {
      readonly key: string;
      readonly kind: 'mail';
      readonly mail: 'status' | 'new' | 'overdue' | 'unacknowledged';
      readonly to: 'person' | 'agency' | 'managers';
    }
  | { readonly key: string; readonly kind: 'hook'; readonly event: string }
  | { readonly key: string; readonly kind: 'hand-on' }
  /** Those who follow it are told that it stands differently. */
  | { readonly key: string; readonly kind: 'followers' }
  /** The appointment stands differently: its seat, its reminders. */
  | { readonly key: string; readonly kind: 'appointment' };
