import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { AwsServiceError } from '../../types.ts';
import { evaluateMetricDataQueries } from './evaluate.ts';
import { makeInMemoryStore } from './in-memory-store.ts';
import { metricQuery, START_EPOCH_MS, toObservations } from './test-request.ts';

const RANGE = { startEpochMs: START_EPOCH_MS, endEpochMs: START_EPOCH_MS + 180_000 };
const STORE = makeInMemoryStore([
  { namespace: 'Test', metricName: 'm1', unit: 'Seconds', observations: toObservations([1, 2, 3]) },
  { namespace: 'Test', metricName: 'm2', observations: toObservations([10, null, 30]) },
  { namespace: 'Test', metricName: 'm1', dimensions: { A: 'x', B: 'y' }, observations: toObservations([7, 7, 7]) },
]);

function evaluate(...queries: MetricDataQuery[]) {
  return evaluateMetricDataQueries(queries, RANGE, STORE);
}

function refusal(...queries: MetricDataQuery[]): unknown {
  try {
    evaluate(...queries);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('evaluateMetricDataQueries', () => {
  it('gives a metric with ascending timestamps and its name as label', () => {
    expect(evaluate(metricQuery('m2'))).toEqual([
      {
        Id: 'm2',
        Label: 'm2',
        Timestamps: [new Date(START_EPOCH_MS), new Date(START_EPOCH_MS + 120_000)],
        Values: [10, 30],
        StatusCode: 'Complete',
        Messages: [],
      },
    ]);
  });

  it('resolves ids in any order, through other expressions, and keeps the order of the request', () => {
    const results = evaluate(
      { Id: 'e2', Expression: 'e1 * 2', Label: 'Double' },
      { Id: 'e1', Expression: 'm1 + m2' },
      { ...metricQuery('m1'), ReturnData: false },
      metricQuery('m2'),
    );
    expect(results.map(({ Id, Label, Values }) => [Id, Label, Values])).toEqual([
      ['e2', 'Double', [22, 4, 66]],
      ['e1', 'e1', [11, 2, 33]],
      ['m2', 'm2', [10, 30]],
    ]);
  });

  it('gives every series of an array under the same id with its own label', () => {
    const queries = [metricQuery('m1'), metricQuery('m2')].map((query) => ({ ...query, ReturnData: false }));
    const labels = (label: string | undefined) =>
      evaluate(...queries, { Id: 'e1', Expression: 'METRICS() * 1', ...(label === undefined ? {} : { Label: label }) });
    expect(labels(undefined).map(({ Id, Label }) => [Id, Label])).toEqual([
      ['e1', 'm1'],
      ['e1', 'm2'],
    ]);
    expect(labels('Scaled').map(({ Label }) => Label)).toEqual(['Scaled m1', 'Scaled m2']);
    expect(labels('').map(({ Label }) => Label)).toEqual(['m1', 'm2']);
  });

  it('leaves expressions out of METRICS()', () => {
    const results = evaluate(
      metricQuery('m1'),
      { Id: 'e1', Expression: 'm1 * 100' },
      { Id: 'e2', Expression: 'SUM(METRICS())' },
    );
    expect(results.at(-1)?.Values).toEqual([1, 2, 3]);
  });

  it('finds a metric by its exact dimensions, in any order', () => {
    const withDimensions = (Dimensions: { Name: string; Value: string }[]): MetricDataQuery => ({
      Id: 'm1',
      MetricStat: { Metric: { Namespace: 'Test', MetricName: 'm1', Dimensions }, Period: 60, Stat: 'Sum' },
    });
    const [a, b] = [
      { Name: 'A', Value: 'x' },
      { Name: 'B', Value: 'y' },
    ];
    expect(evaluate(withDimensions([b, a]))[0]?.Values).toEqual([7, 7, 7]);
    expect(evaluate(withDimensions([a]))[0]?.Values).toEqual([]);
  });

  it('gives no data for a unit that the metric does not have', () => {
    const withUnit = (Unit: 'Seconds' | 'Bytes'): MetricDataQuery => ({
      Id: 'm1',
      MetricStat: { Metric: { Namespace: 'Test', MetricName: 'm1' }, Period: 60, Stat: 'Sum', Unit },
    });
    expect(evaluate(withUnit('Seconds'))[0]?.Values).toEqual([1, 2, 3]);
    expect(evaluate(withUnit('Bytes'))[0]?.Values).toEqual([]);
  });

  it('resolves a chain of 500 expressions', () => {
    const chain = Array.from({ length: 499 }, (_, index) => ({
      Id: `e${index}`,
      Expression: index === 498 ? 'm1' : `e${index + 1} + 1`,
      ReturnData: index === 0,
    }));
    expect(evaluate(...chain, { ...metricQuery('m1'), ReturnData: false })[0]?.Values).toEqual([499, 500, 501]);
  });

  it('takes the period of an expression from what it refers to', () => {
    const queries = [
      metricQuery('m1', 'm1', 60),
      metricQuery('m2', 'm2', 180),
      { Id: 'e1', Expression: 'TIME_SERIES(1) + m2' },
    ];
    expect(evaluate(...queries).at(-1)?.Values).toEqual([41]);
  });

  it('refuses a series without gaps that would not fit in memory', () => {
    const range = { startEpochMs: 0, endEpochMs: 2e9 };
    const queries = [{ Id: 'e1', Expression: 'TIME_SERIES(1)', Period: 1 }];
    expect(() => evaluateMetricDataQueries(queries, range, STORE)).toThrow('more than 1000000 periods of 1 seconds');
  });

  it('answers an empty request with nothing', () => {
    expect(evaluate()).toEqual([]);
  });
});

describe('messages', () => {
  it.each([
    ['1 / (m1 - 2)', true],
    ['100 * (1 / (m1 - 2)) + m2', true],
    ['FILL(1 / (m1 - 2), 0)', true],
    ['IF(m1 > 1, LOG(m1 - 2), 0)', true],
    ['SUM([m1, LOG(m1 - 1)])', true],
    ['RUNNING_SUM(1 / (m1 - 2))', true],
    ['TIME_SERIES(1 / 0)', true],
    ['1 / m1', false],
    ['m1 / m2', true],
    ['m2 / m1', false],
    ['IF(m1 > 2, m1)', false],
    ['FILL(m2, REPEAT)', false],
    ['DIFF(m2)', false],
    ['LAST(ANOMALY_DETECTION_BAND(m2))', false],
  ])('%s says that points were dropped: %s', (expression, isDropped) => {
    const queries = ['m1', 'm2'].map((id) => ({ ...metricQuery(id), ReturnData: false }));
    const [result] = evaluate(...queries, { Id: 'e1', Expression: expression });
    expect(result?.Messages?.map(({ Code }) => Code)).toEqual(isDropped ? ['ArithmeticError'] : []);
  });
});

describe('refusals', () => {
  it.each<[string, MetricDataQuery[], string]>([
    [
      'a cycle',
      [
        { Id: 'e1', Expression: 'e2 + 1' },
        { Id: 'e2', Expression: 'e1 + 1' },
      ],
      "Error in expression 'e2': The expression refers to itself: e1 -> e2 -> e1",
    ],
    ['an expression of itself', [{ Id: 'e1', Expression: 'e1' }], 'The expression refers to itself: e1 -> e1'],
    [
      'an error in an expression that is not returned',
      [metricQuery('m1'), { Id: 'e1', Expression: 'm1 +', ReturnData: false }],
      "Error in expression 'e1': Invalid syntax at position 5",
    ],
    [
      'an error behind a reference, named where it is',
      [
        { Id: 'e1', Expression: 'e2 * 2' },
        { Id: 'e2', Expression: 'NOPE(1)' },
      ],
      "Error in expression 'e2': Function 'NOPE' not found",
    ],
    [
      'different periods in one expression',
      [metricQuery('m1', 'm1', 60), metricQuery('m2', 'm2', 300), { Id: 'e1', Expression: 'm1 + m2' }],
      "Error in expression 'e1': All time series must have the same period, but they have 60 and 300 seconds",
    ],
    [
      'different periods in an array',
      [metricQuery('m1', 'm1', 60), metricQuery('m2', 'm2', 300), { Id: 'e1', Expression: 'SUM(METRICS())' }],
      'All time series must have the same period',
    ],
    [
      'the same id twice',
      [metricQuery('m1'), metricQuery('m1')],
      'The values for parameter id in MetricDataQueries are not unique.',
    ],
    ['a query without metric and expression', [{ Id: 'm1' }], "Query 'm1' must have an Expression, or a MetricStat"],
    [
      'a metric that is an expression too',
      [{ ...metricQuery('m1'), Expression: 'm2' }],
      "Query 'm1' must have either a MetricStat",
    ],
    ['an empty expression', [{ Id: 'e1', Expression: '' }], "Error in expression 'e1': Invalid syntax at position 1"],
    ['a period of 0', [{ Id: 'e1', Expression: 'TIME_SERIES(1)', Period: 0 }], 'multiple of 60 seconds, but it is 0.'],
    ['a period of 45 seconds', [metricQuery('m1', 'm1', 45)], "The period of query 'm1' must be 1, 5, 10, 20, 30 or"],
    [
      'two Metrics Insights queries',
      [
        { Id: 'q1', Expression: 'SELECT SUM(m1) FROM Test' },
        { Id: 'q2', Expression: 'SELECT SUM(m2) FROM Test' },
      ],
      'only one Metrics Insights query',
    ],
  ])('refuses %s with a ValidationError', (_name, queries, message) => {
    const error = refusal(...queries);
    expect(error).toBeInstanceOf(AwsServiceError);
    expect(error).toMatchObject({ name: 'ValidationError', message: expect.stringContaining(message) });
  });
});
