import type { Outgoing, Sent } from '../../core';

/** One way to get a text out. Both providers fulfil it alike. */
export interface SmsProvider {
  readonly name: string;
  readonly send: (outgoing: Outgoing) => Promise<Sent>;
}

/**
 * A second provider takes over what the first definitely did not send, and the first what the second did not. What is in doubt stays with
 * the provider that was asked: only it can know.
 */
export function withFailover(first: SmsProvider, second: SmsProvider): (outgoing: Outgoing) => Promise<Sent> {
  return async outgoing => {
    const isSecond = outgoing.stage === second.name;
    const sent = await (isSecond ? second : first).send(outgoing);
    if (sent.outcome !== 'retry') return sent;
    // The other one may be asked at once; the wait is for when both have failed.
    return isSecond ? { ...sent, stage: first.name } : { ...sent, stage: second.name, afterMs: 0 };
  };
}
