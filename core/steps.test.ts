import { atOnce, inSteps, sorting } from './steps';

describe('sorting in steps', () => {
  it.each([1, 7, 7_919])(
    'gives what sorting at once gives, equals in their order (stride %i)',
    async stride => {
      for (const size of [0, 1, 2, 3, 17, 1_000, 5_000]) {
        const items = Array.from({ length: size }, (_, at) => ({ key: ((at * stride) % size) >> 1, at }));
        const byKey = (left: { readonly key: number }, right: { readonly key: number }): number =>
          left.key - right.key;
        let pauses = 0;
        const slow = await inSteps(sorting(items, byKey), () => Promise.resolve((pauses += 1)));
        expect(slow).toEqual(items.toSorted(byKey));
        expect(atOnce(sorting(items, byKey))).toEqual(slow);
        expect(pauses > 0).toBe(size >= 1_000);
      }
    },
  );
});
