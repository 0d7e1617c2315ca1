import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import type { AlarmCondition, AlarmWatch, WatchedQuery } from './alarm.ts';
import { firstMetric } from './alarm.ts';
import { describeDefinition, describeMissingData } from './alarm-definition.ts';
import { bandedId, isSelect, prefixIds, queriesOf } from './alarm-queries.ts';
import { describeWatch, formatValue } from './alarm-watch.ts';

const metricOf = (id: string) => ({
  namespace: 'AWS/SQS',
  metricName: `Age${id}`,
  dimensions: id === 'm2' ? [] : [{ name: 'QueueName', value: id }],
  statistic: 'Maximum',
  ...(id === 'm3' && { accountId: '123456789012' }),
});
const query = (id: string, isReturned = false): WatchedQuery => ({
  id,
  metric: metricOf(id),
  isReturned,
  periodSeconds: 60,
});
const math = (expression: string, ...queries: readonly WatchedQuery[]): AlarmWatch => ({
  type: 'math',
  expression,
  label: 'L',
  queries,
});
const select = 'SELECT MAX(a) FROM b';
const WATCHES: Readonly<Record<string, AlarmWatch>> = {
  metric: { type: 'metric', metric: metricOf('m1') },
  'metric of another account': { type: 'metric', metric: metricOf('m3') },
  math: math('m1 / m2', { id: 'e1', expression: 'm1 / m2', isReturned: true }, query('m1'), query('m2')),
  'math of many': math(
    'SUM(METRICS())',
    {
      id: 'e1',
      expression: "SUM(METRICS()) + SUM(METRICS('m')) + SUM(METRICS(\"9\")) + AVG(m1) + 'm1' + m1.x",
      isReturned: true,
    },
    ...['m1', 'm2', 'm3', 'm4', 'm5', 'm6'].map((id) => query(id)),
  ),
  'math of more expressions': math(
    'e2',
    { id: 'e1', expression: 'm1', isReturned: false },
    { id: 'e2', expression: 'e1 * 2', isReturned: true, periodSeconds: 300 },
    query('m1'),
  ),
  'nothing returned': math('m1', query('m1')),
  'no queries': math('m1'),
  'a long expression': math('m1 + '.repeat(40), query('m1', true)),
  'a select': math(select, { id: 'q1', expression: select, isReturned: true }),
  'more than twelve': math(
    'x',
    ...Array.from({ length: 14 }, (_, at) => ({ id: `e${at}`, expression: `m${at}`, isReturned: at === 0 })),
  ),
  band: {
    type: 'anomaly',
    band: 'ANOMALY_DETECTION_BAND(m1, 2.5)',
    queries: [query('m1', true), { id: 'b', expression: 'ANOMALY_DETECTION_BAND(m1, 2.5)', isReturned: true }],
  },
  'band of an expression': {
    type: 'anomaly',
    band: 'ANOMALY_DETECTION_BAND(e1)',
    queries: [
      { id: 'b', expression: 'ANOMALY_DETECTION_BAND(e1)', isReturned: true },
      { id: 'e1', expression: 'm1 * 2', isReturned: true },
      query('m1'),
    ],
  },
  'band of nothing': { type: 'anomaly', band: 'x', queries: [] },
  promql: { type: 'promql', query: `up ${'x'.repeat(170)}`, pendingSeconds: 300 },
  'promql at once': { type: 'promql', query: 'up' },
  log: {
    type: 'log',
    query: 'filter a = 1',
    aggregation: 'count(*)',
    logGroups: ['arn:aws:logs:eu-west-1:123456789012:log-group:one', 'two', 'three'],
    schedule: 'rate(5 minutes)',
  },
  'log without groups': { type: 'log', query: 'x'.repeat(200), aggregation: 'sum(a)', logGroups: [], schedule: '' },
  composite: { type: 'composite', rule: 'ALARM("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a") OR ALARM(b)' },
  'a long rule': { type: 'composite', rule: 'ALARM(a) OR '.repeat(200) },
};
const CONDITIONS: readonly AlarmCondition[] = [
  {},
  {
    operator: 'GreaterThanThreshold',
    threshold: 3_000.123_45,
    periodSeconds: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: 'breaching',
  },
  { operator: 'GreaterThanOrEqualToThreshold', threshold: 0, evaluationPeriods: 1, treatMissingData: 'notBreaching' },
  { operator: 'LessThanThreshold', threshold: -1, periodSeconds: 300, treatMissingData: 'ignore' },
  {
    operator: 'LessThanOrEqualToThreshold',
    threshold: 1e9,
    periodSeconds: 86_400,
    evaluationPeriods: 2,
    treatMissingData: 'missing',
  },
  { operator: 'GreaterThanUpperThreshold', evaluationPeriods: 2 },
  { operator: 'LessThanLowerThreshold' },
  { operator: 'LessThanLowerOrGreaterThanUpperThreshold', treatMissingData: 'odd' },
  { operator: 'Odd\nOperator', threshold: Number.NaN },
];

it('says what an alarm watches', async () => {
  const rows = Object.entries(WATCHES).flatMap(([name, watch]) =>
    CONDITIONS.map(
      (condition, at) =>
        [`${name}, ${at}`, [describeWatch({ watch, condition }), describeMissingData({ watch, condition })]] as const,
    ),
  );
  const whole = Object.entries(WATCHES).map(([name, watch]) => {
    const queries = queriesOf({ watch, condition: { periodSeconds: 900 } });
    return [
      name,
      [describeDefinition({ watch }), firstMetric(watch)?.metricName, queries, queries && prefixIds(queries, 'a7_')],
    ] as const;
  });
  const others = [
    ...['ANOMALY_DETECTION_BAND(m1, 2)', 'anomaly_detection_band( _x )', 'BAND(m1)'].map(
      (text) => [text, bandedId(text)] as const,
    ),
    ...[undefined, select, ' select x', 'selected', 'm1'].map((text) => [`${text}`, isSelect(text)] as const),
    ...[0, 1_234_567.89, 0.000_123_456_789, Number.POSITIVE_INFINITY].map(
      (value) => [`${value}`, formatValue(value)] as const,
    ),
  ];
  await expectTable('alarms/watch', [...rows, ...whole, ...others]);
});
