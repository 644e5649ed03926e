import { setFlagsFromString } from 'node:v8';

/** Entries from which on what is made and thrown away while they are published would take more memory than they. */
const largeRegister = 5_000;

/** V8 lets a heap grow to a multiple of what is in use before it collects; from then on by so many percent. */
const growthPercent = 10;

let isFrugal = false;

/** A process that holds a large register collects sooner, from its first publication on. Others are left as they are. */
export function keepHeapSmallFor(entries: number): void {
  if (isFrugal || entries < largeRegister) return;
  isFrugal = true;
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
}
