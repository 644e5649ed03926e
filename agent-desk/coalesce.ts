/**
 * Runs `work` one at a time; asking while it runs means one more run after it, however often it was asked. Bursts of changes
 * cost one read, and the last change is never missed.
 */
export function coalesce(work: () => Promise<void>, onError: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await work().catch(onError);
    } while (again);
    running = undefined;
  };
  return () => {
    again = true;
    running ??= run();
    return running;
  };
}
