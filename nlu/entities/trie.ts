interface Node<T> {
  readonly next: Map<number, Node<T>>;
  /** Set at the end of a word; the meaning may itself be undefined. */
  meaning?: { readonly value: T };
}

const space = 32;

/** Finds the longest of many words at a place. Reading costs at most the longest word, whatever the text. */
export class Trie<T> {
  private readonly root: Node<T> = { next: new Map() };

  /** The first meaning given to a word stays. */
  add(word: string, value: T): void {
    let node = this.root;
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      let next = node.next.get(code);
      if (next === undefined) {
        next = { next: new Map() };
        node.next.set(code, next);
      }
      node = next;
    }
    node.meaning ??= { value };
  }

  /**
   * The longest word that begins at `start` and for which `fits` says yes. With `loose`, single spaces of the text may
   * stand inside the word.
   */
  longest(
    text: string,
    start: number,
    fits: (end: number) => boolean,
    loose = false,
  ): { readonly value: T; readonly end: number } | undefined {
    let node = this.root;
    let best: { value: T; end: number } | undefined;
    for (let index = start; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const next = node.next.get(code);
      if (next === undefined) {
        if (loose && code === space && index > start && text.charCodeAt(index - 1) !== space) continue;
        break;
      }
      node = next;
      if (node.meaning !== undefined && fits(index + 1)) best = { value: node.meaning.value, end: index + 1 };
    }
    return best;
  }
}
