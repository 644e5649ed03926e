import { useState } from 'react';
import { codeOf } from '../state/api';
import { useSorry } from '../words/words';

/** Runs what a button asks for; a refusal stands in words beside it. */
export function useWork(): {
  readonly problem: string | undefined;
  readonly busy: boolean;
  readonly work: (task: () => Promise<unknown>) => void;
} {
  const sorry = useSorry();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  return {
    problem,
    busy,
    work(task) {
      setBusy(true);
      setProblem(undefined);
      task()
        .catch((error: unknown) => setProblem(sorry(codeOf(error))))
        .finally(() => setBusy(false));
    },
  };
}
