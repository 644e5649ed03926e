import type { StoredChannel } from '../../core';

/** Web chat: nothing is sent, the page reads the transcript over its socket. */
export function webchatChannel(): StoredChannel {
  return { name: 'webchat', account: 'main', delivery: 'stored' };
}
