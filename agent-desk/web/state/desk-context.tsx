import { createContext, useContext } from 'react';
import type { Live, LiveState } from './live';
import type { Officer } from './schemas';
import { createStore, useStore } from './store';

interface DeskContextValue {
  readonly officer: Officer;
  readonly live: Live;
}

export const DeskContext = createContext<DeskContextValue | undefined>(undefined);

export function useDesk(): DeskContextValue {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('DeskContext is missing');
  return desk;
}

export function useLive<P>(pick: (state: LiveState) => P): P {
  return useStore(useDesk().live.state, pick);
}

/** Grows whenever this page changed a person or logged a contact, so that histories on screen are read again. */
export const contactChanges = createStore(0);
export const contactsChanged = (): void => contactChanges.set(count => count + 1);

export type DialogName = 'close' | 'note' | 'transfer' | 'keys';
/** The one dialog that is open. */
export const dialog = createStore<DialogName | undefined>(undefined);
export const openDialog = (name: DialogName | undefined): void => dialog.set(() => name);

/** What officers typed and have not sent, by conversation; in memory only. */
export const drafts = new Map<string, string>();
