import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { shareChars } from './share-chars.ts';

describe('shareChars', () => {
  it.each([
    [[3, 4], 7, Number.POSITIVE_INFINITY],
    [[], 0, Number.POSITIVE_INFINITY],
    [[2, 100], 12, 10],
    [[2, 100, 100], 12, 5],
    [[5, 5], 1, 0],
    [[5], -3, 0],
  ])('gives %j within %i characters at most %d each', (lengths, maxChars, expected) => {
    expect(shareChars(lengths, maxChars)).toBe(expected);
  });

  it('never gives more than there is, and wastes less than one character a text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1 }), fc.nat(5_000), (lengths, maxChars) => {
        const share = shareChars(lengths, maxChars);
        const used = lengths.reduce((sum, length) => sum + Math.min(length, share), 0);
        expect(used).toBeLessThanOrEqual(maxChars);
        if (share !== Number.POSITIVE_INFINITY) expect(maxChars - used).toBeLessThan(lengths.length);
      }),
    );
  });
});
