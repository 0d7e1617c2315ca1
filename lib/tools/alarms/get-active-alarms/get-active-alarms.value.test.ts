import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { afterEach, describe, expect, it } from 'vitest';
import { awsError } from '../../../../local/types.ts';
import { type AlarmSets, startAlarmBench } from '../../../../test/support/alarm-bench.ts';
import { at, metricAlarm } from '../../../../test/support/alarm-fixtures.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench, type ToolBenchOptions } from '../../../../test/support/tool-bench.ts';

let bench: ToolBench;
afterEach(() => bench.close());

type Course = (minute: number) => number;

/** A metric of two hours; minutes count to now, the newest has not ended. */
const gauge = (metricName: string, course: Course, unit = 'Count') => ({
  namespace: 'Shop',
  metricName,
  unit,
  observations: Array.from({ length: 121 }, (_, index) => {
    const minute = index - 120;
    return [BENCH_NOW_EPOCH_MS + minute * 60_000, course(minute)] as const;
  }),
});
const alarmOn = (metricName: string, more: Partial<MetricAlarm> = {}): MetricAlarm =>
  metricAlarm(metricName.toLowerCase(), at('11:00'), {
    Namespace: 'Shop',
    MetricName: metricName,
    Dimensions: [],
    ExtendedStatistic: undefined,
    Statistic: 'Maximum',
    Threshold: 100,
    ...more,
  });

interface Shown {
  readonly name: string;
  readonly now?: object;
  readonly now_unknown?: string;
  readonly contributors?: readonly object[];
}

async function ask(set: AlarmSets[string], options: ToolBenchOptions = {}) {
  bench = await startAlarmBench({ 'us-east-1': set }, options);
  const result = await bench.run('get_active_alarms', {});
  const { alarms } = result.structuredContent as { alarms: readonly Shown[] };
  const byName = Object.fromEntries(alarms.map((alarm) => [alarm.name, alarm]));
  return { text: bench.text(result), byName, requests: bench.local.requests.of('GetMetricData') };
}

const expression = (name: string, text: string, more: Partial<MetricAlarm> = {}): MetricAlarm =>
  alarmOn(name, {
    MetricName: undefined,
    Namespace: undefined,
    Statistic: undefined,
    Period: undefined,
    Metrics: [
      { Id: 'e1', Expression: text, ReturnData: true, Period: 60 },
      {
        Id: 'm1',
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Age' }, Period: 60, Stat: 'Maximum' },
      },
    ],
    ...more,
  });

describe('get_active_alarms and what alarms are at now', () => {
  it('tells value, factor and direction of every alarm by one call', async () => {
    const { text, byName, requests } = await ask({
      metricAlarms: [
        alarmOn('Age'),
        alarmOn('Free', { ComparisonOperator: 'LessThanThreshold' }),
        alarmOn('Load'),
        alarmOn('Calm'),
        expression('Twice', 'm1 * 2', { Threshold: 0 }),
      ],
      metrics: [
        gauge('Age', (minute) => 300 + minute),
        gauge('Free', (minute) => 100 + minute / 2 - 1),
        gauge('Load', () => 170),
        gauge('Calm', (minute) => (minute < -30 ? 150 : 40)),
      ],
    });
    expect(requests).toHaveLength(1);
    // 11:56 is the newest minute that ended three minutes ago.
    const time = '2026-03-01T11:56:00Z';
    expect(byName.age).toMatchObject({ now: { value: 296, time, threshold_factor: 2.96, is_breaching: true } });
    expect(byName.free).toMatchObject({
      now: { value: 97, threshold_factor: 0.97, is_breaching: true, tendency: 'steady' },
    });
    expect(byName.twice).toMatchObject({ now: { value: 592, is_breaching: true } });
    expect(byName.calm).toMatchObject({ now: { value: 40, is_breaching: false } });
    expect(text).toContain('now: 170 at 2026-03-01T11:56:00Z, 1.7 × the threshold, steady');
    expect(text).toContain('now: 592 at 2026-03-01T11:56:00Z, beyond the threshold of 0, steady');
    expect(text).toContain('now: 40 at 2026-03-01T11:56:00Z, 0.4 × the threshold: no longer beyond it, steady');
    expect(text).toContain('No longer beyond the threshold: `calm` (0.4 ×); steady: 4.');
  });

  it('names what gets worse and what gets better', async () => {
    const { text } = await ask({
      metricAlarms: [
        alarmOn('Up'),
        alarmOn('Down'),
        alarmOn('Low', { ComparisonOperator: 'LessThanThreshold', Threshold: 900 }),
      ],
      metrics: [
        gauge('Up', (minute) => 1_000 + 60 * minute),
        gauge('Down', (minute) => 200 - 60 * minute),
        gauge('Low', (minute) => 300 - 60 * minute),
      ],
    });
    expect(text).toContain('Getting worse: `low` (0.6 ×), `up` (7.6 ×); getting better: `down` (4.4 ×).');
    expect(text).toContain('7.6 × the threshold, rising: getting worse');
    expect(text).toContain('0.6 × the threshold, falling: getting worse');
  });

  it('never takes a running sum for the value, but says when it is more already', async () => {
    const hourly = { Statistic: 'Sum' as const, Period: 3_600, Threshold: 50 };
    const { byName, text } = await ask(
      {
        metricAlarms: [alarmOn('Errors', hourly), alarmOn('Retries', hourly)],
        metrics: [
          gauge('Errors', (minute) => (minute < -60 ? 1 : 40)),
          gauge('Retries', (minute) => (minute < -60 ? 40 : 1)),
        ],
      },
      { startEpochMs: BENCH_NOW_EPOCH_MS - 10 * 60_000 },
    );
    expect(byName.errors).toMatchObject({ now: { time: '2026-03-01T10:00:00Z', value: 60 } });
    expect(byName.retries).toMatchObject({ now: { time: '2026-03-01T10:00:00Z', value: 2_400 } });
    expect(text.match(/; .* so far since .*/g)).toEqual(['; 2,000 so far since 2026-03-01T11:00:00Z']);
  });

  it('says what is not known, and why', async () => {
    const { text, byName } = await ask({
      metricAlarms: [
        alarmOn('Gone'),
        expression('Pods', '', { Metrics: undefined, EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } } }),
      ],
    });
    expect(byName.gone).toMatchObject({ now_unknown: 'no datapoint in the last 1h' });
    expect(byName.pods).toMatchObject({ now_unknown: 'ask execute_promql_query' });
    expect(text).toContain('Value now not known: 2.');
  });

  it('keeps the values of plain alarms when an expression is refused', async () => {
    const { byName, requests } = await ask({
      metricAlarms: [alarmOn('Age'), expression('Broken', 'm1 +')],
      metrics: [gauge('Age', () => 250)],
    });
    expect(byName.age).toMatchObject({ now: { value: 250 } });
    expect(byName.broken).toMatchObject({ now_unknown: 'it could not be read' });
    expect(requests).toHaveLength(2);
  });

  it('asks for 500 queries and one Metrics Insights query at most', async () => {
    const select = `SELECT MAX(Age) FROM Shop`;
    const many = Array.from({ length: 60 }, (_, index) => expression(`math${index}`, `m1 + ${index}`));
    const { byName, requests } = await ask({
      metricAlarms: [
        ...many.map((alarm) => ({
          ...alarm,
          Metrics: [
            ...(alarm.Metrics ?? []),
            ...Array.from({ length: 9 }, (_, index) => ({ Id: `x${index}`, Expression: 'm1 * 2', ReturnData: false })),
          ],
        })),
        expression('Select1', select),
        expression('Select2', select),
      ],
      metrics: [gauge('Age', () => 250)],
    });
    expect(requests).toHaveLength(1);
    const input = requests[0]?.input as { MetricDataQueries: readonly { Expression?: string }[] } | undefined;
    const queries = input?.MetricDataQueries ?? [];
    expect(queries.length).toBeGreaterThan(400);
    expect(queries.length).toBeLessThanOrEqual(500);
    expect(queries.filter(({ Expression = '' }) => Expression.startsWith('SELECT')).length).toBeLessThanOrEqual(1);
    const left = Object.values(byName).filter(({ now_unknown: why = '' }) => why.startsWith('one request takes'));
    expect(left.length).toBeGreaterThan(0);
    expect(left.length + Object.values(byName).filter(({ now }) => now !== undefined).length).toBe(50);
  });

  it('asks long periods as far as one answer holds them', async () => {
    const { byName } = await ask({
      metricAlarms: [
        alarmOn('Age'),
        alarmOn('Daily', { Period: 86_400, Statistic: 'Maximum' }),
        alarmOn('Fast', { Period: 10 }),
      ],
      metrics: [gauge('Age', () => 250), gauge('Daily', () => 1), gauge('Fast', () => 250)],
    });
    expect(byName.daily).toMatchObject({ now_unknown: 'its period of 1d is too long to ask for here' });
    expect(byName.age).toMatchObject({ now: { value: 250 } });
    expect(byName.fast).toMatchObject({ now: { value: 250 } });
  });

  it('gives the alarms when values and contributors are denied', async () => {
    const { text, byName } = await ask(
      {
        metricAlarms: [
          alarmOn('Age'),
          expression('Pods', '', { Metrics: undefined, EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } } }),
        ],
      },
      {
        faults: ['GetMetricData', 'DescribeAlarmContributors'].map((operation) => ({
          operation,
          fault: { kind: 'accessDenied' as const },
        })),
      },
    );
    expect(text).toContain('2 alarms are firing');
    expect(byName.age).toMatchObject({ now_unknown: 'it could not be read' });
    expect(text).toMatch(/Warning: default\/us-east-1: what alarms are at now is not known: AWS denies/);
    expect(text).toMatch(/Warning: default\/us-east-1: series in ALARM not known: AWS denies/);
  });

  it('believes no order: datapoints that come oldest first give the same', async () => {
    bench = await startAlarmBench({
      'us-east-1': { metricAlarms: [alarmOn('Age')], metrics: [gauge('Age', (minute) => 300 + minute)] },
    });
    bench.local.faults.add({
      operation: 'GetMetricData',
      fault: {
        kind: 'alterOutput',
        alter(output) {
          const results = (output as { MetricDataResults?: { Timestamps?: Date[]; Values?: number[] }[] })
            .MetricDataResults;
          if (results === undefined) throw awsError('InternalServiceError', 'no');
          for (const result of results) {
            result.Timestamps?.reverse();
            result.Values?.reverse();
          }
          return output;
        },
      },
    });
    const { structuredContent } = await bench.run('get_active_alarms', {});
    expect(structuredContent).toMatchObject({ alarms: [{ now: { value: 296 } }] });
  });

  it('names the series in ALARM of an alarm that watches several', async () => {
    const pods = ['a', 'b', 'c', 'd'].map((pod, index) => ({
      ContributorId: `c${index}`,
      ContributorAttributes: { pod },
      StateReason: `${pod} is down`,
      StateTransitionedTimestamp: at('11:30'),
    }));
    const { text, byName } = await ask({
      metricAlarms: [
        expression('Pods', '', {
          Metrics: undefined,
          EvaluationState: 'PARTIAL_DATA',
          EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } },
        }),
      ],
      contributors: new Map([['pods', pods]]),
    });
    expect(text).toContain('series in ALARM: 4\n    {pod=a} since 2026-03-01T11:30:00Z: a is down');
    expect(text).toContain('and 1 more');
    expect(text).toContain('PARTIAL_DATA: a quota kept CloudWatch from reading all data');
    expect(byName.pods?.contributors).toHaveLength(4);
  });
});
