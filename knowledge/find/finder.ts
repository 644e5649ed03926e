import {
  browseWays,
  type BrowseWay,
  type Finder,
  type Knowledge,
  type TopicSummary,
  type TopicFilter,
  type TopicGroup,
  type Understander,
} from '../../core';
import type { Groups } from './groups';
import { servicesByName } from './name-order';
import { wordsOf } from './word-index';

export interface FinderParts {
  readonly knowledge: () => Knowledge;
  readonly understander: () => Understander;
  readonly groups: Groups;
}

/** A model's topics stand above what words alone find from here on. */
const understoodFrom = 0.06;
const mostFound = 60;
/** Hits by words that are this much weaker than the best one have nothing to do with the question. */
const leastOfBest = 0.35;
/** What is looked for is short; the rest of a longer text is not read. */
const readCharacters = 200;

const thaiOrder = new Intl.Collator('th');

const valuesOf: Readonly<Record<BrowseWay, (topic: TopicSummary) => readonly string[]>> = {
  category: topic => (topic.category === undefined ? [] : [topic.category]),
  lifeStage: topic => topic.lifeStages,
  targetGroup: topic => topic.targetGroups,
  agency: topic => [topic.agencyId],
};

/** The services of one version. */
interface Shelf {
  readonly ordered: readonly TopicSummary[];
  readonly byId: ReadonlyMap<string, TopicSummary>;
}

/** What is asked most, then by name. */
function inOrder(knowledge: Knowledge, mostAsked: readonly string[]): readonly TopicSummary[] {
  const services = servicesByName(knowledge);
  const first = services.filter(({ id }) => mostAsked.includes(id));
  const others = services.filter(({ id }) => !mostAsked.includes(id));
  return [...first.toSorted((a, b) => mostAsked.indexOf(a.id) - mostAsked.indexOf(b.id)), ...others];
}

/** Looks through whatever version is published when it is asked. */
export function createFinder({ knowledge, understander, groups }: FinderParts): Finder {
  const shelves = new WeakMap<Knowledge, Shelf>();
  function shelfOf(now: Knowledge): Shelf {
    const known = shelves.get(now);
    if (known) return known;
    const ordered = inOrder(now, groups.mostAsked);
    const shelf = { ordered, byId: new Map(ordered.map(topic => [topic.id, topic])) };
    shelves.set(now, shelf);
    return shelf;
  }
  const services = (): readonly TopicSummary[] => shelfOf(knowledge()).ordered;

  function names(way: BrowseWay): readonly Omit<TopicGroup, 'count'>[] {
    if (way !== 'agency') return groups[way];
    const agencies = knowledge()
      .agencies()
      .map(({ id, name }) => ({ id, label: name }));
    return agencies.toSorted((a, b) => thaiOrder.compare(a.label.th, b.label.th));
  }

  function counted(way: BrowseWay): TopicGroup[] {
    const counts = new Map<string, number>();
    for (const topic of services())
      for (const value of valuesOf[way](topic)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return names(way).flatMap(name => {
      const count = counts.get(name.id) ?? 0;
      return count > 0 ? [{ ...name, count }] : [];
    });
  }

  /** The closest services first: what the text is understood to mean, then what shares its words. */
  function closest(text: string): TopicSummary[] {
    const now = knowledge();
    const { byId } = shelfOf(now);
    // Time only places dates, which no service has.
    const { topics } = understander().understand(text, 0);
    const meant = topics
      .filter(({ kind, score }) => kind === 'service' && score >= understoodFrom)
      .flatMap(({ id }) => byId.get(id) ?? []);
    const hits = wordsOf(now).search(text, mostFound);
    const least = (hits[0]?.score ?? 0) * leastOfBest;
    const alike = hits.filter(({ score }) => score >= least).flatMap(({ id }) => byId.get(id) ?? []);
    return [...new Map([...meant, ...alike].map(topic => [topic.id, topic])).values()];
  }

  const fits = (topic: TopicSummary, filter: TopicFilter): boolean =>
    browseWays.every(way => {
      const wanted = filter[way];
      return wanted === undefined || valuesOf[way](topic).includes(wanted);
    });

  return {
    groups: counted,
    group: (way, id) => counted(way).find(group => group.id === id),
    find(filter) {
      const text = filter.text?.trim().slice(0, readCharacters) ?? '';
      const topics = text === '' ? services() : closest(text);
      return topics.filter(topic => fits(topic, filter));
    },
    mostAsked: () => groups.mostAsked.flatMap(id => knowledge().topic({ kind: 'service', id }) ?? []),
  };
}
