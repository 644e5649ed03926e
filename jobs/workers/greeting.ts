import { type Addresses, type InboundDraft, type Message, newConversation } from '../../core';
import type { LaneParts } from './lane';

/**
 * What whoever opens a channel is told, as the lane would commit it. Nothing of it is kept, so that who only looks leaves nothing; the
 * same is decided and kept with the first words.
 */
export function createGreeting(
  parts: Pick<LaneParts, 'clock' | 'desk' | 'decide' | 'commitOf' | 'defaultLanguage'> & {
    readonly addresses: Pick<Addresses, 'idOf'>;
    readonly conversationIdOf: (addressId: string) => string;
  },
): (draft: InboundDraft) => Promise<readonly Message[]> {
  return async ({ externalId, ...draft }) => {
    const now = parts.clock();
    const { channel, account, audience, language = parts.defaultLanguage } = draft;
    const id = parts.addresses.idOf(channel, account, externalId);
    const nobody = { sealedExternalId: '', agencyId: '', personId: '', createdAt: now, version: 0 };
    const address = { ...nobody, id, channel, account, audience };
    const conversationId = parts.conversationIdOf(id);
    const conversation = { ...newConversation(conversationId, address, language, now), version: 0 };
    const event = {
      ...draft,
      ...{ id: `${channel}:${account}:${draft.providerEventId}`, addressId: id, conversationId },
    };
    const desk = await parts.desk();
    const decision = await parts.decide({ event, conversation, now, language, desk });
    const { pending } = parts.commitOf(conversation, { event, decision }, now, address);
    return pending.flatMap(each => (each.kind === 'message' ? [{ ...each.record, version: 0 }] : []));
  };
}
