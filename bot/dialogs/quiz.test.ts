import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Conversation, Decision, Quiz, QuizFacts, Reply, Turn, Understanding } from '../../core';
import { createQuizzes, loadQuizzes, loadRegister, publish } from '../../knowledge';
import { createEntityReader, normalise, registerNames } from '../../nlu';
import { seeded } from '../../tests/support/random';
import { createSay, particles } from '../phrases';
import { quiz } from './quiz';

const root = join(__dirname, '..', '..');
const texts = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(root, 'locales', language, 'bot.json'), 'utf8')) as Record<string, string>;
const say = createSay({ th: texts('th'), en: texts('en') }, particles.female);
const knowledge = publish(loadRegister(join(root, 'knowledge', 'data')));
const set = loadQuizzes(join(root, 'knowledge', 'data', 'quizzes'));
const quizzes = createQuizzes(set);
const entities = createEntityReader(registerNames(knowledge));
const dialog = quiz({ quizzes: () => quizzes, knowledge: () => knowledge, say });
const now = Date.UTC(2026, 10, 25);

const conversation: Conversation = {
  id: 'c',
  version: 1,
  addressId: 'a',
  agencyId: 'operator',
  channel: 'webchat',
  account: 'main',
  audience: 'person',
  language: 'th',
  seq: 0,
  owner: { kind: 'bot' },
  offered: [],
  left: false,
  pending: [],
  changedAt: now,
};

function understanding(text: string, intent: string): Understanding {
  const normalised = normalise(text).text;
  return {
    normalised,
    language: 'th',
    intent,
    confidence: 1,
    topics: [],
    decision: 'none',
    entities: entities(text, now),
    tone: { angry: false, abusive: false },
  };
}

const turnOf = (said: { text?: string; choice?: string; intent?: string }, language = 'th'): Turn => ({
  event: {
    channel: 'webchat',
    account: 'main',
    providerEventId: 'e',
    id: 'e',
    addressId: 'a',
    conversationId: 'c',
    agencyId: 'operator',
    audience: 'person',
    occurredAt: now,
    receivedAt: now,
    content: said.choice ? { kind: 'choice', choice: said.choice } : { kind: 'text', text: said.text ?? '' },
  } as Turn['event'],
  conversation,
  now,
  language,
  desk: { open: true, officersOnline: 0, waiting: 0 },
  ...(said.choice ? { choice: said.choice } : {}),
  ...(said.text ? { understanding: understanding(said.text, said.intent ?? 'topic') } : {}),
});

const last = (decision: Decision): Reply & { kind: 'choices' } => {
  const reply = decision.replies.at(-1);
  if (reply?.kind !== 'choices') throw new Error('The dialog offers nothing');
  return reply;
};
const state = (decision: Decision): unknown => decision.dialog?.state;

async function go(
  before: Decision,
  said: { text?: string; choice?: string; intent?: string },
): Promise<Decision> {
  const decision = await dialog.resume?.(turnOf(said), state(before));
  if (!decision) throw new Error(`The quiz did not take ${JSON.stringify(said)}`);
  return decision;
}

/** Answers every question with `pick` of its options until the results. */
async function finish(
  from: Decision,
  pick: (question: string, options: string[]) => string,
): Promise<Decision> {
  let decision = from;
  for (let turns = 0; turns < 40; turns += 1) {
    const options = last(decision)
      .choices.map(({ id }) => id)
      .filter(id => id.startsWith('quiz:a:'));
    if (options.length === 0) return decision;
    decision = await go(decision, { choice: pick(options[0]?.split(':')[3] ?? '', options) });
  }
  throw new Error('The quiz does not end');
}
const ending = (options: string[], end: string): string => options.find(id => id.endsWith(end)) ?? '';
const no = (_question: string, options: string[]): string =>
  ending(options, ':~done') ||
  ending(options, ':no') ||
  ending(options, ':high') ||
  ending(options, ':~unsure');

/** Answers under which a quiz shows both services; looked for among many, the same ones each time. */
function togetherFor(
  of: Quiz,
  services: readonly string[],
  one: string,
  other: string,
): QuizFacts | undefined {
  const { next: random } = seeded(services.length);
  for (let tries = 0; tries < 3_000; tries += 1) {
    let facts = of.known({});
    const asked: string[] = [];
    for (let question = of.next(facts, asked); question; question = of.next(facts, asked)) {
      const pick = question.options.filter(() => random() < 0.4).map(({ id }) => id);
      const single = question.options[Math.floor(random() * question.options.length)]?.id ?? '';
      facts = { ...facts, ...of.settle(question.id, question.kind === 'many' ? pick : [single]) };
      asked.push(question.id);
    }
    const shown = of
      .advise(facts)
      .results.filter(result => result.standing !== 'maybe')
      .slice(0, 8);
    if ([one, other].every(id => shown.some(result => result.service === id))) return facts;
  }
  return undefined;
}

describe('the quiz dialog', () => {
  it.each([
    ['quiz:welfare', 'สิทธิของฉัน', 'จาก ไม่เกิน 8'],
    ['quiz:lost-job', 'ตกงาน', 'จาก ไม่เกิน 6'],
  ])('begins with %s', async (choice, name, progress) => {
    const decision = await dialog.start(turnOf({ choice }));
    expect(decision.outcome).toBe('quiz');
    expect(last(decision).text).toContain(name);
    expect(last(decision).text).toContain(progress);
  });

  it.each([
    ['โดนเลิกจ้างจากโรงงาน นายจ้างไม่จ่ายค่าชดเชย อายุ 45', 'lost-job', { age: '25-54', 'boss-owes': 'yes' }],
    ['เพิ่งคลอดลูก ทำงานโรงงาน รัฐช่วยอะไรได้บ้าง', 'baby', { work: 'employee', born: 'yes' }],
    ['ดูแลแม่อายุ 78 ติดเตียง รัฐช่วยอะไรบ้าง', 'caring', { elder: 'yes' }],
    ['มีลูก 2 คน คนเล็ก 3 ขวบ ขายของอยู่ตลาด', 'welfare', { 'child-0-5': 'yes', work: 'self' }],
    ['เป็นคนพิการ มีบัตรคนพิการแล้ว อายุ 40', 'welfare', { disabled: 'yes', card: 'yes', age: '25-54' }],
  ])('takes a story for a beginning: %s', async (text, id, facts) => {
    const turn = turnOf({ text });
    expect(dialog.hears?.(turn)).toBe(true);
    expect(state(await dialog.start(turn))).toMatchObject({ quiz: id, facts });
  });

  it.each(['แม่อายุ 70 จะขอเบี้ยผู้สูงอายุ', 'บัตรประชาชนหายต้องทำยังไง', 'ตกงาน แม่แก่ ต้องใช้เอกสารอะไร', 'อายุ 65'])(
    'leaves alone who asks for one thing: %s',
    text => {
      expect(dialog.hears?.(turnOf({ text }))).toBe(false);
    },
  );

  it.each([
    ['พ่ออายุ 78 เดินไม่ไหว เงินไม่พอใช้', 0.85, false],
    ['ยายอายุ 72 ทำนา อยู่คนเดียว เงินไม่พอกิน', 0.85, true],
    ['ยายอายุ 72 ทำนา อยู่คนเดียว เงินไม่พอกิน', 0.97, false],
  ])(
    'leaves a story alone that one service answers, the surer the more it tells: %s, %d',
    (text, score, hears) => {
      const turn = turnOf({ text });
      const { understanding: understood } = turn;
      if (!understood) throw new Error('A typed text is understood.');
      expect(dialog.hears?.({ ...turn, understanding: { ...understood, decision: 'ask-back' } })).toBe(true);
      const answered: Understanding = {
        ...understood,
        decision: 'answer',
        topics: [{ kind: 'service', id: 'p2-12', score }],
      };
      expect(dialog.hears?.({ ...turn, understanding: answered })).toBe(hears);
    },
  );

  it('reads an answer typed in words, more of them at once, and by number', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:welfare' }));
    const told = await go(begun, { text: 'อายุ 32 ขายของ มีลูก 3 ขวบ' });
    expect(state(told)).toMatchObject({ facts: { age: '25-54', work: 'self', 'child-0-5': 'yes' } });
    const household = await dialog.start(turnOf({ choice: 'quiz:caring' }));
    expect(last(household).text).toContain('ดูแลใครอยู่');
    expect(state(await go(household, { text: '1 2' }))).toMatchObject({
      facts: { elder: 'yes', disabled: 'yes' },
    });
  });

  it('knows not sure, back and stop', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:baby' }));
    const passed = await go(begun, { text: 'ไม่แน่ใจค่ะ' });
    expect(last(passed).text).toContain('ข้อ 2 จาก');
    const back = await go(passed, { text: 'ย้อนกลับ' });
    expect(last(back).text).toContain('ข้อ 1 จาก');
    expect(state(back)).toMatchObject({ path: [] });
    expect(await go(back, { text: 'เลิกทำ' })).toMatchObject({ dialog: null });
  });

  it('ends with reasons, what to bring, where to ask and what would change it', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:welfare' }));
    const told = await go(begun, { text: 'อายุ 67 ทำนา' });
    const ended = await finish(told, no);
    const cards = ended.replies.find(reply => reply.kind === 'cards');
    const allowance = cards?.cards.find(({ title }) => title === 'เบี้ยผู้สูงอายุ');
    expect(allowance?.lead).toBe('ตรงตามเงื่อนไข');
    const labels = allowance?.sections.map(({ label }) => label);
    expect(labels).toEqual(['ทำไมจึงแนะนำ', 'ต้องเตรียมอะไร', 'ขั้นต่อไป', 'ผลเปลี่ยนได้']);
    expect(allowance?.footnote).toContain('ระเบียบกระทรวงมหาดไทย');
    expect(last(ended).choices.map(({ id }) => id)).toContain('topic:service:p1-04');
  });

  it('keeps its place while something else is answered, and goes on', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:welfare' }));
    const question = turnOf({ text: 'บัตรประชาชนหายต้องทำยังไง' });
    expect(await dialog.resume?.(question, state(begun))).toBeUndefined();
    const answer: Decision = {
      replies: [{ kind: 'text', text: 'ไปที่อำเภอ' }],
      outcome: 'answered',
      dialog: null,
    };
    const paused = dialog.pause?.(question, state(begun), answer);
    if (!paused) throw new Error('nothing is kept');
    expect(paused.dialog).toEqual(begun.dialog);
    expect(last(paused).choices.map(({ id }) => id)).toEqual(['quiz:continue']);
    expect(last(await go(paused, { choice: 'quiz:continue' })).text).toContain('ข้อ 1 จาก');
  });

  it('warns of what cannot be had together, for every such pair that some answers lead to', async () => {
    const names = (id: string): string => knowledge.topic({ kind: 'service', id })?.name.th ?? id;
    let met = 0;
    for (const row of set.quizzes) {
      const of = quizzes.get(row.id);
      if (!of) throw new Error(row.id);
      const pairs = row.services.flatMap(id =>
        (knowledge.topic({ kind: 'service', id })?.incompatible ?? [])
          .filter(other => row.services.includes(other.id) && id < other.id)
          .map(other => [id, other.id] as const),
      );
      for (const [one, other] of pairs) {
        const facts = togetherFor(of, row.services, one, other);
        if (!facts) continue;
        met += 1;
        const stored = { quiz: of.id, version: of.version, facts, path: [], picked: [] };
        const shown = await dialog.resume?.(turnOf({ choice: 'quiz:results' }), stored);
        expect(shown?.replies[0]?.text).toMatch(
          new RegExp(`ข้อควรระวัง: .*(${names(one)}|${names(other)})`, 'u'),
        );
      }
    }
    expect(met).toBeGreaterThan(0);
  });

  it('keeps with its results which version of which quiz they are of', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:baby' }));
    expect(begun.source).toBeUndefined();
    const ended = await finish(begun, no);
    expect(ended.source).toEqual({ version: set.version, topic: 'quiz:baby' });
  });

  it('goes on with what the same person began elsewhere, or begins afresh', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:welfare' }));
    const told = await go(begun, { text: 'อายุ 67 ทำนา' });
    const here = quiz({
      quizzes: () => quizzes,
      knowledge: () => knowledge,
      say,
      quizElsewhere: async () => state(told),
    });
    const asked = await here.start(turnOf({ choice: 'quiz:welfare' }));
    expect(last(asked).choices.map(({ id }) => id)).toEqual(['quiz:elsewhere', 'quiz:fresh:welfare']);
    expect(asked.dialog).toBeUndefined();
    const on = await here.start(turnOf({ choice: 'quiz:elsewhere' }));
    expect(on.dialog?.state).toEqual(state(told));
    expect(last(on).text).toBe(last(await go(told, { choice: 'quiz:continue' })).text);
    const afresh = await here.start(turnOf({ choice: 'quiz:fresh:welfare' }));
    expect(afresh.dialog?.state).toMatchObject({ facts: {}, path: [] });
    const untouched = quiz({
      quizzes: () => quizzes,
      knowledge: () => knowledge,
      say,
      quizElsewhere: async () => state(begun),
    });
    expect(state(await untouched.start(turnOf({ choice: 'quiz:welfare' })))).toBeDefined();
  });

  it('gives way to danger', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:welfare' }));
    const crisis: Decision = { replies: [{ kind: 'text', text: '1323' }], outcome: 'crisis', dialog: null };
    expect(dialog.pause?.(turnOf({ text: 'อยากตาย' }), state(begun), crisis)).toBe(crisis);
  });

  it('changes an answer whose button is pressed again later', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:baby' }));
    const yes = ending(
      last(begun).choices.map(({ id }) => id),
      ':yes',
    );
    const second = await go(begun, { choice: yes });
    expect(state(second)).toMatchObject({ facts: { born: 'yes' } });
    const changed = await go(second, { choice: yes.replace(/yes$/u, 'no') });
    expect(state(changed)).toMatchObject({ facts: { born: 'no' }, path: [{ question: 'born' }] });
  });

  it('goes on with what a newer version still knows', async () => {
    const begun = await dialog.start(turnOf({ choice: 'quiz:baby' }));
    const stored = { ...(state(begun) as object), version: 'older', facts: { born: 'yes', gone: 'yes' } };
    const decision = await dialog.resume?.(turnOf({ choice: 'quiz:continue' }), stored);
    expect(decision && state(decision)).toMatchObject({ version: set.version, facts: { born: 'yes' } });
    expect(JSON.stringify(decision)).not.toContain('gone');
  });

  it.each([undefined, {}, { quiz: 'x'.repeat(99) }, { quiz: 'welfare', version: '1', facts: [], path: [] }])(
    'takes no strange state for its own: %j',
    async stored => expect(await dialog.resume?.(turnOf({ text: 'อายุ 30' }), stored)).toBeUndefined(),
  );
});
