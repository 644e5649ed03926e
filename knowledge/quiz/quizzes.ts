import type { Quiz, Quizzes, Understanding } from '../../core';
import { createQuiz } from './engine';
import { readFacts } from './read-facts';
import type { QuizRow, SharedRows } from './schema';

/** All quizzes of one publication. */
export interface QuizSet {
  readonly version: string;
  readonly shared: SharedRows;
  /** The main quiz first. */
  readonly quizzes: readonly QuizRow[];
}

/** Facts that a story must have before it is taken for one. */
const storyQuestions = 2;

/** Whoever asks for one of these wants that answer, not a quiz. */
const asksOneThing =
  /(?:เอกสาร|หลักฐาน|กี่บาท|เท่าไ|ที่ไหน|ตรงไหน|เมื่อไ|กี่โมง|กี่วัน|เบอร์|ขั้นตอน|เว็บ|สถานะ|ร้องเรียน|จอง|นัด|document|where|how much|when )/iu;

function hasWords({ words }: QuizRow, text: string): boolean {
  return words.some(word => text.includes(word.toLowerCase()));
}

/** The quizzes of a publication. `earlier` are kept for those who are in the middle of one. */
export function createQuizzes(current: QuizSet, earlier: readonly QuizSet[] = []): Quizzes {
  const built = (set: QuizSet): { row: QuizRow; quiz: Quiz }[] =>
    set.quizzes.map(row => ({ row, quiz: createQuiz(row, set.shared, set.version) }));
  const now = built(current);
  const before = earlier.flatMap(built);
  const factMap = new Map(Object.entries(current.shared.facts));
  const textOf = ({ normalised }: Understanding): string => normalised.toLowerCase();

  function fitting(understanding: Understanding): Quiz | undefined {
    const text = textOf(understanding);
    const touched = (quiz: Quiz): number => quiz.questionsTouched(quiz.read(understanding));
    const [main, ...others] = now;
    if (!main) return undefined;
    // A quiz of its own is shorter: it serves where the text says nothing that only the main one asks.
    const special = others
      .filter(({ row }) => hasWords(row, text))
      .toSorted((a, b) => touched(b.quiz) - touched(a.quiz))[0];
    const more =
      special && touched(main.quiz) > touched(special.quiz) + Object.keys(special.row.given).length;
    return special && !more ? special.quiz : main.quiz;
  }

  return {
    get(id, version) {
      const kept = [...now, ...before].find(({ quiz }) => quiz.id === id && quiz.version === version);
      return (kept ?? now.find(({ quiz }) => quiz.id === id))?.quiz;
    },
    all: () => now.map(({ quiz }) => quiz),
    fitting,
    situation(understanding) {
      const [main] = now;
      const text = textOf(understanding);
      if (!main || asksOneThing.test(text)) return undefined;
      const { facts: said, namesService } = readFacts(factMap, understanding);
      const general = hasWords(main.row, text);
      const story = main.quiz.questionsTouched(said) >= storyQuestions;
      if (namesService || !(general || story)) return undefined;
      const quiz = fitting(understanding) ?? main.quiz;
      return { quiz, facts: quiz.known(quiz.read(understanding)) };
    },
  };
}
