import type { z } from 'zod';
import { type QuizSet, ruleFaults } from '../quiz';
import { type Entry, entrySchema } from '../schema';

/** What is wrong with an entry, at one of its fields (`questions.0.answer.th`). */
export interface Problem {
  readonly field: string;
  readonly problem: string;
}

/** What an entry may point to. */
export interface Surroundings {
  readonly hasAgency: (id: string) => boolean;
  readonly hasService: (id: string) => boolean;
  /** The service that took the place of another, where one did. */
  readonly successorOf: (id: string) => string | undefined;
  /** What the quizzes can know of a person. */
  readonly facts: QuizSet['shared']['facts'];
}

/** A tag, an entity, or an address that runs something: nothing of it has a place in words people read. */
const markup =
  /<\s*[/!?a-z][^>]*>|<\s*script|&(?:#\d+|#x[\da-f]+|lt|gt|amp|quot|nbsp);|\b(?:javascript|vbscript)\s*:|\bdata:\w+\//iu;
/** Control characters, and marks that turn the direction of reading or hide. */
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u;
const longestText = 4_000;

function* textsOf(value: unknown, field: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [field, value];
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) yield* textsOf(each, field ? `${field}.${name}` : name);
}

function textProblems(entry: Entry): Problem[] {
  return [...textsOf(entry, '')].flatMap(([field, text]) => {
    if (markup.test(text))
      return [{ field, problem: 'มีโค้ดหรือแท็กอยู่ในข้อความ เขียนเป็นข้อความธรรมดา (markup in text)' }];
    if (hidden.test(text)) return [{ field, problem: 'มีอักขระควบคุมที่มองไม่เห็น (hidden character)' }];
    return text.length > longestText ? [{ field, problem: `ยาวเกิน ${longestText} ตัวอักษร (too long)` }] : [];
  });
}

/** Services that follow one another for ever. */
function successionProblem(entry: Entry, { successorOf }: Surroundings): Problem[] {
  const seen = [entry.id];
  for (let next = entry.standing.successor; next !== undefined; next = successorOf(next)) {
    const begun = seen.indexOf(next);
    seen.push(next);
    if (begun < 0) continue;
    return [{ field: 'standing.successor', problem: `วนกลับมาที่เดิม: ${seen.join(' → ')} (cycle)` }];
  }
  return [];
}

function referenceProblems(entry: Entry, around: Surroundings): Problem[] {
  const found: Problem[] = [];
  const point = (id: string, field: string): void => {
    if (id === entry.id) found.push({ field, problem: 'อ้างถึงตัวเอง (refers to itself)' });
    else if (!around.hasService(id))
      found.push({ field, problem: `ไม่มีบริการ "${id}" ในทะเบียน (no such service)` });
  };
  entry.related.forEach((id, at) => point(id, `related.${at}`));
  entry.incompatible.forEach(({ id }, at) => point(id, `incompatible.${at}.id`));
  const { successor } = entry.standing;
  if (successor !== undefined) point(successor, 'standing.successor');
  const doubled = entry.related.findIndex((id, at) => entry.related.indexOf(id) !== at);
  if (doubled >= 0) found.push({ field: `related.${doubled}`, problem: 'ซ้ำ (twice in the list)' });
  if (entry.register && !around.hasAgency(entry.register.agencyId))
    found.push({
      field: 'register.agencyId',
      problem: `ไม่มีหน่วยงาน "${entry.register.agencyId}" ในทะเบียน (unknown agency)`,
    });
  return found;
}

function entitlementProblems({ entitlement }: Entry, { facts }: Surroundings): Problem[] {
  const faults = entitlement ? ruleFaults(entitlement, facts) : [];
  return faults.map(({ field, problem }) => ({ field: `entitlement.${field}`, problem }));
}

const issueProblem = ({ path, message }: z.core.$ZodIssue): Problem => ({
  field: path.join('.'),
  problem: message,
});

/** Reads an entry from outside: the entry, or everything that is wrong with it. */
export function checkEntry(
  given: unknown,
  around: Surroundings,
): { readonly entry: Entry; readonly problems: readonly [] } | { readonly problems: readonly Problem[] } {
  const parsed = entrySchema.safeParse(given);
  if (!parsed.success) return { problems: parsed.error.issues.map(issueProblem) };
  const entry = parsed.data;
  const problems = [
    ...textProblems(entry),
    ...referenceProblems(entry, around),
    ...successionProblem(entry, around),
    ...entitlementProblems(entry, around),
  ];
  return problems.length > 0 ? { problems } : { entry, problems: [] };
}
