import {
  type Choice,
  type ClaimCheck,
  type ClaimChecker,
  type ClaimedSite,
  type Decision,
  type Dialog,
  type Knowledge,
  type Topic,
  type Turn,
  bangkokIsoDate,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';
import { thaiDate } from '../thai-date';
import { queued } from './handover';

export interface RumourParts {
  readonly claims: ClaimChecker;
  readonly knowledge: () => Knowledge;
  readonly say: Say;
}

const name = 'rumour';
const linesShown = 3;
/** A topic this likely is what the rumour is about; what is published on it can be read. */
const aboutFrom = 0.2;

/** Asks whether it is true or a fake … */
const asksIfTrue =
  /(?:ข่าว|ของ|เรื่อง|อัน|เป็น)?(?:จริง|ปลอม|หลอก(?:ลวง)?|มิจ(?:ฉาชีพ)?|แก๊งคอล|เชื่อได้)(?:\s*(?:ไหม|มั้ย|มั๊ย|ปะ|ป่ะ|หรือ|รึ|เหรอ|หรอ))|\b(?:is (?:this|it)|real or|a scam|fake)\b/iu;
/** … of something that came to them. */
const tellsOfMessage =
  /ข้อความ|sms|เอสเอ็มเอส|ลิงก์|ลิ้ง|ส่ง(?:ต่อ|มา|ให้)|แชร์|ได้รับ|โทรมา|เมล|message|link|text|call/iu;
const asksForCheck = /^(?:ช่วย|ขอ)?(?:ตรวจ|เช็ก|เช็ค)(?:สอบ|ดู)?\s*(?:ข้อความ|ลิงก์|sms|ข่าว)[^\n]{0,12}$/iu;

/** Something that somebody heard or was sent, held against what was really sent and what is published. Never called safe. */
export function rumour({ claims, knowledge, say }: RumourParts): Dialog {
  function siteLine(site: ClaimedSite, language: string): string {
    const like = site.kind === 'look-alike' && site.like !== undefined ? 'look-alike-of' : site.kind;
    const owner = site.owner ? inLanguage(site.owner, language) : '';
    const key = site.kind === 'official' && owner !== '' ? 'official-of' : like;
    // Not as an address: nobody should be able to press it in our own answer.
    const host = site.host.replaceAll('.', say(language, 'rumour.dot'));
    return say(language, `rumour.site.${key}`, { host, owner });
  }

  /** What is published on the matter, if the text names one or is clearly about one. */
  function publishedOn({ understanding }: Turn): Topic[] {
    const named = (understanding?.entities ?? []).flatMap(({ kind, value }) =>
      kind === 'service' ? (knowledge().topic({ kind, id: value }) ?? []) : [],
    );
    const likely = (understanding?.topics ?? []).flatMap(ref =>
      ref.score >= aboutFrom ? (knowledge().topic(ref) ?? []) : [],
    );
    return [...new Set([...named, ...likely])].slice(0, 2);
  }

  function findings(check: ClaimCheck, language: string): string[] {
    const phones = check.phones.map(({ number, owner }) =>
      owner
        ? say(language, 'rumour.phone.known', { number, owner: inLanguage(owner, language) })
        : say(language, 'rumour.phone.unknown', { number }),
    );
    return [
      ...check.sites.slice(0, linesShown).map(site => siteLine(site, language)),
      ...phones.slice(0, linesShown),
      ...check.demands.map(demand => say(language, `rumour.demand.${demand}`)),
    ];
  }

  async function answer(turn: Turn, text: string): Promise<Decision> {
    const { language } = turn;
    const check = await claims.check(text);
    const date = check.sentAt === undefined ? '' : thaiDate(bangkokIsoDate(check.sentAt), language);
    const topics = publishedOn(turn);
    const published = topics.map(({ name: title, agency, status }) =>
      say(language, `rumour.published.${status}`, {
        name: inLanguage(title, language),
        agency: inLanguage(agency, language),
      }),
    );
    const state =
      published.length > 0 || check.verdict !== 'cannot-tell'
        ? published
        : [say(language, 'rumour.published.nothing')];
    const lines = [
      ...(check.harmed ? [say(language, 'crisis.scam')] : []),
      say(language, `rumour.${check.verdict}`, { date }),
      ...findings(check, language),
      ...state,
      say(language, 'rumour.next'),
    ];
    const choices: Choice[] = [
      ...topics.map(topic => ({
        id: `topic:${topic.kind}:${topic.id}`,
        label: inLanguage(topic.name, language),
      })),
      { id: 'rumour', label: say(language, 'rumour.another') },
      { id: 'handover', label: say(language, 'choice.officer') },
    ];
    return {
      replies: [{ kind: 'choices', text: lines.join('\n'), choices }],
      dialog: null,
      ...(check.harmed
        ? { outcome: 'crisis', owner: queued(turn, true), episode: { type: 'help' } }
        : { outcome: 'smalltalk' }),
    };
  }

  const asked = (turn: Turn): string =>
    turn.choice === undefined && turn.event.content.kind === 'text' ? turn.event.content.text : '';

  return {
    name,
    choice: name,
    intents: ['rumour'],
    hearsFirst: turn => {
      const text = asked(turn);
      const forwarded = asksIfTrue.test(text) && tellsOfMessage.test(text);
      return forwarded || asksForCheck.test(text) || claims.holdsStrangeAddress(text);
    },
    start(turn) {
      const text = asked(turn);
      if (text !== '' && !asksForCheck.test(text)) return answer(turn, text);
      return {
        replies: [{ kind: 'text', text: say(turn.language, 'rumour.ask') }],
        outcome: 'smalltalk',
        dialog: { dialog: name, state: {} },
      };
    },
    /** The text that was asked for; whoever picks something else instead has moved on. */
    resume(turn) {
      const text = asked(turn);
      const other = turn.understanding && !['rumour', 'topic', 'none'].includes(turn.understanding.intent);
      return text === '' || other ? undefined : answer(turn, text);
    },
  };
}
