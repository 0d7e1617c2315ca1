import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import type { AlarmCondition, AlarmWatch, WatchedMetric } from './alarm.ts';
import { describeThreshold, describeWatch, formatValue } from './alarm-watch.ts';

const metric: WatchedMetric = {
  namespace: 'AWS/SQS',
  metricName: 'ApproximateAgeOfOldestMessage',
  dimensions: [{ name: 'QueueName', value: 'orders' }],
  statistic: 'Maximum',
};
const condition: AlarmCondition = {
  operator: 'GreaterThanOrEqualToThreshold',
  threshold: 600,
  periodSeconds: 300,
  evaluationPeriods: 1,
};

const say = (watch: AlarmWatch, more: AlarmCondition = condition): string => describeWatch({ watch, condition: more });

describe('describeWatch', () => {
  it('names a metric with its dimensions, threshold and periods', () => {
    expect(say({ type: 'metric', metric })).toBe(
      'Maximum of AWS/SQS ApproximateAgeOfOldestMessage {QueueName=orders} ≥ 600 in 1 of 1 period of 5m',
    );
  });

  it('names the account of a metric that another account owns', () => {
    expect(say({ type: 'metric', metric: { ...metric, accountId: '333344445555' } })).toContain(
      '{QueueName=orders} in account 333344445555 ≥ 600',
    );
  });

  it('says M of N, and nothing about what is not known', () => {
    expect(
      say(
        { type: 'metric', metric: { ...metric, dimensions: [] } },
        { ...condition, evaluationPeriods: 5, datapointsToAlarm: 2 },
      ),
    ).toBe('Maximum of AWS/SQS ApproximateAgeOfOldestMessage ≥ 600 in 2 of 5 periods of 5m');
    expect(
      say({ type: 'metric', metric: { ...metric, dimensions: [] } }, { operator: 'LessThanThreshold', threshold: 0.5 }),
    ).toBe('Maximum of AWS/SQS ApproximateAgeOfOldestMessage < 0.5');
  });

  it.each([
    ['GreaterThanThreshold', '> 600'],
    ['GreaterThanOrEqualToThreshold', '≥ 600'],
    ['LessThanThreshold', '< 600'],
    ['LessThanOrEqualToThreshold', '≤ 600'],
  ])('writes %s as %s', (operator, text) => {
    expect(describeThreshold({ operator, threshold: 600 })).toBe(text);
  });

  it.each([
    ['GreaterThanUpperThreshold', 'above'],
    ['LessThanLowerThreshold', 'below'],
    ['LessThanLowerOrGreaterThanUpperThreshold', 'outside'],
  ])('writes %s as %s the band', (operator, word) => {
    const band = 'ANOMALY_DETECTION_BAND(m1, 2)';
    expect(say({ type: 'anomaly', band, queries: [] }, { operator })).toContain(` ${word} the anomaly band`);
  });

  it('shows a computed threshold as such', () => {
    expect(describeThreshold({ operator: 'GreaterThanThreshold' })).toBe('> a computed threshold');
  });

  it('never shows a number for a band, a PromQL query or a rule', () => {
    const bare = { ...condition, threshold: undefined };
    const band = 'ANOMALY_DETECTION_BAND(e1, 3)';
    const queries = [{ id: 'e1', expression: 'm1 / m2', isReturned: true }];
    expect(
      say({ type: 'anomaly', band, queries }, { ...bare, operator: 'LessThanLowerOrGreaterThanUpperThreshold' }),
    ).toBe('m1 / m2 outside the anomaly band (3 standard deviations wide) in 1 of 1 period of 5m');
    expect(say({ type: 'promql', query: 'up == 0' }, {})).toBe('PromQL “up == 0” returns a series');
    expect(
      say(
        { type: 'composite', rule: 'ALARM("arn:aws:cloudwatch:us-east-1:111122223333:alarm:a b") AND NOT OK(c)' },
        {},
      ),
    ).toBe('rule: ALARM("a b") AND NOT OK(c)');
  });

  it('counts what it leaves out', () => {
    const queries = Array.from({ length: 7 }, (_, index) => ({ id: `m${index}`, metric, isReturned: false }));
    expect(say({ type: 'math', expression: 'SUM(METRICS())', queries })).toContain('; 3 more');
    expect(
      say(
        { type: 'log', query: 'q', aggregation: 'count(*)', logGroups: ['a', 'b', 'c'], schedule: 'cron(0 * * * *)' },
        { ...condition, periodSeconds: undefined },
      ),
    ).toBe('“count(*)” of the logs query “q” on a, b and 1 more ≥ 600 in 1 of 1 run, cron(0 * * * *)');
  });

  it('gives one bounded line without control characters, whatever the names hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 3_000 }), (text) => {
        const lines = [
          say({ type: 'math', expression: text, queries: [] }),
          say({ type: 'promql', query: text }),
          say({ type: 'composite', rule: text }),
          say({ type: 'log', query: text, aggregation: text, logGroups: [], schedule: '' }),
        ];
        for (const line of lines) {
          expect(line.length).toBeLessThan(600);
          expect(line).not.toMatch(/\p{Cc}|\p{Cf}/u);
        }
      }),
    );
  });
});

describe('formatValue', () => {
  it.each([
    [3000, '3,000'],
    [0.000123456789, '0.000123457'],
    [1234567.891, '1,234,570'],
    [-5, '-5'],
    [Number.NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});
