import { type Knowledge, type Steps, type TopicSummary, atOnce, sorting } from '../../core';
import { PerPublication } from './publication';

const thaiOrder = new Intl.Collator('th');

/** Places of the services in the list of topics, by name. */
const orders = new PerPublication<readonly number[]>();

/** Sorts the services of a publication, unless that was done. */
export function* orderingNames(knowledge: Knowledge): Steps<readonly number[]> {
  const known = orders.get(knowledge);
  if (known) return known;
  const topics = knowledge.topics();
  const places = topics.flatMap(({ kind }, place) => (kind === 'service' ? [place] : []));
  const nameOf = (place: number): string => topics[place]?.name.th ?? '';
  const order = yield* sorting(places, (left, right) => thaiOrder.compare(nameOf(left), nameOf(right)));
  orders.set(knowledge, order);
  return order;
}

/** The services of a version in Thai order of their names. */
export function servicesByName(knowledge: Knowledge): readonly TopicSummary[] {
  const topics = knowledge.topics();
  return atOnce(orderingNames(knowledge)).flatMap(place => topics[place] ?? []);
}
