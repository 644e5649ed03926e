import type { Entity } from '../../core';

/** Whom a message is about: the first relative, friend or villager named in it, else the one who writes. */
export function aboutWhom(entities: readonly Entity[]): string {
  const other = entities.find(({ kind, value }) => kind === 'relation' && value !== 'self');
  return other?.value ?? 'self';
}

const thaiNegations = [
  'ไม่',
  'ไม่ได้',
  'ไม่เคย',
  'ไม่มี',
  'ไม่ใช่',
  'ไม่ต้อง',
  'ไม่อยาก',
  'มิ',
  'มิได้',
  'อย่า',
  'บ่',
  'บ่ได้',
  'ห้าม',
];
const englishNegation = /(?:^|[^a-z])(?:not|no|never|without|isn't|don't|didn't|haven't|hasn't) ?$/;
const longestNegation = 12;

/** Whether what begins at `start` is denied by the words just before it: ยังไม่เกษียณ, not married. */
export function isNegated(text: string, start: number): boolean {
  const head = text.slice(Math.max(0, start - longestNegation), start).toLowerCase();
  return thaiNegations.some(word => head.trimEnd().endsWith(word)) || englishNegation.test(head);
}
