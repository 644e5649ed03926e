import { z } from 'zod';
import type {
  Clock,
  Command,
  Engine,
  Knowledge,
  PersonalRecords,
  QuizFacts,
  Quizzes,
  Stored,
  Suggestions,
} from '../../core';
import { suggest } from './suggest';

/** What one chat told that may be remembered. The id is the address. */
interface Remembered extends Stored {
  readonly facts: QuizFacts;
  /** Ids of services asked about, newest first. */
  readonly asked: readonly string[];
  readonly changedAt: number;
}

export interface SuggestionParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly quizzes: () => Quizzes;
  readonly knowledge: () => Knowledge;
  /** Since when the person behind the address agrees, ms; `undefined`: they do not. The proof of consent is the only switch there is. */
  readonly agreedSince: (addressId: string) => Promise<number | undefined>;
}

export interface WiredSuggestions extends Suggestions {
  readonly personal: PersonalRecords;
  readonly commands: Readonly<Record<string, (command: Command) => Promise<void>>>;
  /** Lets go of all that is remembered of an address. */
  forget(addressId: string): Promise<boolean>;
}

const askedAtMost = 10;
const short = z.string().max(40);
const addressed = z.object({ addressId: z.string().max(200) });
const learned = addressed.extend({
  at: z.number(),
  facts: z.record(short, short).optional(),
  asked: z.string().max(60).optional(),
});

/** Before `engine.open()`. */
export function createSuggestions(parts: SuggestionParts): WiredSuggestions {
  const records = parts.engine.collection<Remembered>({
    name: 'suggestions',
    revision: 1,
    keeps: {
      purpose: 'suggestions',
      basis: 'consent',
      retention: 'suggestions',
      personal: ['facts', 'asked'],
      ages: 'changed',
    },
    indexes: { changed: each => [each.changedAt] },
  });

  async function remember(addressId: string, facts: QuizFacts, asked: string | undefined): Promise<void> {
    for (;;) {
      const before = await records.get(addressId);
      const others = (before?.asked ?? []).filter(each => each !== asked);
      const next = {
        id: addressId,
        facts: { ...before?.facts, ...facts },
        asked: asked === undefined ? others : [asked, ...others].slice(0, askedAtMost),
        changedAt: parts.clock(),
      };
      const written = before
        ? await records.replace({ ...next, version: before.version })
        : await records.insert(next);
      if (written) return;
    }
  }

  async function learn({ data }: Command): Promise<void> {
    const { addressId, at, facts = {}, asked } = learned.parse(data);
    const agrees = async (): Promise<boolean> => ((await parts.agreedSince(addressId)) ?? Infinity) <= at;
    if (!(await agrees())) return;
    await remember(addressId, facts, asked);
    // Who withdrew, or was erased, between the look and the write must not leave something behind.
    if (!(await agrees())) await records.delete(addressId);
  }

  return {
    isOn: async addressId => (await parts.agreedSince(addressId)) !== undefined,
    async of(addressId, told = {}) {
      if ((await parts.agreedSince(addressId)) === undefined) return undefined;
      const kept = await records.get(addressId);
      const [quiz] = parts.quizzes().all();
      const facts = { ...kept?.facts, ...told };
      const asked = kept?.asked ?? [];
      const suggestions = suggest({ quiz, knowledge: parts.knowledge(), facts, asked });
      return { suggestions, facts: quiz?.inWords(facts) ?? [], asked };
    },
    forget: addressId => records.delete(addressId),
    commands: {
      'suggestions.learned': learn,
      'suggestions.forgotten': async ({ data }) => {
        await records.delete(addressed.parse(data).addressId);
      },
    },
    personal: {
      name: 'suggestions',
      async collect({ addressIds }) {
        const kept = await Promise.all(addressIds.map(id => records.get(id)));
        const shown = kept.flatMap(each =>
          each ? [{ facts: each.facts, asked: each.asked, changedAt: each.changedAt }] : [],
        );
        return [{ name: 'suggestions', records: shown }];
      },
      async erase({ addressIds }) {
        const gone = await Promise.all(addressIds.map(id => records.delete(id)));
        return { suggestions: gone.filter(Boolean).length };
      },
      // By the age that the collection declares.
      expire: () => Promise.resolve({}),
    },
  };
}
