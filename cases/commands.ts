import { z } from 'zod';
import {
  type CaseService,
  type Command,
  type FileOutcome,
  type JoinOutcome,
  type Localised,
  type Notice,
  followerParts,
} from '../core';
import { dayIn } from './day';
import { attachmentSchema, caseId, draftSchema } from './schemas';

const filing = draftSchema.omit({ key: true });
const addition = z.object({
  caseId,
  personId: z.string(),
  text: z.string().trim().min(1).max(8_000),
  attachments: z.array(attachmentSchema).max(20).exactOptional(),
  /** Where the attachments were sent. */
  conversationId: z.string().max(300).exactOptional(),
});
const withdrawal = z.object({ caseId, personId: z.string() });
const following = withdrawal.extend({ followerId: z.string(), allowed: z.boolean() });
const inviting = withdrawal.extend({
  as: z.enum(followerParts),
  until: z.number().int().exactOptional(),
  conversationId: z.string().max(300),
});
const joining = z.object({
  code: z.string().max(60),
  personId: z.string(),
  conversationId: z.string().max(300),
  addressId: z.string().max(300).exactOptional(),
  asker: z.string().max(300),
});
const code = z.object({ reference: z.string().max(60), asker: z.string().max(300) });

const joinedLines = ({ th, ...others }: Localised<readonly string[]>): Localised => ({
  ...Object.fromEntries(
    Object.entries<readonly string[]>(others).map(([language, lines]) => [language, lines.join('\n')]),
  ),
  th: th.join('\n'),
});

/** What the person is told of a matter that we cannot take in. A number that exists is told by the case itself. */
function refusal(outcome: FileOutcome): Notice | undefined {
  if (outcome.outcome !== 'not-received') return undefined;
  const { reception } = outcome;
  if (reception.way === 'link')
    return { key: 'case.not-received-link', values: { agency: reception.agency, url: reception.url } };
  if (reception.way === 'go-there') {
    const where = joinedLines(reception.where);
    return where.th
      ? { key: 'case.not-received-go', values: { agency: reception.agency, where } }
      : { key: 'case.not-received', values: { agency: reception.agency } };
  }
  return undefined;
}

const grouped = (digits: string): string => digits.replace(/(\d{4})(?=\d)/gu, '$1 ');

function joinNotice(joined: JoinOutcome): Notice {
  switch (joined.outcome) {
    case 'joined':
      return { key: 'case.joined', values: { title: joined.title } };
    case 'entrusted':
      return { key: 'carer.accepted', values: { name: joined.personName, until: dayIn(joined.until) } };
    case 'not-found':
      return { key: 'case.join-failed' };
    case 'too-many':
      return { key: 'status.too-many', values: { until: joined.retryAt } };
  }
}

/**
 * What dialogs order of cases, by the kind of the command; the command's id is the key, so each happens once:
 * `case.file` (a `CaseDraft` without `key`), `case.add`, `case.withdraw`, `case.follow`,
 * `case.invite`, `case.join`, `case.code`.
 */
export function caseCommands(
  cases: CaseService,
  tell: (conversationId: string, key: string, notice: Notice) => Promise<void>,
): Readonly<Record<string, (command: Command) => Promise<void>>> {
  return {
    'case.file': async ({ id, data }) => {
      const draft = filing.parse(data);
      const notice = refusal(await cases.file({ ...draft, key: id }));
      if (notice && draft.conversationId) await tell(draft.conversationId, id, notice);
    },
    'case.add': async ({ id, data }) => {
      const { conversationId: _conversation, ...note } = addition.parse(data);
      await cases.addNote({ key: id, ...note });
    },
    'case.withdraw': async ({ id, data }) => {
      await cases.withdraw({ key: id, ...withdrawal.parse(data) });
    },
    'case.follow': async ({ id, data }) => {
      await cases.follow({ key: id, ...following.parse(data) });
    },
    'case.invite': async ({ id, data }) => {
      const { conversationId, ...order } = inviting.parse(data);
      const invite = await cases.invite({ key: id, ...order });
      if (!invite) return tell(conversationId, id, { key: 'case.invite-refused' });
      const values = { code: grouped(invite.code), until: invite.expiresAt };
      await tell(
        conversationId,
        id,
        order.until === undefined
          ? { key: 'case.invite', values }
          : { key: 'case.invite-until', values: { ...values, ends: dayIn(order.until) } },
      );
    },
    'case.join': async ({ id, data }) => {
      const order = joining.parse(data);
      const joined = await cases.join({ key: id, ...order });
      await tell(order.conversationId, id, joinNotice(joined));
    },
    'case.code': async ({ data }) => {
      const { reference, asker } = code.parse(data);
      await cases.sendCode(reference, asker);
    },
  };
}
