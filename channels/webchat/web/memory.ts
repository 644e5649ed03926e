import type { ClientParts, Outgoing } from '../../transcript-socket/web/client';
import { keep, kept } from '../../transcript-socket/web/dom';

const names = {
  visitor: 'thamrat.visitor',
  unsent: 'thamrat.unsent',
  size: 'thamrat.size',
  language: 'thamrat.language',
} as const;

const device = (): Storage => localStorage;
/** Ends with the tab: a shared computer does not keep what somebody was about to send. */
const tab = (): Storage => sessionStorage;

export const sizes = ['small', 'medium', 'large'] as const;
export type Size = (typeof sizes)[number];

export const readSize = (): Size => sizes.find(size => size === kept(device, names.size)) ?? 'small';
export const keepSize = (size: Size): void => keep(device, names.size, size);
export const readLanguage = (): string | undefined => kept(device, names.language);
export const keepLanguage = (language: string): void => keep(device, names.language, language);

const isOutgoing = (value: unknown): value is Outgoing =>
  typeof value === 'object' &&
  value !== null &&
  'clientId' in value &&
  'label' in value &&
  ('text' in value || 'choice' in value);

function readUnsent(): Outgoing[] {
  try {
    const list: unknown = JSON.parse(kept(tab, names.unsent) ?? '[]');
    return Array.isArray(list) ? list.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}

/** What the chat page remembers on this device, where the browser lets it. */
export const memory: ClientParts['memory'] = {
  visitor: () => kept(device, names.visitor),
  keepVisitor: token => keep(device, names.visitor, token),
  unsent: readUnsent,
  keepUnsent: list => keep(tab, names.unsent, list.length > 0 ? JSON.stringify(list) : undefined),
};

/** Leaves nothing of the conversation on this device. */
export function forget(): void {
  memory.keepVisitor(undefined);
  memory.keepUnsent([]);
}
