import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { fc } from '../../../test/support/property.ts';
import { sortInSteps } from './sort-in-steps.ts';

const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
const itemsOf = (keys: readonly number[]) => keys.map((key, place) => ({ key, place }));

describe('sortInSteps', () => {
  it('sorts as toSorted does, and keeps the order of what is equal', () => {
    const lengths = [0, 1, 499, 500, 501, 1_700];
    fc.assert(
      fc.property(fc.constantFrom(...lengths), fc.integer({ min: 1, max: 60 }), fc.nat(), (length, kinds, seed) => {
        const items = itemsOf(Array.from({ length }, (_, index) => ((index + 1) * (seed % 9_973)) % kinds));
        expect(finish(sortInSteps(items, byKey))).toEqual(items.toSorted(byKey));
      }),
      { numRuns: 60 },
    );
  });

  it('compares no more than some thousand times in a step', () => {
    let compared = 0;
    const steps = sortInSteps(
      itemsOf(Array.from({ length: 20_000 }, (_, index) => (index * 7_919) % 20_011)),
      (a, b) => {
        compared += 1;
        return byKey(a, b);
      },
    );
    let most = 0;
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      most = Math.max(most, compared);
      compared = 0;
    }
    expect(most).toBeLessThan(6_000);
  });
});
