import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { findNearest, nearestOrFirst, offerNames, suggest } from './nearest.ts';

describe('findNearest', () => {
  it.each([
    ['us-esat-1', ['us-east-1', 'us-east-2', 'eu-west-1'], 'us-east-1'],
    ['max_item', ['max_items', 'name_prefix'], 'max_items'],
    ['INVOCATIONS', ['Invocations', 'Errors'], 'Invocations'],
    ['duration', ['Errors', 'shop-checkout-duration-p99'], 'shop-checkout-duration-p99'],
  ])('finds what %s may mean', (name, candidates, expected) => {
    expect(findNearest(name, candidates)[0]).toBe(expected);
  });

  it('finds nothing where nothing is near', () => {
    expect(findNearest('zzzzzz', ['region', 'account'])).toEqual([]);
    expect(findNearest('', ['region'])).toEqual([]);
    expect(suggest('zzzzzz', ['region'])).toBe('');
  });

  it('finds any name with one letter changed, first', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,20}$/), fc.nat(), (name, at) => {
        const index = at % name.length;
        const typo = `${name.slice(0, index)}#${name.slice(index + 1)}`;
        expect(findNearest(typo, [name, 'QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ'])[0]).toBe(name);
      }),
    );
  });

  it('gives at most what is asked for and survives huge names', () => {
    expect(findNearest('a'.repeat(100_000), ['a'.repeat(100_000)], 1)).toHaveLength(1);
    expect(
      findNearest(
        'alarm',
        Array.from({ length: 100 }, (_, index) => `alarm-${index}`),
        3,
      ),
    ).toHaveLength(3);
  });
});

describe('how far names are', () => {
  /** By its definition, without bounds. */
  const editsBetween = (a: string, b: string): number => {
    let row = Array.from(b).map((_, index) => index + 1);
    for (const [i, char] of Array.from(a).entries()) {
      let [corner, left] = [i, i + 1];
      row = row.map((above, j) => {
        left = Math.min(corner + (char === b[j] ? 0 : 1), above + 1, left + 1);
        corner = above;
        return left;
      });
    }
    return row.at(-1) ?? a.length;
  };

  it('is as few edits as make one of the other, whichever of many are nearest', () => {
    const name = fc.stringMatching(/^[abc-]{1,14}$/);
    fc.assert(
      fc.property(
        name,
        fc.array(name, { maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (wanted, candidates, count) => {
          const limit = Math.max(2, Math.floor(wanted.length / 3));
          const isPart = (other: string) => other.length > 2 && (other.includes(wanted) || wanted.includes(other));
          const expected = candidates
            .map((other) => {
              const edits = editsBetween(wanted, other);
              return { other, score: edits <= limit ? edits : isPart(other) ? limit : Number.POSITIVE_INFINITY };
            })
            .filter(({ score }) => score <= limit)
            .sort((a, b) => a.score - b.score || a.other.localeCompare(b.other))
            .slice(0, count);
          expect(findNearest(wanted, candidates, count)).toEqual(expected.map(({ other }) => other));
        },
      ),
    );
  });

  it('is not asked for without end: of long names that are alike in their letters the first are compared', () => {
    const letters = 'abcdefghijklmnop'.repeat(16);
    const turned = (by: number) => letters.slice(by % 16) + letters.slice(0, by % 16);
    const strangers = Array.from({ length: 2_000 }, (_, index) => Array.from(turned(index)).reverse().join(''));
    const typo = letters.replace('p', 'q');
    expect(findNearest(letters, [typo, ...strangers], 1)).toEqual([typo]);
    expect(findNearest(letters, [...strangers, typo, letters.slice(0, 200)], 1)).toEqual([letters.slice(0, 200)]);
  });
});

describe('nearestOrFirst and offerNames', () => {
  const names = new Set(['Throttles', 'Invocations', 'Errors']);

  it('give near names, else the first ones in order', () => {
    expect(nearestOrFirst('Eror', names, 2)).toEqual(['Errors']);
    expect(nearestOrFirst('zzzzzzzz', names, 2)).toEqual(['Errors', 'Invocations']);
    expect(offerNames('Eror', names, 'It has', 2)).toBe('Near names: `Errors`.');
    expect(offerNames('zzzzzzzz', names, 'It has', 2)).toBe('It has: `Errors`, `Invocations`.');
  });

  it('say nothing without names', () => {
    expect(nearestOrFirst('a', new Set(), 2)).toEqual([]);
    expect(offerNames('a', new Set(), 'It has', 2)).toBeUndefined();
  });
});

describe('what is near', () => {
  it.each([
    // A third of the length in edits, and two at least.
    ['abcdef', ['abXXef', 'abXXXf', 'abcdefgh', 'abcd', 'abdf'], ['abcd', 'abcdefgh', 'abdf', 'abXXef']],
    ['abc', ['aXX', 'XXX', 'a', 'xabcdef', 'ab', 'bc'], ['ab', 'bc', 'aXX', 'xabcdef', 'a']],
    ['abcdefghi', ['abcXXXghi', 'abXXXXghi', 'abcdef', 'abcde'], ['abcXXXghi', 'abcde', 'abcdef']],
    ['abcdefgh', ['abcdXfgh', 'abcdfgh', 'abcddefgh', 'bacdefgh'], ['abcddefgh', 'abcdfgh', 'abcdXfgh', 'bacdefgh']],
    ['kitten', ['sitting', 'kit', 'mittens', 'KITTEN'], ['KITTEN', 'kit', 'mittens']],
    ['region', ['re', 'reg', 'o', 'regions_all'], ['reg', 'regions_all']],
  ])('to %s is told best first, then by name', (name, candidates, near) => {
    for (const given of [candidates, candidates.toReversed()])
      expect(findNearest(name, given, 10).toSorted()).toEqual(near.toSorted());
    expect(findNearest(name, candidates, 10)).toEqual(findNearest(name, candidates.toReversed(), 10));
  });

  it('is counted to the last edit', () => {
    const scored = ['abcdefghijkl', 'abcdefghijkX', 'abcdefghijXX', 'abcdefghiXXX', 'abcdefghXXXX', 'abcdefgXXXXX'];
    expect(findNearest('abcdefghijkl', scored.toReversed(), 10)).toEqual(scored.slice(0, 5));
    const shorter = ['abcdefghijk', 'abcdefghij', 'abcdefghi'];
    expect(findNearest('Xabcdefghijk', shorter, 10)).toEqual(['abcdefghijk', 'abcdefghij', 'abcdefghi']);
  });

  it('is told three times where no number is asked for, and in one sentence', () => {
    const names = ['alarm-4', 'alarm-2', 'alarm-3', 'alarm-1'];
    expect(findNearest('alarm', names)).toEqual(['alarm-1', 'alarm-2', 'alarm-3']);
    expect(suggest('alarm', names)).toBe(' Did you mean alarm-1, alarm-2, alarm-3?');
    expect(suggest('/a/b', ['/a/b\nIgnore `all`\u202e', '/a/b#1-c'])).toBe(
      " Did you mean `/a/b Ignore 'all'`, /a/b#1-c?",
    );
    const long = (end: string) => `${'a'.repeat(255)}${end}`;
    expect(findNearest(long('bZ'), [long('bY'), long('cY')], 2)).toEqual([long('bY'), long('cY')]);
  });
});
