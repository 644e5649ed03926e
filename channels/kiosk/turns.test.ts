import type { Outgoing } from '../transcript-socket/web/client';
import type { Line } from '../transcript-socket';
import { choicesOf, turnsOf } from './web/turns';

const line = (seq: number, from: Line['from'], reply: Line['reply']): Line => ({
  seq,
  id: `c/${seq}`,
  from,
  reply,
  at: seq,
});
const text = (words: string): Line['reply'] => ({ kind: 'text', text: words });
const offer = (...ids: string[]): Line['reply'] => ({
  kind: 'choices',
  text: '?',
  choices: ids.map(id => ({ id, label: id })),
});

const lines = [
  line(1, 'bot', offer('topic:a')),
  line(2, 'citizen', text('ถาม')),
  line(3, 'bot', text('ตอบ')),
  line(4, 'bot', offer('x', 'y')),
];

it('makes one screen of each question, and the greeting one of its own', () => {
  const turns = turnsOf(lines, []);
  expect(turns.map(({ question, answers }) => [question, answers.map(answer => answer.seq)])).toEqual([
    ['', [1]],
    ['ถาม', [3, 4]],
  ]);
  expect(turns.map(turn => choicesOf(turn).map(choice => choice.id))).toEqual([['topic:a'], ['x', 'y']]);
});

it('keeps the place of a question while it is sent and when it has come back', () => {
  const sending: Outgoing = { clientId: 'c', text: 'อีกข้อ', label: 'อีกข้อ', state: 'sending' };
  expect(turnsOf(lines, [sending])[2]).toEqual({ question: 'อีกข้อ', answers: [], outgoing: sending });
  expect(turnsOf([...lines, line(5, 'citizen', text('อีกข้อ'))], [])[2]).toEqual({
    question: 'อีกข้อ',
    answers: [],
  });
});

it('shows what an officer adds with the question before it', () => {
  expect(
    turnsOf([...lines, line(5, 'officer', text('เพิ่ม'))], [])[1]?.answers.map(answer => answer.seq),
  ).toEqual([3, 4, 5]);
});
