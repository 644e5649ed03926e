import type { StoredChannel } from '../../core';

/** Kiosk at a service point: nothing is sent, the page reads the transcript over its socket. */
export function kioskChannel(): StoredChannel {
  return { name: 'kiosk', account: 'main', delivery: 'stored' };
}
