interface Node<T> {
  next?: Map<number, Node<T>>;
  /** The rest of the one word that goes on from here; a node with a rest has no others. */
  rest: string;
  /** Set where a word ends, after the rest; the meaning may itself be undefined. */
  meaning?: { readonly value: T };
}

const space = 32;

/**
 * Finds the longest of many words at a place. Reading costs at most the longest word, whatever the text; what only one word has is
 * kept as a string.
 */
export class Trie<T> {
  private readonly root: Node<T> = { rest: '' };

  /** The first meaning given to a word stays. */
  add(word: string, value: T): void {
    let node = this.root;
    for (let index = 0; index < word.length; index++) {
      if (node.rest !== '' && node.rest === word.slice(index)) return;
      branch(node);
      const code = word.charCodeAt(index);
      const next = node.next?.get(code);
      if (next === undefined) {
        (node.next ??= new Map()).set(code, { rest: word.slice(index + 1), meaning: { value } });
        return;
      }
      node = next;
    }
    branch(node);
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
    let read = 0;
    let best: { value: T; end: number } | undefined;
    for (let index = start; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const next = read < node.rest.length ? undefined : node.next?.get(code);
      if (next !== undefined) {
        node = next;
        read = 0;
      } else if (read < node.rest.length && node.rest.charCodeAt(read) === code) {
        read++;
      } else {
        if (loose && code === space && index > start && text.charCodeAt(index - 1) !== space) continue;
        break;
      }
      if (read === node.rest.length && node.meaning !== undefined && fits(index + 1))
        best = { value: node.meaning.value, end: index + 1 };
    }
    return best;
  }
}

/** Puts the rest of a node into a node of its own, so that other words can go on from here. */
function branch<T>(node: Node<T>): void {
  if (node.rest === '') return;
  const { rest, meaning } = node;
  node.next = new Map([[rest.charCodeAt(0), { rest: rest.slice(1), ...(meaning ? { meaning } : {}) }]]);
  node.rest = '';
  delete node.meaning;
}
