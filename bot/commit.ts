import type {
  Choice,
  ContactWay,
  Content,
  Conversation,
  Decision,
  Episode,
  InboundEvent,
  Message,
  OutboxItem,
  Owner,
  Pending,
  Reply,
} from '../core';

/** What turning a decision into a commit needs from outside. */
export interface CommitParts {
  /** How the channel splits replies into vendor calls; `undefined` for channels whose client reads the transcript. */
  readonly batch: (
    conversation: Conversation,
    replies: readonly Reply[],
    unasked: boolean,
  ) => readonly (readonly Reply[])[] | undefined;
  /** The person an address belongs to. */
  readonly personId: string;
  readonly knowledgeVersion: string;
}

/** A contact that nobody continued for so long is over; the next message begins another. */
export const episodeIdleMs = 6 * 60 * 60 * 1000;

const ways: Readonly<Record<string, ContactWay>> = {
  line: 'line',
  webchat: 'webchat',
  sms: 'sms',
  kiosk: 'kiosk',
  voice: 'call',
};

type EpisodeDraft = Omit<Episode, 'version'>;
type MessageDraft = Omit<Message, 'version'>;

const speaks = (content: Content): boolean =>
  content.kind === 'text' ||
  content.kind === 'choice' ||
  content.kind === 'media' ||
  content.kind === 'location' ||
  content.kind === 'officer-message';

/** First words for the desk's lists. */
function preview(content: Content): string {
  switch (content.kind) {
    case 'text':
    case 'officer-message':
      return content.text.slice(0, 120);
    case 'choice':
      return (content.label ?? content.choice).slice(0, 120);
    case 'media':
      return content.description ?? content.media;
    default:
      return content.kind;
  }
}

function episodeFor(
  conversation: Conversation,
  personId: string,
  at: number,
): { closed?: EpisodeDraft; open: EpisodeDraft } {
  const current = conversation.episode;
  const stale = current && at - conversation.changedAt > episodeIdleMs && conversation.owner.kind === 'bot';
  if (current && !stale) return { open: current };
  const open: EpisodeDraft = {
    id: `${conversation.id}/e${conversation.seq + 1}`,
    addressId: conversation.addressId,
    personId,
    conversationId: conversation.id,
    agencyId: conversation.agencyId,
    way: ways[conversation.channel] ?? 'other',
    type: 'inquiry',
    status: 'open',
    startedAt: at,
    revision: 0,
  };
  return current ? { closed: closedEpisode(current, conversation.changedAt), open } : { open };
}

const closedEpisode = (episode: EpisodeDraft, at: number): EpisodeDraft => ({
  ...episode,
  status: 'closed',
  endedAt: at,
  revision: episode.revision + 1,
});

function statusOf(owner: Owner): Episode['status'] {
  return owner.kind === 'bot' ? 'open' : owner.kind === 'queue' ? 'waiting' : 'with-officer';
}

function choicesOf(replies: readonly Reply[]): readonly Choice[] | undefined {
  const last = replies.findLast(reply => reply.kind === 'choices');
  return last?.kind === 'choices' ? last.choices : undefined;
}

function messageLine(
  conversation: Conversation,
  seq: number,
  episodeId: string,
  at: number,
): Pick<MessageDraft, 'id' | 'conversationId' | 'seq' | 'episodeId' | 'at'> {
  return { id: `${conversation.id}/${seq}`, conversationId: conversation.id, seq, episodeId, at };
}

/** Something to commit: an event with what was decided about it, or an act of the desk that no event caused. */
export interface Act {
  readonly event?: InboundEvent;
  readonly decision: Decision;
  /** Who speaks in the decision's replies. */
  readonly speaker: { readonly from: 'bot' | 'officer' | 'system'; readonly name?: string };
  /** Kept with the contact. */
  readonly note?: string;
  /** The event could not be handled; why. */
  readonly setAside?: string;
}

const officersReply = ({ text, picture }: Extract<Content, { kind: 'officer-message' }>): Reply =>
  picture === undefined ? { kind: 'text', text } : { kind: 'image', text, url: picture };

/** What the file store is told of an event: something came, or was taken back. In groups nobody asked for their files to be kept. */
function fileCommands(conversation: Conversation, { content, audience }: InboundEvent): Command[] {
  if (audience !== 'person') return [];
  const conversationId = conversation.id;
  if (content.kind === 'unsent') {
    const data = { conversationId, reference: content.providerMessageId };
    return [{ kind: 'file.removed', data }];
  }
  if (content.kind !== 'media' || content.media === 'sticker' || content.reference === undefined) return [];
  const { reference, media, description: name } = content;
  const data = { conversationId, reference: reference.slice(0, 300), media, ...(name ? { name } : {}) };
  return [{ kind: 'file.came', data }];
}

type Command = NonNullable<Decision['commands']>[number];

/** The person's (or, from the desk, the officer's) own line of the transcript. */
function saidIn(
  conversation: Conversation,
  event: InboundEvent,
  episodeId: string,
  at: number,
): MessageDraft | undefined {
  const { content } = event;
  if (!speaks(content)) return undefined;
  const line = messageLine(conversation, conversation.seq + 1, episodeId, at);
  const ids = {
    ...(event.providerMessageId ? { providerMessageId: event.providerMessageId } : {}),
    ...(event.clientId ? { clientId: event.clientId } : {}),
  };
  return content.kind === 'officer-message'
    ? {
        ...line,
        ...ids,
        from: 'officer',
        name: content.officer.name,
        body: { kind: 'reply', reply: officersReply(content) },
      }
    : { ...line, ...ids, from: 'citizen', body: { kind: 'content', content } };
}

function repliesAsMessages(
  conversation: Conversation,
  act: Act,
  firstSeq: number,
  episodeId: string,
  at: number,
  version: string,
): MessageDraft[] {
  const { decision, speaker } = act;
  const topic = decision.topic ? { topic: decision.topic } : {};
  const answered = decision.outcome === 'answered' ? { version, ...topic } : undefined;
  const knowledge = decision.source ?? answered;
  const source = knowledge ? { knowledge } : {};
  return decision.replies.map((reply, index) => ({
    ...messageLine(conversation, firstSeq + index, episodeId, at),
    ...speaker,
    ...source,
    body: { kind: 'reply', reply },
  }));
}

function outboxItems(
  next: Conversation,
  outgoing: readonly MessageDraft[],
  act: Act,
  at: number,
  parts: CommitParts,
): Omit<OutboxItem, 'version'>[] {
  const replies = outgoing.flatMap(message => (message.body.kind === 'reply' ? [message.body.reply] : []));
  const batches =
    next.left || replies.length === 0
      ? undefined
      : parts.batch(next, replies, act.event?.content.kind === 'notice');
  let taken = 0;
  return (batches ?? []).map((batch, index) => {
    const sent = outgoing.slice(taken, taken + batch.length);
    taken += batch.length;
    const seq = sent[0]?.seq ?? next.seq;
    return {
      id: `${next.id}/o${seq}`,
      conversationId: next.id,
      addressId: next.addressId,
      channel: next.channel,
      account: next.account,
      seq,
      messageIds: sent.map(message => message.id),
      language: next.language,
      state: 'waiting',
      attempts: 0,
      doubt: false,
      dueAt: at,
      createdAt: at,
      ...(act.decision.gate === undefined ? {} : { gate: act.decision.gate }),
      ...(index === 0 && act.event?.replyHandle ? { replyHandle: act.event.replyHandle } : {}),
    };
  });
}

function episodeAfter(base: EpisodeDraft, act: Act, owner: Owner, at: number): EpisodeDraft {
  const { close, ...change } = act.decision.episode ?? {};
  const changed: EpisodeDraft = {
    ...base,
    ...change,
    status: statusOf(owner),
    revision: base.revision + 1,
    ...(owner.kind === 'officer' ? { officer: owner.officer } : {}),
    ...(act.note === undefined ? {} : { note: act.note }),
  };
  return close ? { ...changed, status: 'closed', endedAt: at } : changed;
}

function pendingOf(conversation: Conversation, act: Act, at: number): Pending[] {
  const { event, decision } = act;
  const files = event && act.setAside === undefined ? fileCommands(conversation, event) : [];
  const commands = [...(decision.commands ?? []), ...files].map((command, index) => ({
    id: `${event?.id ?? `${conversation.id}/${conversation.version}/${at}`}/${index}`,
    ...command,
  }));
  const unsent = event?.content.kind === 'unsent' ? event.content.providerMessageId : undefined;
  return [
    ...(unsent === undefined ? [] : [{ kind: 'unsent', providerMessageId: unsent } as const]),
    ...commands.map(command => ({ kind: 'command', command }) as const),
  ];
}

/**
 * The next state of a conversation: the event's own line, the replies, the outbox, the contact, the commands and "event finished",
 * all in one record, to be written by one compare-and-set. Pure.
 */
export function commitOf(conversation: Conversation, act: Act, at: number, parts: CommitParts): Conversation {
  const { event, decision } = act;
  const heard = event !== undefined && speaks(event.content);
  const episodes =
    heard || decision.replies.length > 0 ? episodeFor(conversation, parts.personId, at) : undefined;
  const open = episodes?.open ?? conversation.episode;
  const episodeId = open?.id ?? '';
  const said = event && saidIn(conversation, event, episodeId, at);
  const firstSeq = conversation.seq + (said ? 2 : 1);
  const answers = repliesAsMessages(conversation, act, firstSeq, episodeId, at, parts.knowledgeVersion);
  const seq = firstSeq - 1 + answers.length;

  const { dialog: _dialog, episode: _episode, ...rest } = conversation;
  const dialog = decision.dialog === undefined ? conversation.dialog : (decision.dialog ?? undefined);
  const owner = decision.owner ?? conversation.owner;
  const episode = open && episodeAfter(open, act, owner, at);
  const next: Conversation = {
    ...rest,
    seq,
    owner,
    language: decision.language ?? conversation.language,
    left: decision.left ?? conversation.left,
    offered: choicesOf(decision.replies) ?? (said ? [] : conversation.offered),
    changedAt: at,
    ...(dialog ? { dialog } : {}),
    ...(decision.topic ? { topic: decision.topic } : {}),
    ...(episode && episode.status !== 'closed' ? { episode } : {}),
    ...(said && event ? { lastText: preview(event.content) } : {}),
    ...(event?.content.kind === 'unsent' ? { lastText: '' } : {}),
  };
  const lines = [...(said ? [said] : []), ...answers];
  const outgoing = lines.filter(line => line.from !== 'citizen');
  return {
    ...next,
    pending: [
      ...conversation.pending,
      ...lines.map(record => ({ kind: 'message', record }) as const),
      ...outboxItems(next, outgoing, act, at, parts).map(record => ({ kind: 'outbox', record }) as const),
      ...[episodes?.closed, episode].flatMap(record =>
        record ? [{ kind: 'episode', record } as const] : [],
      ),
      ...pendingOf(conversation, act, at),
      ...(event
        ? [
            {
              kind: 'finished',
              eventId: event.id,
              seq: said?.seq ?? seq,
              ...(act.setAside === undefined ? {} : { setAside: act.setAside }),
            } as const,
          ]
        : []),
    ],
  };
}
