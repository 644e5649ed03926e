import { z } from 'zod';
import {
  type CaseService,
  type CaseView,
  type Choice,
  type Decision,
  type Dialog,
  type Reply,
  type Turn,
  followerParts,
  inLanguage,
} from '../../core';
import { bangkokMoment } from '../thai-date';
import { type Media, attachmentsOf, mediaIn } from './attachments';
import type { CaseDialogParts, CaseLookups } from './case-parts';
import { bangkokDay } from './moments';
import { cancels, typedIn, westernDigits } from './typed';

export interface MyMattersParts extends CaseDialogParts {
  readonly cases: CaseLookups & Pick<CaseService, 'followersOf'>;
  /** Where the calendar file of an appointment is, and the page of one's own matters. */
  readonly calendarOf?: (caseId: string) => string;
  readonly pageUrl?: string;
}

/** The own case that the next text belongs to, or that the next text is a code of somebody else's. */
const stateSchema = z.union([z.object({ caseId: z.string().max(200) }), z.object({ code: z.literal(true) })]);
type State = z.infer<typeof stateSchema>;

const name = 'my';
const shownCases = 5;
const daysOfMonth = 30;
const joinWords = /^(?:ติดตามให้|ขอติดตาม|follow)\s*:?\s*([\d๐-๙\s-]{8,14})$/iu;

/** "เรื่องของฉัน": one's own matters and appointments, who may follow them, what to add, taking one back, notices and rights. */
export function myMatters({ cases, say, calendarOf, pageUrl }: MyMattersParts): Dialog {
  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  const reply = (
    turn: Turn,
    key: string,
    choices: readonly Choice[],
    rest: Partial<Decision> = { dialog: null },
    values: Readonly<Record<string, string>> = {},
  ): Decision => ({
    replies: [{ kind: 'choices', text: say(turn.language, key, values), choices }],
    outcome: 'status',
    ...rest,
  });

  const asking = (state: State): Partial<Decision> => ({ dialog: { dialog: name, state } });

  const menu = (turn: Turn): readonly Choice[] => [
    choice(turn.language, 'my', 'my.title'),
    choice(turn.language, 'menu', 'choice.menu'),
  ];

  async function list(turn: Turn, personId: string | undefined): Promise<Decision> {
    const { language } = turn;
    const mine = personId ? await cases.ofPerson(personId, shownCases) : [];
    const choices = mine.map(view => ({
      id: `status:case:${view.id}`,
      label: say(language, 'status.pick', {
        title: inLanguage(view.title, language),
        state: say(language, `case-state.${view.state}`),
      }),
    }));
    // On a screen that others stand before, nothing leads to more than the list.
    const own =
      turn.event.channel === 'kiosk' ? [] : ['my:calendar', 'carer', 'my:notices', 'my:join', 'suggestions'];
    return reply(turn, mine.length > 0 ? 'my.list' : 'my.none', [
      ...choices,
      ...own.map(id => choice(language, id, id === 'carer' ? 'carer.title' : id.replace(':', '.'))),
      choice(language, 'privacy', 'choice.privacy'),
      choice(language, 'status:number', 'status.by-number'),
      choice(language, 'complaint', 'my.complain'),
      choice(language, 'callback', 'my.call-back'),
    ]);
  }

  /** Appointments to come, each with its file for the phone's calendar where the channel may carry a link. */
  async function calendar(turn: Turn, personId: string): Promise<Decision> {
    const { language, now, event } = turn;
    const coming = (await cases.ofPerson(personId, 50))
      .flatMap(view =>
        view.details?.kind === 'appointment' && view.details.state === 'booked' && view.details.startsAt > now
          ? [{ view, at: view.details.startsAt }]
          : [],
      )
      .sort((a, b) => a.at - b.at)
      .slice(0, shownCases);
    const [first] = coming;
    if (!first)
      return reply(turn, 'my.calendar-none', [choice(language, 'booking', 'my.book'), ...menu(turn)]);
    const lines = coming.map(
      ({ view, at }) => `• ${bangkokMoment(at, language)} ${inLanguage(view.title, language)}`,
    );
    const mayLink = calendarOf && event.channel !== 'sms' && event.channel !== 'kiosk';
    const files: Reply[] = mayLink
      ? [
          {
            kind: 'link',
            text: say(language, 'my.calendar-file'),
            label: say(language, 'my.calendar-save'),
            url: calendarOf(first.view.id),
          },
        ]
      : [];
    const shown = reply(
      turn,
      'my.calendar-list',
      [choice(language, `booking:own:${first.view.id}`, 'booking.move'), ...menu(turn)],
      { dialog: null },
      { list: lines.join('\n') },
    );
    return { ...shown, replies: [...files, ...shown.replies] };
  }

  async function followers(turn: Turn, personId: string, view: CaseView): Promise<Decision> {
    const { language } = turn;
    if (view.sensitive) return reply(turn, 'my.not-shared', menu(turn));
    const following = await cases.followersOf(personId, view.id);
    const removing = following.slice(0, 5).map((follower, index) => ({
      id: `my:unfollow:${view.id}:${index}`,
      label: say(language, 'my.unfollow', { who: say(language, `my.as-${follower.as}`) }),
    }));
    return reply(
      turn,
      following.length > 0 ? 'my.followed-by' : 'my.followed-by-nobody',
      [
        ...followerParts.map(as => choice(language, `my:invite:${view.id}:${as}`, `my.invite-${as}`)),
        choice(language, `my:invite:${view.id}:family:month`, 'my.invite-month'),
        ...removing,
        ...menu(turn),
      ],
      { dialog: null },
      { who: following.map(({ as }) => say(language, `my.as-${as}`)).join(', ') },
    );
  }

  function join(turn: Turn, personId: string, code: string): Decision {
    const { event, conversation } = turn;
    const order = {
      ...{ code, personId, conversationId: conversation.id },
      ...{ addressId: event.addressId, asker: event.addressId },
    };
    return reply(turn, 'my.joining', menu(turn), {
      dialog: null,
      commands: [{ kind: 'case.join', data: order }],
    });
  }

  async function ofCase(
    turn: Turn,
    word: string,
    personId: string,
    view: CaseView,
    value: string,
    term: string,
  ): Promise<Decision> {
    const { language, conversation } = turn;
    const { id: caseId } = view;
    switch (word) {
      case 'add':
        if (view.details?.kind === 'appointment') return list(turn, personId);
        return reply(
          turn,
          'my.add-ask',
          [
            choice(language, `my:withdraw:${caseId}`, 'my.withdraw'),
            ...(view.details ? [choice(language, `my:followers:${caseId}`, 'my.followers')] : []),
            choice(language, `my:nothing:${caseId}`, 'my.nothing'),
          ],
          asking({ caseId }),
        );
      case 'withdraw':
        return reply(turn, 'my.withdraw-ask', [
          choice(language, `my:withdraw-yes:${caseId}`, 'my.withdraw-yes'),
          choice(language, 'my', 'my.nothing'),
        ]);
      case 'withdraw-yes':
        return reply(turn, 'my.withdrawn', menu(turn), {
          dialog: null,
          commands: [{ kind: 'case.withdraw', data: { caseId, personId } }],
        });
      case 'followers':
        return followers(turn, personId, view);
      case 'invite': {
        const as = followerParts.find(each => each === value) ?? 'family';
        const until = term === 'month' ? { until: bangkokDay(turn.now, daysOfMonth + 1) - 1 } : {};
        const order = { caseId, personId, as, conversationId: conversation.id, ...until };
        return reply(turn, 'my.inviting', menu(turn), {
          dialog: null,
          commands: [{ kind: 'case.invite', data: order }],
        });
      }
      case 'unfollow': {
        const follower = (await cases.followersOf(personId, caseId))[Number(value)];
        return reply(turn, 'my.unfollowed', menu(turn), {
          dialog: null,
          ...(follower
            ? {
                commands: [
                  {
                    kind: 'case.follow',
                    data: { caseId, personId, followerId: follower.id, allowed: false },
                  },
                ],
              }
            : {}),
        });
      }
      default:
        return list(turn, personId);
    }
  }

  async function onChoice(turn: Turn, id: string): Promise<Decision> {
    const { language } = turn;
    const [, word = '', caseId = '', value = '', term = ''] = id.split(':');
    const personId =
      turn.conversation.audience === 'person' ? await cases.personOf(turn.event.addressId) : undefined;
    if (personId && word === 'calendar') return calendar(turn, personId);
    if (personId && word === 'join') return reply(turn, 'my.join-ask', menu(turn), asking({ code: true }));
    if (personId && word === 'notices')
      return reply(
        turn,
        pageUrl && turn.event.channel === 'webchat' ? 'my.notices-page' : 'my.notices-say',
        [
          choice(language, 'stop', 'my.notices-stop'),
          choice(language, 'start', 'my.notices-start'),
          ...menu(turn),
        ],
        { dialog: null },
        { url: pageUrl ?? '' },
      );
    const view = personId && caseId ? await cases.oneOfPerson(personId, caseId) : undefined;
    return view && personId ? ofCase(turn, word, personId, view, value, term) : list(turn, personId);
  }

  async function codeTold(turn: Turn, digits: string): Promise<Decision> {
    const personId =
      turn.conversation.audience === 'person' ? await cases.personOf(turn.event.addressId) : undefined;
    return personId ? join(turn, personId, digits) : reply(turn, 'case.group', menu(turn));
  }

  /** Words or pictures that belong to a case of one's own; of several pictures each is added as it comes. */
  async function added(
    turn: Turn,
    { caseId }: { readonly caseId: string },
    text: string,
    media: readonly Media[] = [],
  ): Promise<Decision | undefined> {
    const { event, conversation } = turn;
    const personId = await cases.personOf(event.addressId);
    const view = personId ? await cases.oneOfPerson(personId, caseId) : undefined;
    if (!personId || !view) return undefined;
    const attachments = attachmentsOf(event.channel, media);
    const note = { caseId, personId, text, conversationId: conversation.id, attachments };
    return reply(turn, media.length > 0 ? 'my.photo-added' : 'my.added', menu(turn), {
      ...(media.length > 0 ? asking({ caseId }) : { dialog: null }),
      commands: [{ kind: 'case.add', data: note }],
    });
  }

  return {
    name,
    choice: name,
    claims(turn) {
      const text = typedIn(turn) ?? '';
      return joinWords.test(text) || /^(?:เรื่องของฉัน|เรื่องของผม|my cases)$/iu.test(text);
    },
    start(turn) {
      const digits = joinWords.exec(typedIn(turn) ?? '')?.[1];
      if (digits) return codeTold(turn, digits);
      return onChoice(turn, turn.choice ?? 'my');
    },
    async resume(turn, stored) {
      const parsed = stateSchema.safeParse(stored);
      if (!parsed.success) return undefined;
      const media = mediaIn(turn);
      if (media && 'caseId' in parsed.data)
        return added(turn, parsed.data, say(turn.language, 'my.photo'), [media]);
      const text = typedIn(turn);
      if (text === undefined || text === '') return undefined;
      if (cancels(text)) return reply(turn, 'my.add-stopped', menu(turn));
      if ('code' in parsed.data) {
        const digits = westernDigits(text);
        return /^[\d\s-]{8,14}$/u.test(digits.trim()) ? codeTold(turn, digits) : undefined;
      }
      return added(turn, parsed.data, text.slice(0, 8_000));
    },
  };
}
