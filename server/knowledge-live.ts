import { join } from 'node:path';
import { setImmediate as yielded } from 'node:timers/promises';
import { type Knowledge, type Quizzes, type Topic, type Understander } from '../core';
import {
  type AnswerMode,
  type EditingCollections,
  type LiveState,
  type Prepare,
  type QuizSet,
  createModels,
  createQuizzes,
  keyOfInputs,
  loadRegister,
  nothingPublished,
  prepareFinding,
  publishOver,
  type ReadContents,
  contentReader,
  readLive,
  rulesIn,
  tellable,
  trainingInputs,
  withRules,
  withWords,
} from '../knowledge';
import {
  type Example,
  createEntityReaderSlowly,
  createUnderstander,
  loadExamples,
  registerNames,
} from '../nlu';
import { keepHeapSmallFor } from './frugal-heap';
import { type Published, loadPublished } from './knowledge';
import { trainInWorker } from './train-in-worker';

/** A version of the register in memory: what it says in full, and what reads questions about it. */
interface Version {
  readonly knowledge: Knowledge;
  readonly understander: Understander;
  readonly quizzes: Quizzes;
  readonly quizSet: QuizSet;
  /** The model's own topics, and its bytes where it is not the one we ship. */
  readonly trained: readonly Topic[];
  readonly model?: Uint8Array;
}

export interface LiveKnowledge {
  /** What answers now; its parts are of one version and change together. */
  readonly published: Published;
  readonly state: () => LiveState;
  /** The quizzes of what answers now, as rows. */
  readonly quizzes: () => QuizSet;
  readonly register: ReturnType<typeof loadRegister>;
  readonly contents: ReadContents;
  readonly prepare: Prepare;
  /** Looks whether something else is to answer; whoever calls meanwhile waits for the same look. */
  follow(): Promise<void>;
  stop(): void;
}

export function followKnowledge(parts: {
  readonly root: string;
  readonly collections: EditingCollections;
  readonly clock: () => number;
  readonly mode: AnswerMode;
  readonly onError: (error: unknown) => void;
}): LiveKnowledge {
  const { root, collections } = parts;
  const data = join(root, 'knowledge', 'data');
  const register = loadRegister(data);
  const models = createModels(collections, parts.clock);
  const readContents = contentReader(collections);
  const contents: ReadContents = manifest => {
    keepHeapSmallFor(Object.keys(manifest.entries).length);
    return readContents(manifest);
  };
  const shipped = loadPublished(root, register);
  const stopping = new AbortController();
  let examples: readonly Example[] | undefined;
  let shippedKey: string | undefined;

  const shippedLabels = new Set(shipped.knowledge.topics().map(({ kind, id }) => `${kind}:${id}`));
  const phrases = (): readonly Example[] => (examples ??= loadExamples(join(data, 'phrases')));
  const shippedModelKey = (): string =>
    (shippedKey ??= keyOfInputs({ topics: shipped.knowledge.topics(), phrases: [] }, phrases()));
  const inputsOf = (knowledge: Knowledge, contents: LiveState['contents']) =>
    trainingInputs(knowledge, contents, shippedLabels);

  const first: Version = { ...shipped, trained: shipped.knowledge.topics() };
  let state = nothingPublished;
  let version = first;
  let told = tellable(first.knowledge, undefined, parts.mode);

  async function modelOf({ model: key }: LiveState): Promise<Uint8Array | undefined> {
    if (key === undefined) return undefined;
    const model = await models.read(key);
    if (!model) parts.onError(new Error(`the model ${key} is missing`));
    return model;
  }

  /** Whoever is in the middle of a quiz goes on in the version that they began. */
  function quizzesOf({ contents }: LiveState): Pick<Version, 'quizzes' | 'quizSet'> {
    const quizSet = withRules(shipped.quizSet, rulesIn([...contents.values()].map(({ head }) => head)));
    const { quizSet: before, quizzes } = version;
    if (quizSet.version === before.version) return { quizSet, quizzes };
    return { quizSet, quizzes: createQuizzes(quizSet, [before]) };
  }

  async function built(next: LiveState): Promise<Version> {
    if (next.number === 0) return first;
    const name = `p${next.number}-${shipped.knowledge.version}`;
    const knowledge = await publishOver(
      register,
      { ...next.manifest, contents: next.contents },
      name,
      yielded,
    );
    const model = next.model === state.model ? version.model : await modelOf(next);
    const trained = model ? inputsOf(knowledge, next.contents).topics : first.trained;
    await yielded();
    const entities = await createEntityReaderSlowly(registerNames(knowledge), yielded);
    await yielded();
    const understander = createUnderstander({
      version: name,
      // Those that it can tell apart: the rest is found by words.
      topics: trained.flatMap(topic => knowledge.topic(topic) ?? []),
      model: model ?? shipped.model,
      entities,
    });
    // Made here, in small steps: no search has to wait for it.
    await prepareFinding(knowledge, yielded);
    return {
      knowledge,
      understander: withWords(understander, knowledge, trained),
      ...quizzesOf(next),
      trained,
      ...(model ? { model } : {}),
    };
  }

  async function look(): Promise<void> {
    const next = await readLive(collections, state, contents);
    if (next === state) return;
    const nextVersion = next.number === state.number ? version : await built(next);
    // No turn runs between these lines: what reads, what is read and what is told are of one version.
    told = tellable(nextVersion.knowledge, next.record, parts.mode);
    version = nextVersion;
    state = next;
  }

  let looking: Promise<void> | undefined;
  let again = false;
  async function follow(): Promise<void> {
    if (looking) {
      again = true;
      return looking;
    }
    looking = (async () => {
      do {
        again = false;
        await look();
      } while (again);
    })();
    try {
      await looking;
    } finally {
      looking = undefined;
    }
  }

  const prepare: Prepare = async ({ manifest, contents: candidate, trial }) => {
    const knowledge = await publishOver(register, { ...manifest, contents: candidate }, 'next', yielded);
    const inputs = inputsOf(knowledge, candidate);
    const key = keyOfInputs(inputs, phrases());
    const own = key !== shippedModelKey();
    const known = own ? await models.has(key) : true;
    if (known && !trial) return own ? { model: key } : {};
    const bytes = known ? ((own ? await models.read(key) : shipped.model) ?? undefined) : undefined;
    const trained = await trainInWorker(
      {
        root,
        topics: inputs.topics,
        phrases: inputs.phrases,
        topicsBefore: version.trained,
        ...(bytes ? { model: bytes } : {}),
        ...(version.model ? { before: version.model } : {}),
      },
      stopping.signal,
    );
    if (trained.model) await models.save(key, trained.model);
    return { ...(own ? { model: key } : {}), effect: trained.effect };
  };

  return {
    published: {
      get knowledge() {
        return told;
      },
      get understander() {
        return version.understander;
      },
      get quizzes() {
        return version.quizzes;
      },
    },
    quizzes: () => version.quizSet,
    state: () => state,
    contents,
    register,
    prepare,
    follow,
    stop: () => stopping.abort(),
  };
}
