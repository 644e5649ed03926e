/** A text under rewriting that knows, for each of its UTF-16 units, which units of the original it came from. */
export interface MappedText {
  readonly text: string;
  /** Start in the original of unit i. */
  readonly starts: Int32Array;
  /** End in the original (exclusive) of unit i. */
  readonly ends: Int32Array;
}

/** Collects output units with their origin. Grows by doubling, so that appending is linear. */
export class MappedTextBuilder {
  private units: Uint16Array;
  private starts: Int32Array;
  private ends: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.units = new Uint16Array(capacity + 16);
    this.starts = new Int32Array(capacity + 16);
    this.ends = new Int32Array(capacity + 16);
  }

  push(code: number, start: number, end: number): void {
    if (this.length === this.units.length) this.grow();
    this.units[this.length] = code;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length += 1;
  }

  /** The last unit pushed, or 0. */
  last(): number {
    return this.length === 0 ? 0 : (this.units[this.length - 1] ?? 0);
  }

  /** Stretches the last unit's origin, when a following original unit melts into it. */
  extendLast(end: number): void {
    if (this.length > 0) this.ends[this.length - 1] = end;
  }

  finish(): MappedText {
    return {
      text: decode(this.units, this.length),
      starts: this.starts.slice(0, this.length),
      ends: this.ends.slice(0, this.length),
    };
  }

  private grow(): void {
    const size = this.units.length * 2;
    const units = new Uint16Array(size);
    units.set(this.units);
    const starts = new Int32Array(size);
    starts.set(this.starts);
    const ends = new Int32Array(size);
    ends.set(this.ends);
    this.units = units;
    this.starts = starts;
    this.ends = ends;
  }
}

const chunk = 8192;

function decode(units: Uint16Array, length: number): string {
  if (length <= chunk) return String.fromCharCode(...units.subarray(0, length));
  let text = '';
  for (let at = 0; at < length; at += chunk) {
    text += String.fromCharCode(...units.subarray(at, Math.min(length, at + chunk)));
  }
  return text;
}
