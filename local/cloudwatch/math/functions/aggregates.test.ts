import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { valuesOf } from '../test-request.ts';

const METRICS = { m1: [1, 2, 3], m2: [10, null, 30], m3: [null, null, null] };

describe('aggregates of an array', () => {
  it.each([
    ['SUM([m1, m2])', [11, 2, 33]],
    ['SUM(METRICS())', [11, 2, 33]],
    ['AVG([m1, m2])', [5.5, 1, 16.5]],
    ['MIN([m1, m2])', [1, 2, 3]],
    ['MAX([m1, m2])', [10, 2, 30]],
    ['STDDEV([m1, m2])', [4.5, 0, 13.5]],
    ['DATAPOINT_COUNT([m1, m2, m3])', [2, 1, 2]],
    ['SUM([METRICS("1"), METRICS("2")])', [11, 2, 33]],
  ])('%s is a time series', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });

  it('is empty for no series at all', () => {
    expect(valuesOf({ m1: [1] }, 'SUM(METRICS("nothing"))')).toEqual([[null]]);
  });
});

describe('aggregates of one series', () => {
  it.each([
    ['m1 * 0 + SUM(m1)', [6, 6, 6]],
    ['m1 - AVG(m1)', [-1, 0, 1]],
    ['m1 - MIN(m1)', [0, 1, 2]],
    ['MAX(m1) / m1', [3, 1.5, 1]],
    ['m1 * 0 + STDDEV(m2)', [10, 10, 10]],
    ['m1 * 0 + SUM(m2) / DATAPOINT_COUNT(m2)', [20, 20, 20]],
    ['m1 * 0 + SUM(m3)', [0, 0, 0]],
    ['m1 + AVG(m3)', [null, null, null]],
    ['m1 + MAX(m3)', [null, null, null]],
  ])('%s uses a scalar', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });
});

describe('property', () => {
  it('SUM(METRICS()) equals the sum of what is there', () => {
    const minutes = fc.array(fc.option(fc.integer({ min: -999, max: 999 })), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(minutes, { minLength: 1, maxLength: 8 }), (rows) => {
        const metrics = Object.fromEntries(rows.map((row, index) => [`m${index}`, row]));
        const expected = Array.from({ length: 6 }, (_, minute) => {
          const present = rows.map((row) => row[minute] ?? null).filter((value) => value !== null);
          return present.length === 0 ? null : present.reduce((total, value) => total + value, 0);
        });
        expect(valuesOf(metrics, 'SUM(METRICS())')).toEqual([expected]);
      }),
    );
  });
});
