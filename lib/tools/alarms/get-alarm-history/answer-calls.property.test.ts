/** The calls that a history suggests give the alarm's own datapoints, whatever the alarm watches. */
import type { MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { makeInMemoryStore, type ObservedMetric } from '../../../../local/cloudwatch/math/in-memory-store.ts';
import { startAlarmBench } from '../../../../test/support/alarm-bench.ts';
import { alarmArn } from '../../../../test/support/alarm-fixtures.ts';
import { fc } from '../../../../test/support/property.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { mapAlarms } from '../../../aws/alarms/map-alarms.ts';
import { resolveStep } from '../../../domain/promql/step.ts';
import { suggestCalls } from './answer-calls.ts';

const NAMES = ['Errors', 'Calls', 'Age'];
const SOURCE = '333344445555';
const MINUTE_MS = 60_000;
const END = BENCH_NOW_EPOCH_MS - 30 * MINUTE_MS;
const TARGET = { account: 'default', region: 'us-east-1' };

const metrics: readonly ObservedMetric[] = [undefined, SOURCE].flatMap((account, offset) =>
  NAMES.flatMap((metricName, index) =>
    ['a', 'b'].map((Host, host) => ({
      namespace: 'Shop',
      metricName,
      dimensions: { Host },
      ...(account !== undefined && { account }),
      observations: Array.from(
        { length: 600 },
        (_, minute) =>
          [BENCH_NOW_EPOCH_MS - minute * MINUTE_MS, ((minute * (index + 3)) % 17) + 50 * offset + 7 * host] as const,
      ),
    })),
  ),
);
const store = makeInMemoryStore(metrics);

let bench: ToolBench;
beforeAll(async () => {
  bench = await startAlarmBench({ 'us-east-1': { metrics } });
});
afterAll(() => bench.close());

const period = fc.constantFrom(60, 300, 900, 3_600);
const SIMPLE = ['Sum', 'Average', 'Maximum', 'Minimum', 'SampleCount'] as const;
const stat = fc.constantFrom(...SIMPLE, 'p50', 'p99.9', 'TM(10%:90%)');
const metricName = fc.constantFrom(...NAMES);
const host = fc.constantFrom('a', 'b');
const account = fc.constantFrom(undefined, SOURCE);

const settings = (name: string) => ({
  AlarmName: name,
  AlarmArn: alarmArn(name),
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  EvaluationPeriods: 2,
});

function statisticOf(name: string): Pick<MetricAlarm, 'Statistic' | 'ExtendedStatistic'> {
  const simple = SIMPLE.find((known) => known === name);
  return simple === undefined ? { ExtendedStatistic: name } : { Statistic: simple };
}

const plain = fc.record({ period, stat, metricName, host, hasUnit: fc.boolean() }).map(
  (one): MetricAlarm => ({
    ...settings('plain'),
    Namespace: 'Shop',
    MetricName: one.metricName,
    Dimensions: [{ Name: 'Host', Value: one.host }],
    Period: one.period,
    ...statisticOf(one.stat),
    ...(one.hasUnit && { Unit: 'Count' }),
  }),
);

const input = fc.record({ period, stat, metricName, host, account });
const toInput = (
  id: string,
  one: typeof input extends fc.Arbitrary<infer Value> ? Value : never,
  isReturned = false,
): MetricDataQuery => ({
  Id: id,
  ReturnData: isReturned,
  ...(one.account !== undefined && { AccountId: one.account }),
  MetricStat: {
    Metric: { Namespace: 'Shop', MetricName: one.metricName, Dimensions: [{ Name: 'Host', Value: one.host }] },
    Period: one.period,
    Stat: one.stat,
  },
});

/** Ten metrics and ten expressions are as many as PutMetricAlarm takes. */
const math = fc
  .record({ inputs: fc.array(input, { minLength: 1, maxLength: 10 }), steps: fc.integer({ min: 0, max: 9 }), period })
  .map(({ inputs, steps, period: shared }): MetricAlarm => {
    const ids = inputs.map((_, index) => `m${index}`);
    return {
      ...settings('math'),
      Metrics: [
        {
          Id: 'result',
          Expression: steps === 0 ? `SUM([${ids.join(',')}])` : `e${steps - 1} + 1`,
          Label: 'watched',
          ReturnData: true,
        },
        ...Array.from({ length: steps }, (_, index) => ({
          Id: `e${index}`,
          Expression: index === 0 ? 'MAX(METRICS())' : `e${index - 1} * 2 - ${ids[index % ids.length]}`,
          ReturnData: false,
        })),
        ...inputs.map((one, index) => toInput(`m${index}`, { ...one, period: shared })),
      ],
    };
  });

const linked = input.map((one): MetricAlarm => ({ ...settings('linked'), Metrics: [toInput('m1', one, true)] }));

const looked = fc.record({ period, metricName, form: fc.integer({ min: 0, max: 2 }) }).map(
  ({ period: seconds, metricName: name, form }): MetricAlarm => ({
    ...settings('looked'),
    Metrics: [
      [
        { Id: 'q1', Expression: `SELECT MAX(${name}) FROM Shop GROUP BY Host`, Period: seconds, ReturnData: true },
        { Id: 'q1', Expression: `SELECT SUM(${name}) FROM SCHEMA(Shop, Host)`, Period: seconds, ReturnData: true },
        {
          Id: 'q1',
          Expression: `SUM(SEARCH('{Shop,Host} ${name}', 'Sum', ${seconds}))`,
          Period: seconds,
          ReturnData: true,
        },
      ][form] ?? {},
    ] as MetricDataQuery[],
  }),
);

const anomaly = fc.record({ one: input, width: fc.constantFrom('1', '2.5') }).map(
  ({ one, width }): MetricAlarm => ({
    ...settings('anomaly'),
    ComparisonOperator: 'GreaterThanUpperThreshold',
    ThresholdMetricId: 'band',
    Metrics: [
      toInput('m1', one, true),
      { Id: 'band', Expression: `ANOMALY_DETECTION_BAND(m1, ${width})`, ReturnData: true },
    ],
  }),
);

const mathAnomaly = fc.record({ one: input, other: input, period }).map(
  ({ one, other, period: shared }): MetricAlarm => ({
    ...settings('math-anomaly'),
    ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold',
    ThresholdMetricId: 'band',
    Metrics: [
      toInput('m1', { ...one, period: shared }),
      toInput('m2', { ...other, period: shared }),
      { Id: 'e1', Expression: 'm1 + 2 * m2', ReturnData: true },
      { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(e1, 2)', ReturnData: true },
    ],
  }),
);

function queriesOf(alarm: MetricAlarm): readonly MetricDataQuery[] {
  if (alarm.Metrics !== undefined) return alarm.Metrics;
  const { Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic: Stat = Statistic, Unit } = alarm;
  return [{ Id: 'm1', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat, Unit } }];
}

interface Series {
  readonly count: number;
  readonly open?: readonly object[];
  readonly datapoints?: readonly { readonly time: string; readonly value: number }[];
}

describe('suggestCalls', () => {
  it("gives the alarm's own datapoints: metric, math, Metrics Insights, SEARCH, bands, linked accounts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(plain, math, linked, looked, anomaly, mathAnomaly),
        fc.integer({ min: 1, max: 4 }),
        async (alarm, hours) => {
          const window = {
            startEpochMs: END - hours * 3_600_000 - 17 * MINUTE_MS,
            endEpochMs: END,
            changes: 1,
            alarmNames: [],
          };
          const [call] = suggestCalls(mapAlarms({ MetricAlarms: [alarm] }), window, TARGET);
          expect(call?.tool).toBe('get_metric_data');
          const result = await bench.run('get_metric_data', {
            ...JSON.parse(call?.args ?? ''),
            include_datapoints: 'always',
          });
          const shown = result.structuredContent as { start_time: string; end_time: string; series: readonly Series[] };
          const range = { startEpochMs: Date.parse(shown.start_time), endEpochMs: Date.parse(shown.end_time) };
          const own = evaluateMetricDataQueries(queriesOf(alarm), range, store, BENCH_NOW_EPOCH_MS).map(
            ({ Timestamps = [], Values = [] }) => Timestamps.map((time, index) => [time.getTime(), Values[index]]),
          );
          const given = shown.series.map(({ datapoints = [] }) =>
            datapoints.map(({ time, value }) => JSON.stringify([Date.parse(time), value])),
          );
          expect(range.startEpochMs).toBeLessThanOrEqual(window.startEpochMs);
          expect(shown.series.map(({ count, open = [] }) => count + open.length).sort((a, b) => a - b)).toEqual(
            own.map((points) => points.length).sort((a, b) => a - b),
          );
          // Long series are shown in part.
          const known = new Set(own.flat().map((point) => JSON.stringify(point)));
          expect(given.flat().filter((point) => !known.has(point))).toEqual([]);
          expect(given.flat().length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('asks PromQL at the pace of the alarm, or at a multiple of it where the window is long', async () => {
    const paces = fc.constantFrom(10, 20, 60, 300, 3_600);
    await fc.assert(
      fc.asyncProperty(paces, fc.integer({ min: 1, max: 70 }), async (pace, hours) => {
        const alarm = { EvaluationInterval: pace, EvaluationCriteria: { PromQLCriteria: { Query: 'vector(1)' } } };
        const window = { startEpochMs: END - hours * 3_600_000, endEpochMs: END, changes: 1, alarmNames: [] };
        const [call] = suggestCalls(mapAlarms({ MetricAlarms: [alarm] }), window, TARGET);
        const { step } = JSON.parse(call?.args ?? '') as { readonly step: string };
        const [seconds, points] = [Number.parseInt(step, 10), (hours * 3_600) / Number.parseInt(step, 10)];
        expect(seconds % pace).toBe(0);
        expect(seconds === pace || points > 700).toBe(true);
        expect(resolveStep(step, window)).toBe(seconds);
      }),
    );
  });
});
