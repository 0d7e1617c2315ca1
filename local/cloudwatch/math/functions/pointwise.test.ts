import { describe, expect, it } from 'vitest';
import { valuesOf } from '../test-request.ts';

const METRICS = { m1: [-1.5, 0, 100, null], m2: [1, 2, 4, 8] };

describe('functions of one point', () => {
  it.each([
    ['ABS(m1)', [1.5, 0, 100, null]],
    ['CEIL(m1)', [-1, 0, 100, null]],
    ['FLOOR(m1)', [-2, 0, 100, null]],
    ['LOG10(m1)', [null, null, 2, null]],
    ['LOG(m2) / LOG(m2)', [null, 1, 1, 1]],
  ])('%s', (expression, expected) => {
    const [actual] = valuesOf(METRICS, expression);
    expect(actual?.map((value) => (value === null ? null : value + 0))).toEqual(expected);
  });

  it('applies to every member of an array', () => {
    expect(valuesOf({ m1: [-1], m2: [-2] }, 'ABS(METRICS())')).toEqual([[1], [2]]);
  });
});

describe('functions of a point and the one before', () => {
  it.each([
    ['DIFF(m2)', [null, 1, 2, 4]],
    ['DIFF(m1)', [null, 1.5, 100, null]],
    ['DIFF_TIME(m2)', [null, 60, 60, 60]],
    ['RATE(m2)', [null, 1 / 60, 2 / 60, 4 / 60]],
    ['RUNNING_SUM(m2)', [1, 3, 7, 15]],
    ['RUNNING_SUM(m1)', [-1.5, -1.5, 98.5, null]],
  ])('%s', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });

  it('spans gaps by their real length', () => {
    expect(valuesOf({ m1: [0, null, null, 90] }, 'DIFF_TIME(m1)')).toEqual([[null, null, null, 180]]);
    expect(valuesOf({ m1: [0, null, null, 90] }, 'RATE(m1)')).toEqual([[null, null, null, 0.5]]);
  });

  it('gives nothing for a single point', () => {
    expect(valuesOf({ m1: [5] }, 'DIFF(m1)')).toEqual([[null]]);
  });
});
