/** Work that stops every few milliseconds, so that others may go first. */
export type Steps<T> = Generator<undefined, T>;

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, with a pause after every step. */
export async function inSteps<T>(steps: Steps<T>, pause: () => Promise<unknown>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}

/** Items that are compared in one step: some milliseconds. */
const comparedAtOnce = 2_000;

/** Sorted like `toSorted`, in steps: runs of one item, then of two, of four … */
export function* sorting<T>(
  items: readonly T[],
  compare: (left: T, right: T) => number,
): Steps<readonly T[]> {
  let sorted = [...items];
  let rest = comparedAtOnce;
  for (let run = 1; run < sorted.length; run *= 2) {
    const merged: T[] = [];
    for (let from = 0; from < sorted.length; from += 2 * run) {
      let left = from;
      let right = Math.min(from + run, sorted.length);
      const middle = right;
      const end = Math.min(right + run, sorted.length);
      while (left < middle || right < end) {
        const takesLeft =
          right === end || (left < middle && compare(sorted[left] as T, sorted[right] as T) <= 0);
        merged.push(sorted[takesLeft ? left++ : right++] as T);
        rest -= 1;
        if (rest > 0) continue;
        rest = comparedAtOnce;
        yield;
      }
    }
    sorted = merged;
  }
  return sorted;
}
