interface Node {
  readonly next: Map<number, Node>;
  values?: number[];
}

/** Finds which of many phrases stand in a text: a tree walked from every letter, so that the cost does not grow with the list. */
export class PhraseMatcher<T> {
  private readonly root: Node = { next: new Map() };
  private readonly values: T[] = [];

  constructor(phrases: Iterable<readonly [string, T]>) {
    for (const [phrase, value] of phrases) {
      let node = this.root;
      for (let at = 0; at < phrase.length; at += 1) {
        const code = phrase.charCodeAt(at);
        const next = node.next.get(code) ?? { next: new Map<number, Node>() };
        node.next.set(code, next);
        node = next;
      }
      node.values = [...(node.values ?? []), this.values.push(value) - 1];
    }
  }

  /** Calls back for every phrase found, with where it stands. */
  each(text: string, found: (value: T, start: number, end: number) => void): void {
    for (let start = 0; start < text.length; start += 1) {
      let node = this.root.next.get(text.charCodeAt(start));
      for (let end = start + 1; node !== undefined; end += 1) {
        for (const value of node.values ?? []) {
          const held = this.values[value];
          if (held !== undefined) found(held, start, end);
        }
        if (end >= text.length) break;
        node = node.next.get(text.charCodeAt(end));
      }
    }
  }
}
