import { describe, expect, it } from 'vitest';
import { valuesOf } from '../test-request.ts';

const METRICS = { metric1: [1, 1, 0, 0, null], metric2: [30, null, 0, 0, 30], metric3: [0, 0, 20, null, 20] };

describe('IF', () => {
  it.each([
    ['IF(metric1, metric2, metric3)', [30, 0, 20, null, null]],
    ['IF(metric1, 5, metric3)', [5, 5, 20, null, null]],
    ['IF(metric1, metric2, 5)', [30, 0, 5, 5, null]],
    ['IF(metric1, 1, 2)', [1, 1, 2, 2, null]],
    ['IF(metric1, metric2)', [30, 0, null, null, null]],
    ['IF(metric1 == 0, 7)', [null, null, 7, 7, null]],
    ['IF(metric2 < 10, metric2)', [null, null, 0, 0, null]],
    ['IF(-metric1, 1, 0)', [1, 1, 0, 0, null]],
    ['IF(1, metric2, metric3)', [30, null, 0, 0, 30]],
    ['IF(0, metric2, metric3)', [0, 0, 20, null, 20]],
    ['IF(1, metric2)', [30, null, 0, 0, 30]],
    ['IF(0, metric2)', [null, null, null, null, null]],
  ])('%s', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });

  it.each([
    'IF(metric1)',
    'IF(metric1, 1, 2, 3)',
    'IF(1, 2, 3)',
    'IF(METRICS(), 1, 2)',
    'IF(metric1, METRICS(), 0)',
    'IF("x", metric1, metric2)',
  ])('refuses %s', (expression) => {
    expect(() => valuesOf(METRICS, expression)).toThrow(/Error in expression 'e1': .*'IF'/);
  });
});
