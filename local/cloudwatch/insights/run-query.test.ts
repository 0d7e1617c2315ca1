import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { evaluateMetricDataQueries } from '../math/evaluate.ts';
import { makeInMemoryStore, type ObservedMetric } from '../math/in-memory-store.ts';
import { START_EPOCH_MS, toObservations } from '../math/test-request.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const RANGE = { startEpochMs: START_EPOCH_MS, endEpochMs: START_EPOCH_MS + 2 * MINUTE_MS };

function requests(dimensions: Record<string, string>, ...minutes: number[]): ObservedMetric {
  return { namespace: 'Shop', metricName: 'Requests', dimensions, observations: toObservations(minutes) };
}

const METRICS: readonly ObservedMetric[] = [
  requests({ Host: 'a', Zone: '1' }, 1, 2),
  requests({ Host: 'b', Zone: '1' }, 10, 20),
  requests({ Host: 'c', Zone: '2' }, 5, 50),
  requests({ Host: 'a' }, 100, 100),
  requests({}, 1000, 1000),
  { namespace: 'Other', metricName: 'Requests', observations: toObservations([7, 7]) },
  requests({ Host: 'silent', Zone: '9' }),
];

function run(expression: string, metrics = METRICS, range = RANGE, periodSeconds = 60, nowEpochMs = range.endEpochMs) {
  const queries = [{ Id: 'q1', Expression: expression, Period: periodSeconds }];
  const results = evaluateMetricDataQueries(queries, range, makeInMemoryStore(metrics), nowEpochMs);
  return results.map(({ Label, Values }) => [Label, Values]);
}

describe('one time series', () => {
  it.each([
    ['SELECT SUM(Requests) FROM Shop', [1116, 1172]],
    ['SELECT COUNT(Requests) FROM Shop', [5, 5]],
    ['SELECT MAX(Requests) FROM Shop', [1000, 1000]],
    ['SELECT MIN(Requests) FROM Shop', [1, 2]],
    ['SELECT AVG(Requests) FROM SCHEMA(Shop, Host, Zone)', [16 / 3, 24]],
    ['SELECT SUM(Requests) FROM SCHEMA(Shop, Zone, Host)', [16, 72]],
    ['SELECT SUM(Requests) FROM SCHEMA(Shop)', [1000, 1000]],
    ['SELECT SUM(Requests) FROM SCHEMA(Shop, Host)', [100, 100]],
    ["SELECT SUM(Requests) FROM Shop WHERE Host = 'a'", [101, 102]],
    ["SELECT SUM(Requests) FROM Shop WHERE Host != 'a'", [15, 70]],
    ["SELECT SUM(Requests) FROM Shop WHERE Zone = '1' AND Host != 'b'", [1, 2]],
    ["SELECT SUM(Requests) FROM Shop WHERE Host = 'A'", []],
    ['SELECT SUM(Requests) FROM shop', []],
    ['SELECT SUM(Nothing) FROM Shop', []],
    ['SELECT SUM(Requests) FROM Shop ORDER BY MAX() DESC LIMIT 5', [1116, 1172]],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual([['q1', expected]]);
  });

  it('weighs an average by the number of observations', () => {
    const busy = {
      ...requests({ Host: 'x' }),
      observations: [0, 0, 0].map((value, index) => [START_EPOCH_MS + index, value] as const),
    };
    expect(run('SELECT AVG(Requests) FROM Shop', [busy, requests({ Host: 'y' }, 8)])).toEqual([['q1', [2]]]);
  });
});

describe('GROUP BY', () => {
  it.each([
    [
      'SELECT SUM(Requests) FROM SCHEMA(Shop, Host, Zone) GROUP BY Zone',
      [
        ['1', [11, 22]],
        ['2', [5, 50]],
      ],
    ],
    [
      'SELECT SUM(Requests) FROM Shop GROUP BY Zone',
      [
        ['1', [11, 22]],
        ['2', [5, 50]],
        ['Other', [1100, 1100]],
      ],
    ],
    [
      'SELECT SUM(Requests) FROM Shop GROUP BY Host, Zone LIMIT 2',
      [
        ['Other Other', [1000, 1000]],
        ['a 1', [1, 2]],
      ],
    ],
    [
      'SELECT SUM(Requests) FROM SCHEMA(Shop, Host, Zone) GROUP BY Host ORDER BY MAX() DESC',
      [
        ['c', [5, 50]],
        ['b', [10, 20]],
        ['a', [1, 2]],
      ],
    ],
    ['SELECT SUM(Requests) FROM SCHEMA(Shop, Host, Zone) GROUP BY Host ORDER BY MIN() DESC LIMIT 1', [['b', [10, 20]]]],
    [
      'SELECT SUM(Requests) FROM SCHEMA(Shop, Host, Zone) GROUP BY Host ORDER BY COUNT() LIMIT 2',
      [
        ['a', [1, 2]],
        ['b', [10, 20]],
      ],
    ],
    ['SELECT SUM(Nothing) FROM Shop GROUP BY Host', []],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual(expected);
  });

  it('keeps a value named Other apart from the missing label', () => {
    const metrics = [requests({ Zone: 'Other' }, 1), requests({}, 2)];
    expect(run('SELECT SUM(Requests) FROM Shop GROUP BY Zone', metrics)).toHaveLength(2);
  });

  it('returns at most 500 time series, the first of the order', () => {
    const metrics = Array.from({ length: 600 }, (_, index) => requests({ Host: `h${index}` }, index));
    const found = run('SELECT SUM(Requests) FROM Shop GROUP BY Host ORDER BY SUM() DESC', metrics);
    expect(found).toHaveLength(500);
    expect(found[0]).toEqual(['h599', [599]]);
  });

  it('is an array for metric math, and one series without it', () => {
    const store = makeInMemoryStore(METRICS);
    const results = evaluateMetricDataQueries(
      [
        { Id: 'q1', Expression: 'SELECT SUM(Requests) FROM Shop GROUP BY Zone', Period: 60, Label: 'Zone' },
        { Id: 'e1', Expression: 'MAX(q1) / 10' },
      ],
      RANGE,
      store,
    );
    expect(results.map(({ Id, Label, Values }) => [Id, Label, Values])).toEqual([
      ['q1', 'Zone 1', [11, 22]],
      ['q1', 'Zone 2', [5, 50]],
      ['q1', 'Zone Other', [1100, 1100]],
      ['e1', 'e1', [110, 110]],
    ]);
  });
});

describe('limits', () => {
  it('reaches back two weeks from the request', () => {
    const old = {
      ...requests({}),
      observations: [
        [START_EPOCH_MS - 15 * DAY_MS, 1],
        [START_EPOCH_MS - 13 * DAY_MS, 2],
      ] as const,
    };
    const range = { startEpochMs: START_EPOCH_MS - 20 * DAY_MS, endEpochMs: START_EPOCH_MS };
    expect(run('SELECT SUM(Requests) FROM Shop', [old], range)).toEqual([['q1', [2]]]);
    const past = { ...range, endEpochMs: START_EPOCH_MS - 14 * DAY_MS };
    expect(run('SELECT SUM(Requests) FROM Shop', [old], past, 60, START_EPOCH_MS)).toEqual([['q1', []]]);
  });

  it('aggregates high-resolution periods to a minute', () => {
    expect(run('SELECT SUM(Requests) FROM SCHEMA(Shop)', METRICS, RANGE, 10)).toEqual([['q1', [1000, 1000]]]);
  });

  it('processes the first 10,000 metrics', () => {
    const metrics = Array.from({ length: 10_001 }, (_, index) => requests({ Host: `h${index}` }, 1));
    const store = makeInMemoryStore(metrics);
    // Reading by scanning is too slow for so many metrics.
    const counting = { ...store, read: () => ({ timestampsEpochMs: [START_EPOCH_MS], values: [1] }) };
    const queries = [{ Id: 'q1', Expression: 'SELECT COUNT(Requests) FROM Shop', Period: 60 }];
    expect(evaluateMetricDataQueries(queries, RANGE, counting)[0]?.Values).toEqual([10_000]);
  });

  it('names the query and the position in a refusal', () => {
    expect(() => run('SELECT SUM(Requests) FORM Shop')).toThrow(
      "Error in expression 'q1': line 1:21 mismatched input 'FORM' expecting FROM",
    );
  });
});

describe('properties', () => {
  const values = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 20 });

  it('ORDER BY and LIMIT give the top of the groups', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 25 }), fc.boolean(), (totals, limit, isDescending) => {
        const metrics = totals.map((total, index) => requests({ Host: `h${index}` }, total));
        const expected = totals.toSorted((a, b) => (isDescending ? b - a : a - b)).slice(0, limit);
        const direction = isDescending ? 'DESC' : 'ASC';
        const found = run(
          `SELECT SUM(Requests) FROM Shop GROUP BY Host ORDER BY SUM() ${direction} LIMIT ${limit}`,
          metrics,
        );
        expect(found.map(([, points]) => points)).toEqual(expected.map((total) => [total]));
      }),
    );
  });

  it('finds metrics of any name by their quoted names', () => {
    const escapeQuotes = (text: string): string => text.replace(/["'\\]/g, '\\$&');
    const hostile = fc.string({ minLength: 1, maxLength: 20, unit: anyCharacter });
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (namespace, metricName, key, value) => {
        const metrics: ObservedMetric[] = [
          { namespace, metricName, dimensions: Object.fromEntries([[key, value]]), observations: toObservations([1]) },
          {
            namespace,
            metricName,
            dimensions: Object.fromEntries([[key, `${value}.`]]),
            observations: toObservations([2]),
          },
        ];
        const expression = `SELECT SUM("${escapeQuotes(metricName)}") FROM SCHEMA("${escapeQuotes(namespace)}", "${escapeQuotes(key)}") WHERE "${escapeQuotes(key)}" = '${escapeQuotes(value)}'`;
        expect(run(expression, metrics)).toEqual([['q1', [1]]]);
      }),
    );
  });
});
