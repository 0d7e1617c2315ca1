import { describe, expect, it } from 'vitest';
import { countOf, listSome, nounOf } from './counts.ts';

describe('countOf and nounOf', () => {
  it('group digits and know one from many', () => {
    expect([0, 1, 12_345].map((count) => countOf(count, 'row'))).toEqual(['0 rows', '1 row', '12,345 rows']);
    expect([1, 2].map((count) => countOf(count, 'query', 'queries'))).toEqual(['1 query', '2 queries']);
    expect([0, 1, 2].map((count) => nounOf(count, 'is', 'are'))).toEqual(['are', 'is', 'are']);
  });
});

describe('listSome', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a, b'],
    [['a', 'b', 'c'], 'a, b and 1 more'],
    [[1, 2, 3, 4], '1, 2 and 2 more'],
  ])('tells of %j at most two', (texts, expected) => {
    expect(listSome(texts, 2)).toBe(expected);
  });

  it('takes other words for what stands between and what is left', () => {
    expect(listSome(['a', 'b', 'c'], 2, '; ', (left) => `; ${left} more sets`)).toBe('a; b; 1 more sets');
  });
});
