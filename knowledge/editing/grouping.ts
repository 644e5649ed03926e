/** Letters of a question that are compared; what people ask stands in the beginning. */
const readCharacters = 200;
/** How alike two questions must be to be one (0-1), by the letters they share. */
const alikeEnough = 0.42;

function gramsOf(text: string): ReadonlySet<string> {
  const plain = text
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '')
    .slice(0, readCharacters);
  const found = new Set<string>();
  for (let start = 0; start + 3 <= plain.length; start += 1) found.add(plain.slice(start, start + 3));
  if (found.size === 0 && plain !== '') found.add(plain);
  return found;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const gram of few) if (many.has(gram)) shared += 1;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

/**
 * Groups of texts that ask alike, the largest first. Each text joins the most alike group there is, or begins one: one pass, so that the
 * same texts in the same order always give the same groups.
 */
export function groupAlike<T>(items: readonly T[], textOf: (item: T) => string): T[][] {
  const groups: { readonly first: ReadonlySet<string>; readonly items: T[] }[] = [];
  const having = new Map<string, Set<number>>();
  for (const item of items) {
    const grams = gramsOf(textOf(item));
    const near = new Set([...grams].flatMap(gram => [...(having.get(gram) ?? [])]));
    let best = { at: -1, score: alikeEnough };
    for (const at of near) {
      const score = likeness(grams, groups[at]?.first ?? new Set());
      if (score > best.score) best = { at, score };
    }
    const joined = groups[best.at];
    if (joined) {
      joined.items.push(item);
      continue;
    }
    const at = groups.push({ first: grams, items: [item] }) - 1;
    for (const gram of grams) having.set(gram, (having.get(gram) ?? new Set<number>()).add(at));
  }
  return groups.map(group => group.items).sort((a, b) => b.length - a.length);
}
