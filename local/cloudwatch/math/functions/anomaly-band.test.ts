import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../evaluate.ts';
import { makeInMemoryStore } from '../in-memory-store.ts';
import { evaluateOver, metricQuery, START_EPOCH_MS, toObservations, valuesOf } from '../test-request.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

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

  it('judges workdays and weekends apart once both were seen on three days', () => {
    // Two weeks from a Friday noon on: 30 at weekends, 10 on workdays.
    const isWeekend = (minute: number): boolean => {
      const day = new Date(START_EPOCH_MS + minute * MINUTE_MS).getUTCDay();
      return day === 0 || day === 6;
    };
    const minutes = Array.from({ length: 14 * 1440 }, (_, minute) => (isWeekend(minute) ? 30 : 10));
    const [upper, lower] = valuesOf({ m1: minutes }, 'ANOMALY_DETECTION_BAND(m1)');
    expect([upper, lower]).toEqual([minutes, minutes]);
  });

  it('learns from the two weeks before the end, whatever was asked for', () => {
    // Ten quiet days, then one hour of another level: the band of that hour is that of the quiet ones.
    const quiet = Array.from({ length: 10 * 1_440 }, (_, minute) => (minute % 2 === 0 ? 8 : 12));
    const minutes = [...quiet, ...Array.from({ length: 60 }, () => 100)];
    const store = makeInMemoryStore([{ namespace: 'Test', metricName: 'm1', observations: toObservations(minutes) }]);
    const endEpochMs = START_EPOCH_MS + minutes.length * MINUTE_MS;
    const queries = [metricQuery('m1'), { Id: 'e1', Expression: 'ANOMALY_DETECTION_BAND(m1)' }];
    const results = evaluateMetricDataQueries(queries, { startEpochMs: endEpochMs - HOUR_MS, endEpochMs }, store);
    const [upper = [], lower = []] = results.filter(({ Id }) => Id === 'e1').map(({ Values = [] }) => Values);
    expect([upper.length, lower.length]).toEqual([60, 60]);
    expect(Math.max(...upper)).toBeLessThan(100);
    expect(Math.min(...lower)).toBeLessThan(8);
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
