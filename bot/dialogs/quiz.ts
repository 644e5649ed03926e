import {
  type Choice,
  type Decision,
  type Dialog,
  type Knowledge,
  type Quiz,
  type QuizQuestion,
  type Quizzes,
  type Reply,
  type Turn,
  inLanguage,
} from '../../core';
import type { Say } from '../phrases';
import { isOwnChat } from '../steps/remember';
import { resultReplies } from './quiz-results';
import { type QuizState, advanced, answered, backTo, freshState, readState } from './quiz-state';
import { looksLikeQuestion, readAnswer } from './quiz-words';

export interface QuizDialogParts {
  readonly quizzes: () => Quizzes;
  readonly knowledge: () => Knowledge;
  readonly say: Say;
  /** What is kept of a quiz that the same person began on another channel; `undefined`: none, or nobody knows of one. */
  readonly quizElsewhere?: (turn: Turn) => Promise<unknown>;
}

const name = 'quiz';

/** The service-advisor quiz: one question at a time, results with reasons, and a way back from whatever was asked in between. */
export function quiz(parts: QuizDialogParts): Dialog {
  const { say } = parts;

  const choice = (language: string, id: string, key: string): Choice => ({ id, label: say(language, key) });

  function questionReply(
    turn: Turn,
    of: Quiz,
    state: QuizState,
    question: QuizQuestion,
    lead: readonly string[],
    after: readonly string[],
  ): Reply {
    const { language } = turn;
    const answer = (option: string): string => `quiz:a:${of.id}:${question.id}:${option}`;
    const left = question.options.filter(({ id }) => !state.picked.includes(id));
    const many = question.kind === 'many';
    const done = state.picked.length > 0 ? 'quiz.no-more' : 'quiz.none-of-these';
    const picks = question.options.filter(({ id }) => state.picked.includes(id));
    const picked = picks.map(({ label }) => inLanguage(label, language)).join(', ');
    const progress = say(language, 'quiz.progress', { number: state.path.length + 1, most: of.maxQuestions });
    return {
      kind: 'choices',
      text: [
        ...lead,
        // The question first: a channel that has to cut cuts the end.
        `${inLanguage(question.ask, language)} ${progress}`,
        ...(picks.length > 0 ? [say(language, 'quiz.picked', { picked })] : []),
        ...(question.help && state.picked.length === 0 ? [inLanguage(question.help, language)] : []),
        ...after,
      ].join('\n'),
      choices: [
        ...left.map(option => ({ id: answer(option.id), label: inLanguage(option.label, language) })),
        ...(many ? [choice(language, answer('~done'), done)] : []),
        ...(state.picked.length > 0 ? [] : [choice(language, answer('~unsure'), 'quiz.unsure')]),
        ...(state.picked.length > 0 ? [] : [choice(language, answer('~skip'), 'quiz.skip')]),
        ...(state.path.length > 0 ? [choice(language, 'quiz:back', 'quiz.back')] : []),
      ],
    };
  }

  /** Shows where the quiz stands: its question, or its results. */
  function show(
    turn: Turn,
    of: Quiz,
    state: QuizState,
    lead: readonly string[] = [],
    after: readonly string[] = [],
  ): Decision {
    const { language } = turn;
    const question = state.current === undefined ? undefined : of.question(state.current);
    const kept = { dialog: { dialog: name, state }, outcome: 'quiz' as const };
    if (question) return { ...kept, replies: [questionReply(turn, of, state, question, lead, after)] };
    const others = parts
      .quizzes()
      .all()
      .find(each => each.id !== of.id);
    const ways = [
      ...(state.path.length > 0 ? [choice(language, 'quiz:back', 'quiz.change-answer')] : []),
      ...(others ? [choice(language, 'quiz:list', 'quiz.others')] : []),
      ...(isOwnChat(turn) ? [choice(language, 'suggestions', 'suggestions')] : []),
      choice(language, 'handover', 'choice.officer'),
    ];
    return {
      ...kept,
      replies: resultReplies(parts, of, state.facts, language, ways),
      source: { version: of.version, topic: `quiz:${of.id}` },
    };
  }

  function begin(turn: Turn, of: Quiz, facts: QuizState['facts'] = {}): Decision {
    const state = advanced(of, freshState(of, facts));
    const said = of.questionsTouched(facts);
    const lead = [say(turn.language, 'quiz.begin', { name: inLanguage(of.name, turn.language) })];
    // Last, since a channel that has to cut cuts the end: the question must reach everybody.
    const after = [
      said > 0 ? say(turn.language, 'quiz.noted', { count: said }) : inLanguage(of.intro, turn.language),
    ];
    return show(turn, of, state, lead, after);
  }

  function list(turn: Turn): Decision {
    const choices = parts
      .quizzes()
      .all()
      .map(each => ({ id: `quiz:${each.id}`, label: inLanguage(each.name, turn.language) }));
    return {
      replies: [
        {
          kind: 'choices',
          text: say(turn.language, 'quiz.which'),
          choices: [...choices, choice(turn.language, 'handover', 'choice.officer')],
        },
      ],
      outcome: 'quiz',
    };
  }

  /** An option that was pressed, of the current question or of one before. */
  function pressed(turn: Turn, of: Quiz, before: QuizState, question: string, option: string): Decision {
    const state = question === before.current ? before : (backTo(of, before, question) ?? before);
    const shown = of.question(question);
    if (!shown || state.current !== question) return show(turn, of, before);
    if (option === '~unsure' || option === '~skip')
      return show(turn, of, answered(of, state, of.leave(question, state.facts)));
    if (shown.kind === 'many' && option !== '~done') return picked(turn, of, state, shown, [option]);
    const facts = of.settle(question, option === '~done' ? state.picked : [option]);
    return show(turn, of, facts ? answered(of, state, facts) : before);
  }

  /** Adds to what is picked of a list, and asks whether there is more. */
  function picked(turn: Turn, of: Quiz, state: QuizState, shown: QuizQuestion, options: string[]): Decision {
    const valid = options.filter(option => shown.options.some(({ id }) => id === option));
    const all = [...new Set([...state.picked, ...valid])];
    const facts = of.settle(shown.id, all);
    if (facts && all.length === shown.options.length) return show(turn, of, answered(of, state, facts));
    return show(turn, of, { ...state, picked: all });
  }

  function onChoice(turn: Turn, id: string, of: Quiz | undefined, state: QuizState | undefined): Decision {
    const [, word = '', quizId = '', question = '', option = ''] = id.split(':');
    const quizzes = parts.quizzes();
    if (word === 'list' || word === '') return list(turn);
    if (word === 'stop') return stopped(turn);
    if (of && state) {
      if (word === 'continue' || word === 'results') return show(turn, of, state);
      if (word === 'back') return show(turn, of, backTo(of, state) ?? state);
      if (word === 'a' && quizId === of.id) return pressed(turn, of, state, question, option);
    }
    const wanted = quizzes.get(word === 'a' ? quizId : word);
    return wanted ? begin(turn, wanted) : list(turn);
  }

  /** Whoever begins here what they left half done on another channel may go on with it. */
  async function offered(turn: Turn, fresh: () => Decision): Promise<Decision> {
    const going = found(await parts.quizElsewhere?.(turn));
    if (!going || Object.keys(going.state.facts).length === 0) return fresh();
    const name = inLanguage(going.of.name, turn.language);
    return {
      replies: [
        {
          kind: 'choices',
          text: say(turn.language, 'quiz.elsewhere', { name }),
          choices: [
            choice(turn.language, 'quiz:elsewhere', 'quiz.go-on'),
            choice(turn.language, `quiz:fresh:${going.of.id}`, 'quiz.afresh'),
          ],
        },
      ],
      outcome: 'quiz',
    };
  }

  async function startByChoice(turn: Turn, id: string): Promise<Decision> {
    const [, word = '', fresh = ''] = id.split(':');
    if (word === 'elsewhere') {
      const going = found(await parts.quizElsewhere?.(turn));
      return going ? show(turn, going.of, going.state) : list(turn);
    }
    if (word === 'fresh') return onChoice(turn, `quiz:${fresh}`, undefined, undefined);
    const begins = parts
      .quizzes()
      .all()
      .some(each => each.id === word);
    return begins
      ? offered(turn, () => onChoice(turn, id, undefined, undefined))
      : onChoice(turn, id, undefined, undefined);
  }

  const stopped = (turn: Turn): Decision => ({
    replies: [
      {
        kind: 'choices',
        text: say(turn.language, 'quiz.stopped'),
        choices: [choice(turn.language, 'menu', 'choice.menu')],
      },
    ],
    outcome: 'quiz',
    dialog: null,
  });

  /** What a typed text does to the question that waits. */
  function onText(turn: Turn, of: Quiz, state: QuizState): Decision | undefined {
    const { understanding } = turn;
    const question = state.current === undefined ? undefined : of.question(state.current);
    if (!understanding || !question) return undefined;
    const left = question.options.filter(({ id }) => !state.picked.includes(id));
    const answer = readAnswer(understanding, question, left);
    switch (answer.kind) {
      case 'stop':
        return stopped(turn);
      case 'back':
        return show(turn, of, backTo(of, state) ?? state);
      case 'unsure':
        return show(turn, of, answered(of, state, of.leave(question.id, state.facts)));
      case 'options': {
        if (question.kind !== 'many') {
          const facts = of.settle(question.id, answer.options);
          return facts && show(turn, of, answered(of, state, facts));
        }
        // Several at once is the whole list; one may be the first of several.
        if (answer.options.length === 1) return picked(turn, of, state, question, [...answer.options]);
        const facts = of.settle(question.id, [...new Set([...state.picked, ...answer.options])]);
        return facts && show(turn, of, answered(of, state, facts));
      }
      case 'none':
        return question.kind === 'many'
          ? pressed(turn, of, state, question.id, '~done')
          : show(turn, of, state, [say(turn.language, 'quiz.not-understood')]);
      case 'other':
        break;
    }
    if (looksLikeQuestion.test(understanding.normalised)) return undefined;
    const facts = of.read(understanding, question.id);
    const fresh = Object.entries(facts).filter(([fact, value]) => state.facts[fact] !== value);
    if (fresh.length === 0) return understanding.intent === 'quiz' ? show(turn, of, state) : undefined;
    const next = { ...state, facts: { ...state.facts, ...facts } };
    if (question.kind === 'many') {
      const said = question.options.map(({ id }) => id).filter(id => facts[id] === 'yes');
      return picked(turn, of, next, question, said);
    }
    const settled = question.options.length > 0 && isSettled(of, question, next.facts);
    return show(turn, of, settled ? answered(of, state, facts) : next, [
      say(turn.language, 'quiz.noted', { count: fresh.length }),
    ]);
  }

  /** Whether the facts leave nothing for this question to ask. */
  const isSettled = (of: Quiz, question: QuizQuestion, facts: QuizState['facts']): boolean =>
    Object.keys(of.leave(question.id, facts)).length === 0;

  const found = (stored: unknown): { of: Quiz; state: QuizState } | undefined => {
    const state = readState(stored);
    const of = state && parts.quizzes().get(state.quiz, state.version);
    if (!state || !of) return undefined;
    // The version was replaced meanwhile: what it still knows goes on, the rest is asked again.
    return of.version === state.version
      ? { of, state }
      : { of, state: advanced(of, freshState(of, state.facts)) };
  };

  return {
    name,
    choice: name,
    intents: ['quiz'],
    hears: ({ understanding }) => {
      const talks = understanding && ['topic', 'none'].includes(understanding.intent);
      return Boolean(talks && parts.quizzes().situation(understanding));
    },
    start(turn) {
      if (turn.choice !== undefined) return startByChoice(turn, turn.choice);
      const told = turn.understanding && parts.quizzes().situation(turn.understanding);
      if (told) return begin(turn, told.quiz, told.facts);
      const of = turn.understanding ? parts.quizzes().fitting(turn.understanding) : undefined;
      if (!of || !turn.understanding) return list(turn);
      const facts = of.known(of.read(turn.understanding));
      return of.questionsTouched(facts) > 0
        ? begin(turn, of, facts)
        : offered(turn, () => begin(turn, of, facts));
    },
    resume(turn, stored) {
      const going = found(stored);
      if (!going) return undefined;
      if (turn.choice === undefined) return onText(turn, going.of, going.state);
      return turn.choice === name || turn.choice.startsWith(`${name}:`)
        ? onChoice(turn, turn.choice, going.of, going.state)
        : undefined;
    },
    pause(turn, stored, decision) {
      const going = found(stored);
      const { outcome } = decision;
      if (!going || decision.dialog || outcome === 'quiz' || outcome === 'crisis') return decision;
      const { of, state } = going;
      const kept = { dialog: { dialog: name, state } };
      const waiting = state.current !== undefined;
      if (waiting && outcome === 'no-answer' && turn.event.content.kind === 'text')
        return show(turn, of, state, [say(turn.language, 'quiz.not-understood')]);
      const back = waiting
        ? choice(turn.language, 'quiz:continue', 'quiz.continue')
        : choice(turn.language, 'quiz:results', 'quiz.results');
      const last = decision.replies.at(-1);
      if (!last) return { ...decision, ...kept };
      const replies: readonly Reply[] =
        last.kind === 'choices'
          ? [...decision.replies.slice(0, -1), { ...last, choices: [...last.choices, back] }]
          : [
              ...decision.replies,
              { kind: 'choices', text: say(turn.language, 'quiz.paused'), choices: [back] },
            ];
      return { ...decision, ...kept, replies };
    },
  };
}
