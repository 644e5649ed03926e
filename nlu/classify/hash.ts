/** FNV-1a over UTF-16 units, one step at a time, so that n-grams are hashed without making strings. */
export const hashStart = 0x811c9dc5;

export const hashUnit = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

/** Spreads the bits and never gives 0, which marks an empty slot. */
export function hashEnd(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed >>> 0 || 1;
}

/** From 32-bit keys to 0, 1, 2 … in the order they came: an open hash in flat arrays. */
export class KeyIndex {
  private slots: Uint32Array;
  private ids: Int32Array;
  private mask: number;
  size = 0;

  constructor(expected: number) {
    let size = 1024;
    while (size < expected * 2) size *= 2;
    this.slots = new Uint32Array(size);
    this.ids = new Int32Array(size);
    this.mask = size - 1;
  }

  /** The id of `key`, or -1. */
  find(key: number): number {
    let slot = key & this.mask;
    for (;;) {
      const found = this.slots[slot];
      if (found === key) return this.ids[slot] ?? -1;
      if (found === 0) return -1;
      slot = (slot + 1) & this.mask;
    }
  }

  /** The id of `key`, given one if it is new. */
  add(key: number): number {
    const known = this.find(key);
    if (known >= 0) return known;
    if (this.size * 2 >= this.slots.length) this.grow();
    this.put(key, this.size);
    this.size += 1;
    return this.size - 1;
  }

  private put(key: number, id: number): void {
    let slot = key & this.mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
    this.slots[slot] = key;
    this.ids[slot] = id;
  }

  private grow(): void {
    const { slots, ids } = this;
    this.slots = new Uint32Array(slots.length * 2);
    this.ids = new Int32Array(slots.length * 2);
    this.mask = this.slots.length - 1;
    for (let slot = 0; slot < slots.length; slot += 1) {
      const key = slots[slot] ?? 0;
      if (key !== 0) this.put(key, ids[slot] ?? 0);
    }
  }
}
