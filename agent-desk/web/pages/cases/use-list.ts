import { useCallback, useEffect, useState } from 'react';
import { codeOf } from '../../state/api';

/** What a list shows, and the code of what went wrong; `load` reads it anew. `read` must stay the same between two looks. */
export function useList<T>(read: () => Promise<T>): {
  readonly shown: T | undefined;
  readonly problem: string | undefined;
  readonly load: () => void;
} {
  const [shown, setShown] = useState<T>();
  const [problem, setProblem] = useState<string>();
  const load = useCallback((): void => {
    read().then(
      found => {
        setShown(found);
        setProblem(undefined);
      },
      (error: unknown) => setProblem(codeOf(error)),
    );
  }, [read]);
  useEffect(load, [load]);
  return { shown, problem, load };
}
