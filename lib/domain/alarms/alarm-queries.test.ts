import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../local/cloudwatch/math/evaluate.ts';
import { makeInMemoryStore } from '../../../local/cloudwatch/math/in-memory-store.ts';
import { fc } from '../../../test/support/property.ts';
import type { AlarmWatch, WatchedQuery } from './alarm.ts';
import { type AlarmQueries, prefixIds, queriesOf } from './alarm-queries.ts';

const END = Date.parse('2026-03-01T12:00:00Z');
const NAMES = ['Errors', 'Calls', 'Timeouts', 'Retries'];
const store = makeInMemoryStore(
  NAMES.map((metricName, index) => ({
    namespace: 'Shop',
    metricName,
    observations: Array.from(
      { length: 30 },
      (_, minute) => [END - minute * 60_000 - 1, (minute * (index + 3)) % 11] as const,
    ),
  })),
);

/** Ids that hold each other, and look like functions, numbers and words of expressions. */
const IDS = ['m1', 'm10', 'e', 'avg', 'errors', 'errors_all', 'fill', 'm'];
const math = fc
  .record({
    ids: fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 2, maxLength: 5 }),
    form: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ ids, form }): AlarmWatch => {
    const [first = '', second = '', ...rest] = ids;
    const list = [first, second, ...rest];
    const expressions = [
      `${first} + 2e0 * ${second}`,
      `SUM(METRICS())`,
      `SUM(METRICS("${first.slice(0, 1)}"))`,
      `AVG([${list.join(',')}])`,
      `IF(${first}>${second},${first},0)+FILL(${second}, 0)`,
      `MAX(METRICS( '${second}' ))/(${first}+1)`,
      `-(${first}) - ${second}`,
    ];
    const metrics = list.map(
      (id, index): WatchedQuery => ({
        id,
        isReturned: false,
        metric: {
          namespace: 'Shop',
          metricName: NAMES[index % NAMES.length] ?? '',
          dimensions: [],
          statistic: 'Sum',
          periodSeconds: 60,
        },
      }),
    );
    const expression = expressions[form] ?? '';
    return { type: 'math', expression, queries: [{ id: 'result', expression, isReturned: true }, ...metrics] };
  });

const toSdk = ({ queries }: AlarmQueries): MetricDataQuery[] =>
  queries.map(({ id, expression, metric, isReturned }) => ({
    Id: id,
    ReturnData: isReturned,
    ...(metric === undefined
      ? { Expression: expression }
      : {
          MetricStat: {
            Metric: { Namespace: metric.namespace, MetricName: metric.metricName },
            Period: metric.periodSeconds,
            Stat: metric.statistic,
          },
        }),
  }));

const evaluate = (queries: readonly MetricDataQuery[]) =>
  evaluateMetricDataQueries(queries, { startEpochMs: END - 1_800_000, endEpochMs: END }, store).map(
    ({ Timestamps, Values }) => [Timestamps, Values],
  );

describe('prefixIds', () => {
  it('gives alarms that are asked for together the datapoints that each has alone', () => {
    fc.assert(
      fc.property(fc.array(math, { minLength: 1, maxLength: 4 }), (watches) => {
        const alarms = watches.flatMap((watch) => queriesOf({ watch, condition: {} }) ?? []);
        const together = alarms.flatMap((alarm, index) => toSdk(prefixIds(alarm, `a${index}_`)));
        expect(evaluate(together)).toEqual(alarms.flatMap((alarm) => evaluate(toSdk(alarm))));
      }),
    );
  });

  it('leaves texts and Metrics Insights queries alone', () => {
    const expression = `SELECT MAX(m1) FROM Shop WHERE host = 'm1'`;
    const search = `SUM(SEARCH('{Shop} m1', 'Sum', 60)) + m1`;
    const watch: AlarmWatch = {
      type: 'math',
      expression,
      queries: [
        { id: 'm1', expression, isReturned: true },
        { id: 'e1', expression: search, isReturned: false },
      ],
    };
    const queries = queriesOf({ watch, condition: { periodSeconds: 300 } });
    expect(queries?.queries[0]).toMatchObject({ periodSeconds: 300 });
    expect(queries && prefixIds(queries, 'x_').queries.map((query) => query.expression)).toEqual([
      expression,
      `SUM(SEARCH('{Shop} m1', 'Sum', 60)) + x_m1`,
    ]);
  });
});
