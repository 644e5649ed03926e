import {
  type BrowseWay,
  type Choice,
  type Decision,
  type Dialog,
  type Finder,
  type TopicSummary,
  type Turn,
  browseWays,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';

export interface BrowseParts {
  readonly finder: Finder;
  readonly say: Say;
}

/** With the ways on and back this is nine choices, which is what a phone shows of an SMS. */
const perPage = 7;

const isWay = (word: string): word is BrowseWay => browseWays.some(way => way === word);

/** Short texts that ask for the lists themselves; what names a matter is answered, not listed. */
const asksMost = /^(?:ขอ)?(?:ดู)?\s*(?:เรื่อง|คำถาม)ที่(?:คน)?(?:ถาม|พบ|เจอ)บ่อย|^faqs?$|^frequently asked/iu;
const asksLists =
  /^(?:ขอ)?(?:ดู)?\s*(?:มี)?(?:บริการ|เรื่อง|หมวด|หัวข้อ)(?:ของรัฐ)?(?:มี)?(?:อะไร|ไหน|ทั้งหมด)?\s*(?:บ้าง|ทั้งหมด)(?:$|[^\p{L}])|^(?:ดู|เลือก)(?:ตาม)?หมวด(?:หมู่)?(?:$|\s)|^(?:list|browse|show)(?: all)? (?:the )?(?:services|topics)/iu;
const namesGroup = /^(?:ดู|ขอดู|เลือก)?\s*หมวด(?:หมู่|เรื่อง)?\s*(?<name>.{2,40})$/u;

const textOf = (turn: Turn): string => (turn.understanding?.normalised ?? '').toLowerCase().trim();

/** Looks through the register by topic, moment of life, group or agency: lists of choices, a page at a time, on every channel. */
export function browse({ finder, say }: BrowseParts): Dialog {
  const listed = (text: string, choices: readonly Choice[]): Decision => ({
    replies: [{ kind: 'choices', text, choices }],
    outcome: 'asked-back',
  });

  /** One page of choices, with the ways on and back. */
  function page(
    turn: Turn,
    heading: string,
    all: readonly Choice[],
    at: string,
    number: number,
    up: string,
  ): Decision {
    const { language } = turn;
    const pages = Math.max(1, Math.ceil(all.length / perPage));
    const now = Math.min(Math.max(number, 1), pages);
    const onward = now < pages ? [{ id: `${at}:~${now + 1}`, label: say(language, 'browse.more') }] : [];
    const text = pages > 1 ? say(language, 'browse.page', { heading, page: now, pages }) : heading;
    return listed(text, [
      ...all.slice((now - 1) * perPage, now * perPage),
      ...onward,
      { id: up, label: say(language, 'browse.back') },
    ]);
  }

  const topicChoice = (topic: TopicSummary, language: string): Choice => ({
    id: `topic:${topic.kind}:${topic.id}`,
    label: inLanguage(topic.name, language),
  });

  function ways(turn: Turn): Decision {
    const { language } = turn;
    return listed(say(language, 'browse.how'), [
      { id: 'browse:asked', label: say(language, 'browse.asked') },
      ...browseWays.map(way => ({ id: `browse:${way}`, label: say(language, `browse.${way}`) })),
      { id: 'quiz:welfare', label: say(language, 'choice.quiz') },
    ]);
  }

  function groups(turn: Turn, way: BrowseWay, number: number): Decision {
    const { language } = turn;
    const all = finder.groups(way).map(({ id, label, count }) => ({
      id: `browse:${way}:${id}`,
      label: `${inLanguage(label, language)} (${count})`,
    }));
    return page(turn, say(language, `browse.${way}`), all, `browse:${way}`, number, 'browse');
  }

  function services(turn: Turn, way: BrowseWay, id: string, number: number): Decision {
    const { language } = turn;
    const group = finder.group(way, id);
    if (!group) return groups(turn, way, 1);
    const all = finder.find({ [way]: id }).map(topic => topicChoice(topic, language));
    return page(turn, inLanguage(group.label, language), all, `browse:${way}:${id}`, number, `browse:${way}`);
  }

  const mostAsked = (turn: Turn): Decision =>
    listed(say(turn.language, 'browse.asked'), [
      ...finder
        .mostAsked()
        .slice(0, perPage + 1)
        .map(topic => topicChoice(topic, turn.language)),
      { id: 'browse', label: say(turn.language, 'browse.back') },
    ]);

  /** The group whose name a text gives after "หมวด". */
  function named(turn: Turn): { way: BrowseWay; id: string } | undefined {
    const name = namesGroup.exec(textOf(turn))?.groups?.['name']?.trim();
    if (name === undefined) return undefined;
    for (const way of browseWays) {
      const group = finder
        .groups(way)
        .find(({ label }) => label.th.includes(name) || name.includes(label.th));
      if (group) return { way, id: group.id };
    }
    return undefined;
  }

  return {
    name: 'browse',
    choice: 'browse',
    hearsFirst: turn => {
      const text = textOf(turn);
      return asksMost.test(text) || asksLists.test(text) || named(turn) !== undefined;
    },
    start(turn) {
      if (turn.choice === undefined) {
        const group = named(turn);
        if (group) return services(turn, group.way, group.id, 1);
        return asksMost.test(textOf(turn)) ? mostAsked(turn) : ways(turn);
      }
      const [, way = '', second = '', third = ''] = turn.choice.split(':');
      if (way === 'asked') return mostAsked(turn);
      if (!isWay(way)) return ways(turn);
      const number = (part: string): number => Number(/^~(\d{1,4})$/u.exec(part)?.[1] ?? 1);
      return second === '' || second.startsWith('~')
        ? groups(turn, way, number(second))
        : services(turn, way, second, number(third));
    },
  };
}
