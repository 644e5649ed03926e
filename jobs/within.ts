/** The answer, or a rejection when it takes longer than `withinMs`. */
export async function within<R>(withinMs: number, answer: Promise<R>): Promise<R> {
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(deadline);
  }
}

/** Whether `work` ended in time. */
export async function endsWithin(withinMs: number, work: Promise<unknown>): Promise<boolean> {
  try {
    await within(withinMs, work);
    return true;
  } catch {
    return false;
  }
}
