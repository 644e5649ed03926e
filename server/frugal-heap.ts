import { setFlagsFromString } from 'node:v8';

/** V8 doubles a heap before it collects what nobody needs; while much is made and thrown away it may grow by so many percent. */
const frugalGrowth = 20;
const ownGrowth = 0;

let working = 0;

/** Keeps the process small while `work` makes a large register: more is collected, sooner. */
export async function frugally<T>(work: () => Promise<T>): Promise<T> {
  working += 1;
  setFlagsFromString(`--heap-growing-percent=${frugalGrowth}`);
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) setFlagsFromString(`--heap-growing-percent=${ownGrowth}`);
  }
}
