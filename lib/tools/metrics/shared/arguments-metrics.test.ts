import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../errors.ts';
import { type MetricArguments, planMetricQueries } from './arguments-metrics.ts';

const metric = { namespace: 'AWS/Lambda', metric_name: 'Errors' } as const;
const stat = { metric_stat: metric };

function refusal(input: MetricArguments): string {
  try {
    planMetricQueries(input);
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.publicMessage}`;
    throw error;
  }
  return 'accepted';
}

describe('planMetricQueries', () => {
  it('plans one metric', () => {
    expect(planMetricQueries({ ...metric, statistic: 'SUM', period: 60 })).toEqual({
      mode: 'metric',
      queries: [
        {
          id: 'm1',
          isReturned: true,
          requestedSeconds: 60,
          metric: { namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: [], statistic: 'Sum' },
        },
      ],
    });
  });

  it('plans Metrics Insights, asking for one group more than shown', () => {
    const plan = planMetricQueries({ ...metric, statistic: 'Sum', group_by_dimension: 'FunctionName', limit: 5 });
    expect(plan.mode).toBe('insights');
    expect(plan.queries[0]?.expression).toBe(
      'SELECT SUM("Errors") FROM "AWS/Lambda" GROUP BY "FunctionName" ORDER BY SUM() DESC LIMIT 6',
    );
  });

  it('takes schema_dimension_keys alone, and never asks for more than 500 groups', () => {
    expect(planMetricQueries({ ...metric, schema_dimension_keys: ['FunctionName'] }).queries[0]?.expression).toBe(
      'SELECT AVG("Errors") FROM SCHEMA("AWS/Lambda", "FunctionName")',
    );
    expect(
      planMetricQueries({
        ...metric,
        group_by_dimension: 'F',
        limit: 500,
        sort_order: 'ASC',
        order_by_statistic: 'MAX',
      }).queries[0]?.expression,
    ).toContain('ORDER BY MAX() ASC LIMIT 500');
  });

  it('gives queries without an id one that is free', () => {
    const plan = planMetricQueries({ queries: [{ ...stat, id: 'q2' }, stat, { expression: 'q2 * 2' }] });
    expect(plan.queries.map(({ id }) => id)).toEqual(['q2', 'q2_', 'q3']);
    expect(plan.mode).toBe('queries');
  });

  it('takes the period of the metric, then of the query, then of the call', () => {
    const plan = planMetricQueries({
      period: 600,
      queries: [{ metric_stat: { ...metric, period: 60 }, period: 300 }, { ...stat, period: 300 }, stat],
    });
    expect(plan.queries.map(({ requestedSeconds }) => requestedSeconds)).toEqual([60, 300, 600]);
  });

  it.each<[string, MetricArguments, string]>([
    ['nothing', {}, 'namespace and metric_name missing'],
    ['an empty list of queries', { queries: [] }, 'namespace and metric_name missing'],
    ['a namespace alone', { namespace: 'AWS/Lambda' }, 'metric_name missing'],
    ['arguments of two modes', { ...metric, queries: [stat] }, 'queries and namespace, metric_name exclude each other'],
    [
      'an order without groups',
      { ...metric, sort_order: 'ASC', limit: 3 },
      'limit, sort_order without group_by_dimension',
    ],
    [
      'a group outside the schema',
      { ...metric, group_by_dimension: 'A', schema_dimension_keys: ['B'] },
      'schema_dimension_keys lacks "A"',
    ],
    [
      'a percentile of groups',
      { ...metric, group_by_dimension: 'A', statistic: 'p99' },
      'does not exist in Metrics Insights',
    ],
    ['a bad statistic', { ...metric, statistic: 'p101' }, 'a percentile lies between 0 and 100'],
    [
      'a bad statistic in queries',
      { queries: [{ metric_stat: { ...metric, statistic: 'Avergae' } }] },
      'statistic of query q1 "Avergae"',
    ],
    [
      'a bad unit',
      { queries: [{ metric_stat: { ...metric, unit: 'Parsec' } }] },
      'unit of query q1 "Parsec" is not a unit',
    ],
    ['neither metric nor expression', { queries: [{ id: 'a' }] }, 'query a has neither metric_stat nor expression'],
    ['both', { queries: [{ ...stat, expression: '1' }] }, 'query q1 has both metric_stat and expression'],
    [
      'an id twice',
      {
        queries: [
          { ...stat, id: 'a' },
          { ...stat, id: 'a' },
        ],
      },
      'queries has the id a twice',
    ],
    ['nothing returned', { queries: [{ ...stat, return_data: false }] }, 'no query returns data'],
    [
      'a dimension twice',
      {
        ...metric,
        dimensions: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      'dimensions holds "A" twice',
    ],
  ])('refuses %s', (_name, input, text) => {
    expect(refusal(input)).toContain(`invalid_input: `);
    expect(refusal(input)).toContain(text);
    expect(refusal(input)).toContain('→');
  });
});
