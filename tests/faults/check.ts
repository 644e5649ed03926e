import type { InboxRecord, Message, OutboxItem } from '../../core';
import { triesPerEvent } from '../../jobs';
import { type Records, conversationIdOf } from '../../store';
import type { Ledger } from './ledger';

/** One accepted sending as the stand-in for LINE counted it. */
export interface AcceptedSend {
  readonly to: string;
}

export const everything = 100_000;

/**
 * An event that was under way at each of five deaths is taken for their cause and set aside, and an officer gets the conversation. Kills
 * that come faster than a busy machine answers can hit an innocent one that often: an end state, and counted.
 */
export const wasHitTooOften = (record: InboxRecord): boolean =>
  record.state === 'set-aside' && record.attempts >= triesPerEvent;

function* missingAndDoubled(
  expected: readonly string[],
  found: readonly string[],
  what: string,
): Generator<string> {
  const counts = new Map<string, number>();
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1);
  for (const each of expected) {
    const count = counts.get(each) ?? 0;
    if (count === 0) yield `lost: ${what} ${each} was acknowledged and is not stored`;
    if (count > 1) yield `doubled: ${what} ${each} is stored ${count} times`;
  }
}

function* outOfOrder(expected: readonly string[], found: readonly string[], what: string): Generator<string> {
  const place = new Map(found.map((each, index) => [each, index]));
  let last = -1;
  for (const each of expected) {
    const at = place.get(each);
    if (at === undefined) continue;
    if (at < last) yield `inverted: ${what} ${each} stands before one that was sent earlier`;
    last = Math.max(last, at);
  }
}

function* gaps(messages: readonly Message[], what: string): Generator<string> {
  for (const [index, message] of messages.entries()) {
    if (message.seq !== index + 1) {
      yield `numbers: message ${index + 1} of ${what} has the number ${message.seq}`;
      return;
    }
  }
}

/** Replies that reached the stand-in against what the outbox says about them. */
function* sendings(items: readonly OutboxItem[], accepted: number, what: string): Generator<string> {
  const inState = (state: OutboxItem['state']): number => items.filter(item => item.state === state).length;
  const open = inState('waiting') + inState('sending');
  if (open > 0) yield `unanswered: ${open} sendings of ${what} have no end state`;
  const sent = inState('sent');
  const unknown = inState('unknown');
  if (accepted < sent) yield `lost: ${what} shows ${sent} sendings as sent, the vendor accepted ${accepted}`;
  if (accepted > sent + unknown + open)
    yield `doubled: ${what} was sent ${accepted} replies, ${sent} sent and ${unknown} in doubt are recorded`;
}

/** Compares what was acknowledged with what is stored and what was sent. An empty list: the promises held. */
export async function violations(
  ledger: Ledger,
  records: Records,
  accepted: readonly AcceptedSend[],
): Promise<string[]> {
  const found: string[] = [];
  const sentTo = new Map<string, number>();
  for (const send of accepted) sentTo.set(send.to, (sentTo.get(send.to) ?? 0) + 1);

  for (const [user, events] of ledger.line) {
    for (const { eventId } of events) {
      const record = await records.inbox.get(`line:main:${eventId}`);
      if (!record) found.push(`lost: event ${eventId} was acknowledged and is not in the inbox`);
      else if (record.state !== 'done' && !wasHitTooOften(record))
        found.push(`unanswered: event ${eventId} is ${record.state} (${record.why ?? 'no reason'})`);
    }
    const conversation = conversationIdOf(records.addresses.idOf('line', 'main', user));
    const messages = await records.conversations.after(conversation, 0, everything);
    const said = messages.flatMap(message =>
      message.from === 'citizen' ? [message.providerMessageId ?? ''] : [],
    );
    const expected = events.map(event => event.messageId);
    found.push(
      ...missingAndDoubled(expected, said, 'message'),
      ...outOfOrder(expected, said, 'message'),
      ...gaps(messages, user),
    );
    const items = await records.outbox.ofMessages(conversation, 0, everything);
    found.push(...sendings(items, sentTo.get(user) ?? 0, user));
    const answered = new Set(messages.flatMap(message => (message.from === 'bot' ? [message.seq] : [])));
    const covered = new Set(items.flatMap(item => item.messageIds.map(id => Number(id.split('/').at(-1)))));
    for (const seq of answered)
      if (!covered.has(seq)) found.push(`lost: reply ${seq} of ${user} has no sending`);
  }

  for (const [visitor, sent] of ledger.web) {
    const conversation = ledger.conversations.get(visitor) ?? '';
    const messages = await records.conversations.after(conversation, 0, everything);
    const said = messages.flatMap(message => (message.from === 'citizen' ? [message.clientId ?? ''] : []));
    const expected = sent.map(message => message.clientId);
    found.push(
      ...missingAndDoubled(expected, said, 'web message'),
      ...outOfOrder(expected, said, 'web message'),
      ...gaps(messages, visitor),
    );
    for (const { clientId, seq } of sent) {
      const stored = messages.find(message => message.clientId === clientId);
      if (stored && stored.seq !== seq)
        found.push(`numbers: ${clientId} was acknowledged as ${seq} and is stored as ${stored.seq}`);
    }
    const shown = (ledger.shown.get(visitor) ?? []).map(line => line.seq);
    const stored = messages.map(message => message.seq);
    if (shown.join() !== stored.join())
      found.push(`screen: ${visitor} was shown [${shown.join()}], stored is [${stored.join()}]`);
  }
  return found;
}
