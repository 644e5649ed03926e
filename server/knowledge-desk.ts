import { join } from 'node:path';
import { rolesFor } from '../agent-desk';
import type { Audit, Changes, Clock, Command, Engine, Ids, Jobs, PersonalRecords, Route } from '../core';
import {
  type AnswerMode,
  type DueNotice,
  type Entries,
  type Publications,
  type Switches,
  createEntries,
  createLearning,
  createPublications,
  createQuestionBook,
  createSwitches,
  dueNotices,
  editingCollections,
  entryRoutes,
  importRoutes,
  learningRoutes,
  loadSamplePeople,
  publicationRoutes,
  reportRoutes,
  sampleRoutes,
} from '../knowledge';
import { createCheckLink } from './check-link';
import type { Published } from './knowledge';
import { followKnowledge } from './knowledge-live';

/** `key` of a job: the number of a publication; '' looks what is left to do. */
const prepareQueue = 'knowledge-prepare';
const followQueue = 'knowledge-follow';
/** Every process looks this often what is to answer, whoever told it or did not. */
const followEveryMs = 2_000;
const sweepEveryMs = 10_000;
const tellOwnersEveryMs = 60 * 60 * 1000;

export interface AnnouncedTo {
  readonly id: string;
  readonly topic: string;
  readonly text: { readonly th: string; readonly [language: string]: string };
  readonly from: number;
  readonly until: number;
}

export interface KnowledgeOutlets {
  /** Tells those that booked for a service; how many. */
  readonly booked: (announcement: AnnouncedTo) => Promise<number>;
  /** Reminds the owner of entries that come due; once under the notice's id. */
  readonly owner: (notice: DueNotice) => Promise<void>;
}

export interface WiredKnowledge {
  readonly published: Published;
  readonly routes: readonly Route[];
  readonly commands: Readonly<Record<string, (command: Command) => Promise<void>>>;
  readonly personal: PersonalRecords;
  readonly entries: Entries;
  readonly publications: Publications;
  readonly switches: Switches;
  /** After the engine is open and before anything is answered. */
  open(): Promise<void>;
  /** Who tells those that booked for a service, and the owners of entries, which are made later. */
  connect(tell: KnowledgeOutlets): void;
  stop(): void;
}

/** Joins the knowledge that editors own to store, jobs and the desk. Before `engine.open()` and `jobs.start()`. */
export function wireKnowledge(parts: {
  readonly root: string;
  readonly engine: Engine;
  readonly jobs: Jobs;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
  readonly operatorAgencyId: string;
  readonly mode: AnswerMode;
  readonly onError: (error: unknown) => void;
}): WiredKnowledge {
  const { engine, jobs, clock, changes, operatorAgencyId, onError } = parts;
  const collections = editingCollections(engine);
  const live = followKnowledge({ ...parts, collections });
  let tell: KnowledgeOutlets | undefined;

  /** This process at once, the others when they hear of it or look by themselves. */
  const changed = (): void => {
    changes.publish({ kind: 'knowledge' });
  };
  changes.subscribe(change => {
    if (change.kind === 'knowledge') live.follow().catch(onError);
  });

  const entries = createEntries({
    collections,
    shipped: live.register,
    operatorAgencyId,
    clock,
    manifest: () => live.state().manifest,
    published: () => live.state().contents,
    facts: live.quizzes().shared.facts,
  });
  const switches = createSwitches({ ...parts, collections, onChange: changed });
  const publications = createPublications({
    collections,
    entries,
    clock,
    live: live.state,
    contents: live.contents,
    prepare: live.prepare,
    onBegun: number => void jobs.wake(prepareQueue, String(number)).catch(onError),
    onLive: changed,
  });
  const book = createQuestionBook({
    engine,
    clock,
    knowledge: () => live.published.knowledge,
    operatorAgencyId,
  });
  const learning = createLearning({ book, clock, entries });

  const shipped = new Set(live.register.entries.map(({ id }) => id));
  /** What is past its day is no longer answered from, until somebody looked at it. */
  async function expire(): Promise<void> {
    const due = await collections.entries.scan({ index: 'expires', to: clock() + 1, limit: 500 });
    const { entries: published } = live.state().manifest;
    for (const { id } of due.records)
      if (published[id] !== undefined || shipped.has(id))
        await switches.expire(`service:${id}`, 'หมดอายุตามวันที่กำหนด (expired)');
  }

  /** How many were told; once each, whoever asks how often. */
  async function tellBooked(announcement: AnnouncedTo): Promise<number> {
    if (tell === undefined) return 0;
    const count = await tell.booked(announcement);
    await switches.told(announcement.id);
    return count;
  }
  /** What a process announced that ended before it had told everybody. */
  async function tellUntold(): Promise<void> {
    const now = clock();
    for (const each of await switches.announcements())
      if (each.untold && each.until > now) await tellBooked(each);
  }

  let ownersToldUntil = 0;
  /** Each notice is told once a week under its id; looking for them need not be done at every sweep. */
  async function tellOwners(): Promise<void> {
    const now = clock();
    if (tell === undefined || now < ownersToldUntil) return;
    ownersToldUntil = now + tellOwnersEveryMs;
    for (const notice of await dueNotices(collections.entries, now)) await tell.owner(notice);
  }

  jobs.handle(followQueue, { concurrency: 1 }, () => live.follow());
  jobs.every(followQueue, followEveryMs);
  jobs.handle(prepareQueue, { concurrency: 1 }, async key => {
    if (key !== '') return publications.run(Number(key));
    await publications.beginPlanned();
    await expire();
    await tellUntold();
    await tellOwners();
    for (const number of await publications.waiting()) await jobs.wake(prepareQueue, String(number));
  });
  jobs.every(prepareQueue, sweepEveryMs);

  return {
    published: live.published,
    commands: book.commands,
    personal: book.personal,
    entries,
    publications,
    switches,
    open: () => live.follow(),
    connect(to) {
      tell = to;
    },
    stop: () => live.stop(),
    routes: [
      ...importRoutes({ entries, rolesFor }),
      ...entryRoutes({ entries, clock, rolesFor }),
      ...sampleRoutes({
        ...{ entries, rolesFor, quizzes: live.quizzes },
        people: loadSamplePeople(join(parts.root, 'knowledge', 'data', 'quizzes')),
        knowledge: () => live.published.knowledge,
      }),
      ...reportRoutes({ entries, clock, checkLink: createCheckLink(), rolesFor }),
      ...publicationRoutes({
        publications,
        switches,
        entries,
        knowledge: () => live.published.knowledge,
        clock,
        rolesFor,
        tellBooked,
      }),
      ...learningRoutes({
        learning,
        nameOf: topic => book.topicOf(topic)?.name,
        rolesFor,
      }),
    ],
  };
}
