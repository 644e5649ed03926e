import { idleness } from './web/idle';

it.each([
  ['just touched', 0, { kind: 'used' }],
  ['a moment before the question', 44_999, { kind: 'used' }],
  ['at the question', 45_000, { kind: 'warn', secondsLeft: 15 }],
  ['in the last second', 59_001, { kind: 'warn', secondsLeft: 1 }],
  ['after a minute', 60_000, { kind: 'wipe' }],
  ['after the computer slept', 3_600_000, { kind: 'wipe' }],
  ['with a clock set back', -5_000, { kind: 'used' }],
])('%s (%i ms)', (_, idleMs, expected) => {
  expect(idleness(1_000_000, 1_000_000 + idleMs)).toEqual(expected);
});
