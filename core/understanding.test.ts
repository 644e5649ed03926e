import { readTopicRef } from './understanding';

describe('a topic as records name it', () => {
  it.each([
    ['service:p1-04', { kind: 'service', id: 'p1-04' }],
    ['hotline:h-07', { kind: 'hotline', id: 'h-07' }],
    ['complaint:c-05', { kind: 'complaint', id: 'c-05' }],
    ['complaint:c:05', undefined],
    ['service:P1 <b>', undefined],
    ['service:', undefined],
    ['all', undefined],
    ['toString:x', undefined],
    ['', undefined],
  ])('reads "%s"', (text, ref) => {
    expect(readTopicRef(text)).toEqual(ref);
  });
});
