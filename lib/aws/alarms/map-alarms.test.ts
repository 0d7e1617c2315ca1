import { describe, expect, it } from 'vitest';
import { describeWatch } from '../../domain/alarms/alarm-watch.ts';
import { mapAlarms, mapHistoryItem, mapMuteRule, mapRelated } from './map-alarms.ts';

const condition = { ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 } as const;
const stat = {
  Metric: { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent', Dimensions: [{ Name: 'QueueName', Value: 'q' }] },
  Period: 300,
  Stat: 'Sum',
};

describe('mapAlarms', () => {
  it('gives every kind one shape, whatever the service leaves out', () => {
    const alarms = mapAlarms({ MetricAlarms: [{}], CompositeAlarms: [{}], LogAlarms: [{}] });
    expect(
      alarms.map(({ kind, state, actionsEnabled, alarmActions }) => [kind, state, actionsEnabled, alarmActions]),
    ).toEqual([
      ['metric', 'INSUFFICIENT_DATA', true, []],
      ['composite', 'INSUFFICIENT_DATA', true, []],
      ['log', 'INSUFFICIENT_DATA', true, []],
    ]);
    expect(mapAlarms({})).toEqual([]);
  });

  it('takes a metric out of a list of one', () => {
    const [alarm] = mapAlarms({
      MetricAlarms: [{ ...condition, Threshold: 7, Metrics: [{ Id: 'm', MetricStat: stat }] }],
    });
    expect(alarm?.watch).toMatchObject({ type: 'metric', metric: { namespace: 'AWS/SQS', statistic: 'Sum' } });
    expect(alarm?.condition).toMatchObject({ threshold: 7, periodSeconds: 300 });
  });

  it('has no number for a threshold that another query computes', () => {
    const [alarm] = mapAlarms({
      MetricAlarms: [
        {
          ...condition,
          Threshold: 0,
          ThresholdMetricId: 'limit',
          Metrics: [
            { Id: 'limit', Expression: 'capacity * 0.8' },
            { Id: 'm', MetricStat: stat },
          ],
        },
      ],
    });
    expect(alarm?.condition.threshold).toBeUndefined();
    expect(alarm === undefined ? '' : describeWatch(alarm)).toBe(
      'Sum of AWS/SQS NumberOfMessagesSent {QueueName=q} > a computed threshold in 1 of 1 period of 5m',
    );
  });

  it.each([
    ['rate(1 minute)', 60],
    ['rate(5 minutes)', 300],
    ['rate(2 hours)', 7_200],
    ['rate(1 day)', 86_400],
    ['cron(0 * * * ? *)', undefined],
  ])('reads the period of a schedule %s', (ScheduleExpression, seconds) => {
    const [alarm] = mapAlarms({
      LogAlarms: [
        {
          ScheduledQueryConfiguration: {
            QueryString: 'q',
            AggregationExpression: 'count(*)',
            ScheduledQueryRoleARN: 'arn',
            ScheduleConfiguration: { ScheduleExpression, StartTimeOffset: 300 },
          },
        },
      ],
    });
    expect(alarm?.condition.periodSeconds).toBe(seconds);
  });
});

describe('what belongs to alarms', () => {
  it('maps relations, rules and history with what is there', () => {
    expect(mapRelated({ CompositeAlarms: [{ AlarmName: 'c', StateValue: 'ALARM' }] })).toEqual([
      { name: 'c', state: 'ALARM', updatedEpochMs: undefined },
    ]);
    expect(mapMuteRule('rule', {})).toMatchObject({ name: 'rule', alarmNames: [] });
    expect(mapHistoryItem({ AlarmContributorAttributes: { pod: 'a' } })).toMatchObject({
      alarmName: '',
      epochMs: 0,
      contributor: [{ name: 'pod', value: 'a' }],
    });
  });
});
