import { join } from 'node:path';
import type { ClaimChecker, Clock, Engine, Knowledge, Outgoing, PersonalRecords, SentChannel } from '../core';
import { createClaimChecker, createSentTexts, loadSites } from '../knowledge';

export interface WiredClaims {
  readonly claims: ClaimChecker;
  readonly records: PersonalRecords;
  /** The channel, whose texts are remembered by their hash once the vendor has taken them. */
  noting(channel: SentChannel): SentChannel;
}

const plainly = ({ replies }: Outgoing): string => replies.map(reply => reply.text).join('\n');

/** What checks rumours against what was sent and published. Before `engine.open()`. */
export function wireClaims(parts: {
  readonly root: string;
  readonly engine: Engine;
  readonly mac: (text: string) => string;
  readonly clock: Clock;
  readonly knowledge: () => Knowledge;
  readonly publicUrl: string | undefined;
  readonly onError: (error: unknown) => void;
}): WiredClaims {
  const { engine, mac, clock, knowledge, publicUrl } = parts;
  const sent = createSentTexts({ engine, mac, clock });
  const claims = createClaimChecker({
    sites: loadSites(join(parts.root, 'knowledge', 'data')),
    knowledge,
    sent,
    ownHosts: publicUrl === undefined ? [] : [new URL(publicUrl).hostname],
  });
  return {
    claims,
    records: sent.records,
    noting: channel => ({
      ...channel,
      async send(outgoing) {
        const outcome = await channel.send(outgoing);
        // An answer to what somebody just asked is not what gets faked; what we send of our own accord is.
        if (outcome.outcome !== 'sent' || outgoing.replyHandle) return outcome;
        try {
          await sent.note(channel.shown?.(outgoing) ?? plainly(outgoing));
        } catch (error) {
          // It has been sent: a lost note makes a later question "cannot tell", a thrown one would send twice.
          parts.onError(error);
        }
        return outcome;
      },
    }),
  };
}
