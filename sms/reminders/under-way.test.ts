import type { Reminder } from '../../core';
import { createUnderWay } from './under-way';

const record = { id: 'r-1', version: 3 } as Reminder;

describe('tellings under way', () => {
  it('begin no faster than the provider takes; what was not needed may begin after all', () => {
    const underWay = createUnderWay(100);
    expect([underWay.reserve(5_000, 64), underWay.reserve(5_100, 64), underWay.reserve(5_200, 64)]).toEqual([
      64, 36, 0,
    ]);
    underWay.release(10);
    expect(underWay.reserve(5_900, 64)).toBe(10);
    expect(underWay.reserve(6_000, 64)).toBe(64);
  });

  it('are a thousand at most; parts that wait go on at half of that, and what is lost is forgotten', () => {
    const underWay = createUnderWay(10_000);
    for (let n = 0; n < 1_000; n += 1) underWay.begin(`gate-${n}`, 1_000);
    expect(underWay.reserve(2_000, 64)).toBe(0);
    underWay.hold(3);
    for (let n = 0; n < 499; n += 1) underWay.end(`gate-${n}`);
    expect(underWay.free()).toEqual([]);
    underWay.end('gate-499');
    expect([underWay.free(), underWay.free()]).toEqual([[3], []]);
    for (let n = 0; n < 500; n += 1) underWay.begin(`more-${n}`, 1_000);
    expect(underWay.reserve(21_001, 64)).toBe(64);
  });

  it('hand on the reminder that was read last, once, and only of what this process began', () => {
    const underWay = createUnderWay(10);
    underWay.keep('elsewhere', record);
    expect(underWay.end('elsewhere')).toBeUndefined();
    underWay.begin('here', 0);
    underWay.keep('here', record);
    expect([underWay.end('here'), underWay.end('here')]).toEqual([record, undefined]);
  });
});
