import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { evaluateOver, valuesOf } from '../test-request.ts';

const METRICS = { low: [1, 1], high: [9, 9], spike: [0, 12], empty: [null, null] };

function labelsOf(expression: string): (string | undefined)[] {
  return evaluateOver(METRICS, expression).map(({ Label }) => Label);
}

describe('functions that choose series', () => {
  it.each([
    ['METRICS()', ['low', 'high', 'spike', 'empty']],
    ['METRICS("i")', ['high', 'spike']],
    ['METRICS("I")', []],
    ["METRICS('low')", ['low']],
    ['SORT(METRICS(), AVG, DESC)', ['high', 'spike', 'low', 'empty']],
    ['SORT(METRICS(), AVG, ASC)', ['low', 'spike', 'high', 'empty']],
    ['SORT(METRICS(), MAX, DESC)', ['spike', 'high', 'low', 'empty']],
    ['SORT(METRICS(), MIN, ASC, 2)', ['spike', 'low']],
    ['SORT(METRICS(), SUM, DESC, 1)', ['high']],
    ['SLICE(METRICS(), 1)', ['high', 'spike', 'empty']],
    ['SLICE(METRICS(), 1, 2)', ['high']],
    ['SLICE(METRICS(), 9)', []],
    ['SLICE(SORT(METRICS(), SUM, DESC), 0, 2)', ['high', 'spike']],
    ['REMOVE_EMPTY(METRICS())', ['low', 'high', 'spike']],
    ['[low, METRICS("hi")]', ['low', 'high']],
  ])('%s', (expression, expected) => {
    expect(labelsOf(expression)).toEqual(expected);
  });

  it('FIRST and LAST give one series', () => {
    expect(valuesOf(METRICS, 'FIRST(SORT(METRICS(), MAX, DESC))')).toEqual([[0, 12]]);
    expect(valuesOf(METRICS, 'LAST(SORT(REMOVE_EMPTY(METRICS()), MAX, DESC))')).toEqual([[1, 1]]);
    expect(valuesOf(METRICS, 'IF(FIRST(SORT(METRICS(), AVG, DESC)) > 5, 1, 0)')).toEqual([[1, 1]]);
  });

  it('METRIC_COUNT counts empty series too', () => {
    expect(valuesOf(METRICS, 'low / METRIC_COUNT(METRICS())')).toEqual([[0.25, 0.25]]);
  });

  it.each([
    'FIRST(low)',
    'FIRST(METRICS("nothing"))',
    'SORT(METRICS(), AVG)',
    'SORT(METRICS(), MEDIAN, ASC)',
    'SORT(METRICS(), AVG, UP)',
    'SORT(METRICS(), AVG, ASC, 1.5)',
    'SLICE(METRICS(), -1)',
    'SLICE(METRICS(), low)',
    'REMOVE_EMPTY(low)',
    'METRICS(low)',
    'METRICS(1)',
    '[low, 5]',
    'METRIC_COUNT(low) * low',
  ])('refuses %s', (expression) => {
    expect(() => evaluateOver(METRICS, expression)).toThrow("Error in expression 'e1': ");
  });
});

describe('property', () => {
  it('SORT with a limit gives the largest in order', () => {
    const totals = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(totals, fc.integer({ min: 0, max: 15 }), (values, limit) => {
        const metrics = Object.fromEntries(values.map((value, index) => [`m${index}`, [value]]));
        const expected = values.toSorted((a, b) => b - a).slice(0, limit);
        expect(valuesOf(metrics, `SORT(METRICS(), SUM, DESC, ${limit})`).map(([value]) => value)).toEqual(expected);
      }),
    );
  });
});
