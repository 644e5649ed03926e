import { useSyncExternalStore } from 'react';

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

/** What stands behind `#` in the address: pages beside the work, such as `setup` and `security`. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash.slice(1));
