import { describe, expect, it } from 'vitest';
import { valuesOf } from '../test-request.ts';

const METRICS = {
  m1: [null, 10, null, null, 40, null],
  m2: [1, 2, 3, null, 5, null],
  m3: [null, null, null, null, null, null],
};

describe('FILL', () => {
  it.each([
    ['FILL(m1, 0)', [0, 10, 0, 0, 40, 0]],
    ['FILL(m1, -1.5)', [-1.5, 10, -1.5, -1.5, 40, -1.5]],
    ['FILL(m1, MIN(m1))', [10, 10, 10, 10, 40, 10]],
    ['FILL(m1, m2)', [1, 10, 3, null, 40, null]],
    ['FILL(m1, REPEAT)', [null, 10, 10, 10, 40, 40]],
    ['FILL(m1, LINEAR)', [null, 10, 20, 30, 40, null]],
    ['FILL(m3, 7)', [7, 7, 7, 7, 7, 7]],
    ['FILL(m3, REPEAT)', [null, null, null, null, null, null]],
    ['FILL(m3, LINEAR)', [null, null, null, null, null, null]],
  ])('%s', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });

  it('fills every series of an array', () => {
    expect(valuesOf({ m1: [1, null], m2: [null, 4] }, 'FILL(METRICS(), 0)')).toEqual([
      [1, 0],
      [0, 4],
    ]);
  });

  it.each(['FILL(m1)', 'FILL(m1, 0, 1)', 'FILL(0, 0)', 'FILL(m1, REPEATED)', 'FILL(m1, "0")', 'FILL(m1, METRICS())'])(
    'refuses %s',
    (expression) => {
      expect(() => valuesOf(METRICS, expression)).toThrow("Error in expression 'e1': ");
    },
  );
});
