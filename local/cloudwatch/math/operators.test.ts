import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { valuesOf } from './test-request.ts';

const METRICS = { m1: [1, 2, 3, 4], m2: [10, 20, 30, 40], m3: [5, null, 0, 2] };

describe('arithmetic', () => {
  it.each([
    ['m1 + m2', [11, 22, 33, 44]],
    ['m2 - m1', [9, 18, 27, 36]],
    ['m1 * m2', [10, 40, 90, 160]],
    ['m2 / m1', [10, 10, 10, 10]],
    ['m1 ^ 2', [1, 4, 9, 16]],
    ['2 ^ m1', [2, 4, 8, 16]],
    ['-m1', [-1, -2, -3, -4]],
    ['--m1', [1, 2, 3, 4]],
    ['-m1 ^ 2', [-1, -4, -9, -16]],
    ['m1 * 2 ^ 3 ^ 1', [8, 16, 24, 32]],
    ['m1 * 2 ^ -1', [0.5, 1, 1.5, 2]],
    ['m1 + m2 * 2', [21, 42, 63, 84]],
    ['(m1 + m2) * 2', [22, 44, 66, 88]],
    ['m2 - m1 - 1', [8, 17, 26, 35]],
    ['100 / m2 / 5', [2, 1, 100 / 30 / 5, 0.5]],
    ['m1 + 1e3', [1001, 1002, 1003, 1004]],
    ['m1 + .5', [1.5, 2.5, 3.5, 4.5]],
    ['2 * (3 + 4) * m1', [14, 28, 42, 56]],
  ])('%s', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });

  it('treats a point that one series lacks as 0 and drops a division by zero', () => {
    expect(valuesOf(METRICS, 'm1 + m3')).toEqual([[6, 2, 3, 6]]);
    expect(valuesOf(METRICS, 'm1 / m3')).toEqual([[0.2, null, null, 2]]);
    expect(valuesOf(METRICS, 'm3 + 1')).toEqual([[6, null, 1, 3]]);
  });

  it('applies a scalar or a series to every member of an array', () => {
    expect(valuesOf({ m1: [1, 2], m2: [3, 4] }, '[m1, m2] * 10')).toEqual([
      [10, 20],
      [30, 40],
    ]);
    expect(valuesOf({ m1: [1, 2], m2: [3, 4] }, '12 / [m1, m2]')).toEqual([
      [12, 6],
      [4, 3],
    ]);
    expect(valuesOf({ m1: [1, 2], m2: [3, 4] }, 'm1 - [m1, m2]')).toEqual([
      [0, 0],
      [-2, -2],
    ]);
    expect(valuesOf({ m1: [1, 2], m2: [3, 4] }, '-[m1, m2]')).toEqual([
      [-1, -2],
      [-3, -4],
    ]);
  });
});

describe('comparison and logic', () => {
  const metrics = { metric1: [30, 20, 0, 0], metric2: [20, null, 20, null] };

  it.each([
    ['metric1 < metric2', [0, 0, 1, 0]],
    ['metric1 >= 30', [1, 0, 0, 0]],
    ['metric1 > 15 AND metric2 > 15', [1, 0, 0, 0]],
    ['metric1 > 15 && metric2 > 15', [1, 0, 0, 0]],
    ['metric1 == 30 OR metric2 == 20', [1, 0, 1, 0]],
    ['metric1 == 30 || metric2 == 20', [1, 0, 1, 0]],
    ['metric1 != 0', [1, 1, 0, 0]],
    ['metric1 <= 20', [0, 1, 1, 1]],
    ['20 < metric1', [1, 0, 0, 0]],
    ['metric1 == 0 OR metric1 == 20 AND metric2 == 20', [0, 0, 1, 1]],
    ['TIME_SERIES(2 > 1)', [1, 1, 1, 1]],
    ['TIME_SERIES(1 AND 0)', [0, 0, 0, 0]],
  ])('%s', (expression, expected) => {
    expect(valuesOf(metrics, expression)).toEqual([expected]);
  });
});

describe('properties', () => {
  const finite = fc.integer({ min: -1000, max: 1000 });
  const minutes = fc.array(finite, { minLength: 5, maxLength: 5 });
  const operators = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
  };

  it('computes point by point what plain arithmetic computes', () => {
    fc.assert(
      fc.property(minutes, minutes, finite, fc.constantFrom('+', '-', '*'), (m1, m2, number, operator) => {
        const compute = operators[operator];
        const expected = m1.map((value, index) => compute(compute(value, m2[index] ?? 0), number) + 0);
        const [actual] = valuesOf({ m1, m2 }, `(m1 ${operator} m2) ${operator} (${number})`);
        expect(actual?.map((value) => (value ?? Number.NaN) + 0)).toEqual(expected);
      }),
    );
  });
});
