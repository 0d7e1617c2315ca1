import { describe, expect, it } from 'vitest';
import { evaluateOver, valuesOf } from '../test-request.ts';

const METRICS = { m1: [8, 12, 8, 12] };

describe('ANOMALY_DETECTION_BAND', () => {
  it('gives the upper bound and then the lower one, two deviations by default', () => {
    expect(valuesOf(METRICS, 'ANOMALY_DETECTION_BAND(m1)')).toEqual([
      [14, 14, 14, 14],
      [6, 6, 6, 6],
    ]);
    expect(evaluateOver(METRICS, 'ANOMALY_DETECTION_BAND(m1)').map(({ Label }) => Label)).toEqual([
      'm1 upper',
      'm1 lower',
    ]);
  });

  it('takes the deviations as second argument, and FIRST and LAST pick a bound', () => {
    expect(valuesOf(METRICS, 'FIRST(ANOMALY_DETECTION_BAND(m1, 4))')).toEqual([[18, 18, 18, 18]]);
    expect(valuesOf(METRICS, 'LAST(ANOMALY_DETECTION_BAND(m1, 0.5))')).toEqual([[9, 9, 9, 9]]);
  });

  it('judges every hour of the day by itself once it was seen on three days', () => {
    // Noon has 50, every other hour 10; the tests' time starts at noon.
    const days = (count: number): number[] =>
      Array.from({ length: count * 1440 }, (_, minute) => (minute % 1440 < 60 ? 50 : 10));
    const [upper] = valuesOf({ m1: days(3) }, 'ANOMALY_DETECTION_BAND(m1)');
    expect(upper).toEqual(days(3));
    const [sameEverywhere] = valuesOf({ m1: days(2) }, 'ANOMALY_DETECTION_BAND(m1)');
    expect(new Set(sameEverywhere).size).toBe(1);
  });

  it('is empty for a metric without data', () => {
    expect(valuesOf({ m1: [null, null] }, 'ANOMALY_DETECTION_BAND(m1)')).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it.each([
    'ANOMALY_DETECTION_BAND(m1, 0)',
    'ANOMALY_DETECTION_BAND(m1, -1)',
    'ANOMALY_DETECTION_BAND(METRICS())',
    'ANOMALY_DETECTION_BAND(5)',
  ])('refuses %s', (expression) => {
    expect(() => evaluateOver(METRICS, expression)).toThrow("Error in expression 'e1': ");
  });
});
