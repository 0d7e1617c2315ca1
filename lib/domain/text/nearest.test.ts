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
