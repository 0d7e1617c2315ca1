import { describe, expect, it } from 'vitest';
import { matchDimensions } from './metric-match.ts';

const set = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([name, value]) => ({ name, value }));
const LISTED = [
  set(['FunctionName', 'shop-cart']),
  set(['FunctionName', 'shop-checkout']),
  set(['FunctionName', 'shop-cart'], ['Resource', 'shop-cart:live']),
  set(['FunctionName', 'shop-checkout'], ['Resource', 'shop-checkout:live']),
  set(),
];

describe('matchDimensions', () => {
  it('finds the exact set, whatever its order', () => {
    expect(matchDimensions(set(['Resource', 'shop-cart:live'], ['FunctionName', 'shop-cart']), LISTED).kind).toBe(
      'exact',
    );
    expect(matchDimensions([], LISTED).kind).toBe('exact');
  });

  it('names the sets that exist, the nearest first', () => {
    expect(matchDimensions(set(['Functionname', 'shop-cart']), LISTED)).toEqual({
      kind: 'names',
      sets: [['FunctionName'], ['FunctionName', 'Resource'], []],
    });
  });

  it('finds the value that is mistyped, and the near ones', () => {
    expect(matchDimensions(set(['FunctionName', 'shop-chekout']), LISTED)).toEqual({
      kind: 'value',
      name: 'FunctionName',
      value: 'shop-chekout',
      nearest: ['shop-checkout'],
      valueCount: 2,
    });
  });

  it('shows some values when none is near', () => {
    expect(matchDimensions(set(['FunctionName', 'zzzzzzzzzzzzzzzzzzz']), LISTED)).toMatchObject({
      nearest: ['shop-cart', 'shop-checkout'],
    });
  });

  it('tells a combination that does not occur', () => {
    const wanted = set(['FunctionName', 'shop-cart'], ['Resource', 'shop-checkout:live']);
    expect(matchDimensions(wanted, LISTED)).toEqual({ kind: 'combination' });
  });
});
