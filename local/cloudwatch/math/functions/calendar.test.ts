import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../evaluate.ts';
import { makeInMemoryStore } from '../in-memory-store.ts';
import { metricQuery, START_EPOCH_MS, valuesOf } from '../test-request.ts';

// The tests' time is Friday, 2026-05-01T12:00:00Z.
const METRICS = { m1: [1, null, 3] };

describe('functions of time', () => {
  it.each([
    ['MINUTE(m1)', [0, 1, 2]],
    ['HOUR(m1)', [12, 12, 12]],
    ['DAY(m1)', [5, 5, 5]],
    ['DATE(m1)', [1, 1, 1]],
    ['MONTH(m1)', [5, 5, 5]],
    ['YEAR(m1)', [2026, 2026, 2026]],
    ['EPOCH(m1) - EPOCH(m1) + 1', [1, 1, 1]],
    ['IF(DAY(m1) < 6, m1)', [1, 0, 3]],
    ['TIME_SERIES(5)', [5, 5, 5]],
    ['TIME_SERIES(MAX(m1))', [3, 3, 3]],
    ['TIME_SERIES(1 / 0)', [null, null, null]],
    ['m1 / PERIOD(m1)', [1 / 60, null, 3 / 60]],
  ])('%s', (expression, expected) => {
    expect(valuesOf(METRICS, expression)).toEqual([expected]);
  });

  it('counts Sunday as the seventh day', () => {
    const startEpochMs = Date.UTC(2026, 4, 3);
    const range = { startEpochMs, endEpochMs: startEpochMs + 60_000 };
    const queries = [metricQuery('m1'), { Id: 'e1', Expression: 'DAY(m1)' }];
    expect(evaluateMetricDataQueries(queries, range, makeInMemoryStore([]))[1]?.Values).toEqual([7]);
  });

  it('takes the expression period, then the finest metric period, then five minutes', () => {
    const range = { startEpochMs: START_EPOCH_MS, endEpochMs: START_EPOCH_MS + 600_000 };
    const count = (queries: Parameters<typeof evaluateMetricDataQueries>[0]): number | undefined =>
      evaluateMetricDataQueries(queries, range, makeInMemoryStore([])).at(-1)?.Values?.length;
    const metrics = [metricQuery('m1', 'm1', 120), metricQuery('m2', 'm2', 60)];
    expect(count([...metrics, { Id: 'e1', Expression: 'TIME_SERIES(1)', Period: 300 }])).toBe(2);
    expect(count([...metrics, { Id: 'e1', Expression: 'TIME_SERIES(1)' }])).toBe(10);
    expect(count([{ Id: 'e1', Expression: 'TIME_SERIES(1)' }])).toBe(2);
  });

  it.each(['TIME_SERIES(m1)', 'TIME_SERIES()', 'm1 / PERIOD(m1 + 1)', 'm1 * PERIOD(5)', 'HOUR(METRICS())', 'HOUR(5)'])(
    'refuses %s',
    (expression) => {
      expect(() => valuesOf(METRICS, expression)).toThrow("Error in expression 'e1': ");
    },
  );
});
