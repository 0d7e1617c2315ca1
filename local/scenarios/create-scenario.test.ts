import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../cloudwatch/math/evaluate.ts';
import { createMetricStore } from '../data/metric-reader.ts';
import { ACCOUNTS } from '../scenario.ts';
import { createScenario } from './create-scenario.ts';
import type { ScenarioDocument } from './document.ts';
import { ScenarioError } from './format/faults.ts';

const ANCHOR = Date.UTC(2026, 4, 20, 14, 30);
const PROD = { account: ACCOUNTS.prod.id, region: 'us-east-1' };
const MINUTE_MS = 60_000;

function load(document: Partial<ScenarioDocument>) {
  return createScenario(
    { format: 1, name: 'test', ...document },
    { source: 'test', anchorEpochMs: ANCHOR, evaluateQueries: evaluateMetricDataQueries },
  );
}

function faultsOf(document: object): readonly string[] {
  try {
    load(document);
  } catch (error) {
    if (error instanceof ScenarioError) return error.faults;
    throw error;
  }
  return [];
}

const QUEUE = { Namespace: 'AWS/SQS', MetricName: 'Age', Dimensions: [{ Name: 'QueueName', Value: 'orders' }] };
/** One value a minute up to `minutes` after the anchor; high from `sinceMinute` on. */
const rising = (sinceMinute: number, minutes: number) => ({
  ...QUEUE,
  period: 60,
  start: -3_600,
  values: Array.from({ length: 60 + minutes }, (_, index) => (index - 60 >= sinceMinute ? 900 : 5)),
});
const ALARM = {
  ...QUEUE,
  AlarmName: 'orders-age',
  AlarmActions: ['arn:aws:sns:us-east-1:111122223333:on-call'],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 300,
  ComparisonOperator: 'GreaterThanThreshold',
} as const;

describe('a scenario', () => {
  it('serves what it holds and nothing else', () => {
    const { content } = load({ metrics: [rising(-10, 0)], metricAlarms: [ALARM] });
    expect(content.region(PROD).metrics.models).toHaveLength(1);
    expect(content.region({ ...PROD, region: 'eu-west-1' }).metrics.models).toEqual([]);
    expect(content.logs.groups).toEqual([]);
    expect(content.dashboards(PROD.account, ANCHOR)).toEqual([]);
  });

  it('derives state, history and actions of alarms from the metrics', () => {
    const { content, warnings } = load({ metrics: [rising(-10, 0)], metricAlarms: [ALARM] });
    const { metricAlarms, history } = content.region(PROD).alarmsAt(ANCHOR);
    expect(metricAlarms[0]).toMatchObject({
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:orders-age',
      StateValue: 'ALARM',
      // The third high minute ends seven minutes before the anchor.
      StateTransitionedTimestamp: new Date(ANCHOR - 7 * MINUTE_MS + 19_000),
    });
    expect(history.map(({ HistorySummary }) => HistorySummary)).toEqual([
      'Successfully executed action arn:aws:sns:us-east-1:111122223333:on-call',
      'Alarm updated from OK to ALARM',
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm "orders-age" created',
    ]);
    expect(warnings).toEqual([]);
  });

  it('serves a given state rather than what the metrics give, and says so', () => {
    const given = {
      ...ALARM,
      StateValue: 'OK',
      StateReason: 'set by hand at {{t:-60}}',
      StateUpdatedTimestamp: -60,
    } as const;
    const { content, warnings } = load({ metrics: [rising(-10, 0)], metricAlarms: [given] });
    const { metricAlarms, history } = content.region(PROD).alarmsAt(ANCHOR);
    expect(metricAlarms[0]).toMatchObject({ StateValue: 'OK', StateReason: 'set by hand at 2026-05-20T14:29:00.000Z' });
    expect(history[0]?.HistorySummary).toBe('Alarm updated from ALARM to OK');
    expect(warnings).toEqual(['Alarm orders-age: its metrics give ALARM, OK is given and served.']);
  });

  it('lets what has a time to come become true when it is due', () => {
    const { content } = load({
      metrics: [rising(2, 10)],
      metricAlarms: [ALARM],
      logGroups: [
        {
          logGroupName: 'later',
          events: [
            [-1, 's', 'before'],
            [120, 's', 'after {{ms:0}}'],
          ],
        },
      ],
      dashboards: [{ DashboardName: 'later', LastModified: 60, DashboardBody: { widgets: [] } }],
    });
    const region = content.region(PROD);
    const stateAt = (minutes: number) => region.alarmsAt(ANCHOR + minutes * MINUTE_MS).metricAlarms[0]?.StateValue;
    expect([0, 5, 6, 60].map(stateAt)).toEqual(['OK', 'OK', 'ALARM', 'ALARM']);
    const read = (minutes: number) =>
      createMetricStore(region.metrics, ANCHOR + minutes * MINUTE_MS).read(
        { namespace: 'AWS/SQS', metricName: 'Age', dimensions: [{ name: 'QueueName', value: 'orders' }] },
        { startEpochMs: ANCHOR, endEpochMs: ANCHOR + 60 * MINUTE_MS },
        60,
        'Maximum',
      ).values;
    expect([read(0), read(3)]).toEqual([[], [5, 5, 900]]);
    expect(content.dashboards(PROD.account, ANCHOR)).toEqual([]);
    expect(content.dashboards(PROD.account, ANCHOR + MINUTE_MS)).toHaveLength(1);
    expect(content.logs.groups[0]?.eventsOfMinute(ANCHOR + 2 * MINUTE_MS)).toMatchObject([
      { message: `after ${ANCHOR}` },
    ]);
  });

  it('names all faults at once, each with its path', () => {
    expect(
      faultsOf({
        format: 2,
        colour: 'red',
        metricAlarms: [{ AlarmName: 'x', StateValue: 'RED', Dimensions: [{ Nme: 'y', Value: 'z' }] }],
        metrics: [{ ...QUEUE, period: 7, start: -60, values: [1, 'two'] }],
        logGroups: [{ logGroupName: 'a b', events: [[-5, 's', 'm'], [-6, 's', 'm'], [1]] }],
      }),
    ).toEqual([
      'format: must be 1',
      expect.stringMatching(/^colour: is no member; there are format, name, /),
      'metricAlarms[0].StateValue: must be one of ALARM, INSUFFICIENT_DATA, OK, not "RED"',
      'metricAlarms[0].Dimensions[0].Nme: is no member; there are Name, Value',
      'metricAlarms[0]: must have one of MetricName, Metrics and EvaluationCriteria',
      'metrics[0].period: must be 1, 5, 10, 20, 30 or a multiple of 60 seconds, not 7',
      'metrics[0].values[1]: must be a number or null',
      'metrics[0]: must have one of values and statistics',
      'logGroups[0].logGroupName: must be a name of letters, digits and . - _ / #',
      'logGroups[0].events[1]: must not be earlier than the event before it',
      'logGroups[0].events[2]: must be [time, log stream, message]',
    ]);
  });

  it('refuses names that are taken, accounts that are unknown and rules that cannot be read', () => {
    expect(
      faultsOf({
        account: 'nobody',
        metrics: [rising(1, 0), rising(1, 0)],
        compositeAlarms: [{ AlarmName: 'c', AlarmRule: 'ALARM(' }],
      }),
    ).toEqual([
      'accounts: nobody is not declared; there are prod, dev, data',
      'metrics[1]: is the same metric as metrics[0]',
      expect.stringMatching(/^compositeAlarms\[0\]\.AlarmRule: AlarmRule: /),
    ]);
  });

  it('keeps what no operation serves yet, by place', () => {
    const id = '1-5f84c7a1-0123456789abcdef01234567';
    const segment = { Id: '0123456789abcdef', Document: { name: 'web', start: '{{ms:-1}}' } };
    const graph = {
      StartTime: -300,
      EndTime: 0,
      Services: [{ ReferenceId: 0, Name: 'web', Edges: [{ ReferenceId: 1 }] }],
    };
    const { content } = load({
      serviceGraph: [graph, { ...graph, account: 'dev' }],
      traces: [{ Id: id, Segments: [segment] }],
      services: [{ KeyAttributes: { Name: 'web' }, region: 'eu-west-1' }],
      slos: [{ Name: 'web-latency', CreatedTime: '{{t:0}}' }],
      tags: [
        { ResourceARN: 'arn:aws:lambda:us-east-1:111122223333:function:web', Tags: [{ Key: 'team', Value: 'web' }] },
      ],
    });
    expect(content.applications(PROD)).toEqual({
      serviceGraph: [{ ...graph, StartTime: new Date(ANCHOR - 300_000), EndTime: new Date(ANCHOR) }],
      traces: [{ Id: id, Segments: [{ ...segment, Document: { name: 'web', start: String(ANCHOR - 1_000) } }] }],
      services: [],
      slos: [{ Name: 'web-latency', CreatedTime: new Date(ANCHOR).toISOString() }],
      tags: [expect.objectContaining({ Tags: [{ Key: 'team', Value: 'web' }] })],
    });
    expect(content.applications({ ...PROD, region: 'eu-west-1' }).services).toEqual([
      { KeyAttributes: { Name: 'web' } },
    ]);
    expect(content.applications({ ...PROD, account: ACCOUNTS.dev.id }).serviceGraph).toHaveLength(1);
    expect(faultsOf({ slos: [{ region: 'nowhere' }], traces: [{ Id: id, Segments: [], account: 7 }] })).toEqual([
      'slos[0].region: must be the name of a region, such as us-east-1',
      'traces[0].account: must be a text, not 7',
    ]);
  });

  it('reads statistics and percentiles of several observations, and longer periods by count', () => {
    const { content } = load({
      metrics: [
        {
          Namespace: 'AWS/Lambda',
          MetricName: 'Duration',
          period: 60,
          start: -120,
          statistics: {
            SampleCount: [10, 30],
            Sum: [100, 600],
            Minimum: [1, 2],
            Maximum: [50, 90],
            p50: [10, 20],
            p99: [40, 80],
          },
        },
      ],
    });
    const store = createMetricStore(content.region(PROD).metrics, ANCHOR);
    const read = (statistic: string, periodSeconds: number) =>
      store.read(
        { namespace: 'AWS/Lambda', metricName: 'Duration', dimensions: [] },
        { startEpochMs: ANCHOR - 600_000, endEpochMs: ANCHOR },
        periodSeconds,
        statistic,
      ).values;
    expect(read('Average', 60)).toEqual([10, 20]);
    expect(read('p50', 60)).toEqual([10, 20]);
    expect(read('p50', 300)).toEqual([17.5]);
    expect(read('p100', 60)).toEqual([50, 90]);
    expect(read('p25', 60)).toEqual([5.5, 11]);
    expect(read('Sum', 300)).toEqual([700]);
  });
});
