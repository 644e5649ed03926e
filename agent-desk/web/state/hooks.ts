import { useCallback, useEffect, useRef, useState } from 'react';
import { codeOf } from './api';

/** The time, moving every `everyMs`, for texts such as "waiting 4 minutes". */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export interface Asked<T> {
  readonly data?: T;
  /** Why there is no data, or no newer data. */
  readonly code?: string;
  readonly loading: boolean;
}

/** Asks again whenever `key` changes; an answer that comes too late is dropped. While asking again the old data stays. */
export function useAsk<T>(
  key: string | undefined,
  ask: () => Promise<T>,
): Asked<T> & { readonly reload: () => void } {
  const [state, setState] = useState<Asked<T> & { readonly key?: string }>({ loading: true });
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (key === undefined) return undefined;
    let current = true;
    setState(before => ({ ...(before.key === key ? before : { key }), loading: true }));
    latest.current().then(
      data => current && setState({ key, data, loading: false }),
      (error: unknown) => current && setState(before => ({ ...before, code: codeOf(error), loading: false })),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound(count => count + 1), []);
  return { ...state, reload };
}

/** Calls back with the text once typing pauses. */
export function useDebounced(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

/** Alt and a key, by its place on the keyboard, so that it works with the Thai layout too. */
export function useAltKeys(acts: Readonly<Record<string, () => void>>): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const act = latest.current[event.code];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
