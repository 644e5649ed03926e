/** First Thai code point; a unit of a dictionary word is its distance from here, 1 to 91. */
const base = 0x0e00;
const fan = 128;

/**
 * Words as a tree in flat arrays: an edge is (node, letter) in an open hash, so that a lookup is a few array reads and 65,000
 * words take some ten megabytes. Only Thai letters and marks; other words are cut by rule.
 */
export class WordTrie {
  private keys: Int32Array;
  private targets: Int32Array;
  private mask: number;
  private edges = 0;
  private nodes = 1;
  private costs: Float32Array;

  constructor(expectedEdges: number) {
    let size = 1024;
    while (size < expectedEdges * 2) size *= 2;
    this.keys = new Int32Array(size);
    this.targets = new Int32Array(size);
    this.mask = size - 1;
    this.costs = new Float32Array(1024).fill(Number.NaN);
  }

  /** The node behind `code` from `node` (0 is the root), or 0: no word goes on that way. */
  step(node: number, code: number): number {
    const letter = code - base;
    if (letter <= 0 || letter >= fan) return 0;
    const key = node * fan + letter + 1;
    let slot = hash(key) & this.mask;
    for (;;) {
      const found = this.keys[slot];
      if (found === key) return this.targets[slot] ?? 0;
      if (found === 0) return 0;
      slot = (slot + 1) & this.mask;
    }
  }

  /** Cost of the word that ends at `node`; NaN where none ends. */
  cost(node: number): number {
    return this.costs[node] ?? Number.NaN;
  }

  /** Adds a word, or lowers its cost. Words with other than Thai units are left out. */
  add(word: string, cost: number): void {
    if (word.length === 0) return;
    for (let at = 0; at < word.length; at += 1) {
      const letter = word.charCodeAt(at) - base;
      if (letter <= 0 || letter >= fan) return;
    }
    let node = 0;
    for (let at = 0; at < word.length; at += 1) node = this.grow(node, word.charCodeAt(at));
    const before = this.costs[node] ?? Number.NaN;
    if (Number.isNaN(before) || cost < before) this.costs[node] = cost;
  }

  has(word: string): boolean {
    let node = 0;
    for (let at = 0; at < word.length; at += 1) {
      node = this.step(node, word.charCodeAt(at));
      if (node === 0) return false;
    }
    return !Number.isNaN(this.cost(node));
  }

  private grow(node: number, code: number): number {
    const next = this.step(node, code);
    if (next !== 0) return next;
    if (this.edges * 2 > this.keys.length) this.rehash();
    const target = this.nodes;
    this.nodes += 1;
    if (target >= this.costs.length) {
      const costs = new Float32Array(this.costs.length * 2).fill(Number.NaN);
      costs.set(this.costs);
      this.costs = costs;
    }
    this.insert(node * fan + (code - base) + 1, target);
    this.edges += 1;
    return target;
  }

  private insert(key: number, target: number): void {
    let slot = hash(key) & this.mask;
    while (this.keys[slot] !== 0) slot = (slot + 1) & this.mask;
    this.keys[slot] = key;
    this.targets[slot] = target;
  }

  private rehash(): void {
    const { keys, targets } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.targets = new Int32Array(keys.length * 2);
    this.mask = this.keys.length - 1;
    for (let slot = 0; slot < keys.length; slot += 1) {
      const key = keys[slot] ?? 0;
      if (key !== 0) this.insert(key, targets[slot] ?? 0);
    }
  }
}

function hash(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
