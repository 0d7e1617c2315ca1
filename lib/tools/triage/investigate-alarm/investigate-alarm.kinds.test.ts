/** Alarms of every kind, and in every condition: each is judged, or it is said why it cannot be. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../../../local/scenarios/create-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { alarm, metric, onQueries, since } from '../../../../test/support/web-scenario.ts';

const FRONT = { FunctionName: 'web-front' };
const DAY_SECONDS = 86_400;
const errors = metric('AWS/Lambda', 'Errors', FRONT, since(30, 1, 60));
const connections = metric('AWS/RDS', 'DatabaseConnections', { DBInstanceIdentifier: 'web-db' }, since(32, 30, 118));
const stuck = metric('Web/Jobs', 'Leftovers', { Job: 'web-sweep' }, () => 50);
const silent = metric('Web/Jobs', 'Rows', { Job: 'web-export' }, () => null);
const watched = { Namespace: errors.Namespace, MetricName: errors.MetricName, Dimensions: errors.Dimensions };
const stat = { MetricStat: { Metric: watched, Period: 60, Stat: 'Sum' } };
const firing = {
  StateValue: 'ALARM',
  StateReason: 'given',
  StateUpdatedTimestamp: -1_560,
  StateTransitionedTimestamp: -1_560,
};

const document = {
  format: 1,
  name: 'kinds',
  metrics: [errors, connections, stuck, silent],
  metricAlarms: [
    alarm('of-metric', errors),
    alarm(
      'of-math',
      errors,
      onQueries([
        { Id: 'm1', ...stat, ReturnData: false },
        { Id: 'e1', Expression: 'm1 * 2' },
      ]),
    ),
    alarm(
      'of-insights',
      errors,
      onQueries([{ Id: 'q1', Expression: 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)', Period: 60 }]),
    ),
    alarm(
      'of-search',
      errors,
      onQueries([{ Id: 's1', Expression: `SUM(SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 60))` }]),
    ),
    alarm('of-band', errors, {
      ...onQueries([
        { Id: 'm1', ...stat },
        { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' },
      ]),
      ThresholdMetricId: 'ad1',
      Threshold: undefined,
      ComparisonOperator: 'GreaterThanUpperThreshold',
      ...firing,
    }),
    {
      AlarmName: 'of-promql',
      EvaluationCriteria: { PromQLCriteria: { Query: 'sum(errors) > 20', PendingPeriod: 60, RecoveryPeriod: 60 } },
      EvaluationInterval: 60,
      ...firing,
    },
    alarm('made-a-minute-ago', errors, { AlarmConfigurationUpdatedTimestamp: -60 }),
    alarm('without-data', silent, { ComparisonOperator: 'LessThanThreshold' }),
    alarm('muted', errors),
    alarm('for-40-days', stuck, {
      AlarmConfigurationUpdatedTimestamp: -90 * DAY_SECONDS,
      ...firing,
      StateUpdatedTimestamp: -40 * DAY_SECONDS,
      StateTransitionedTimestamp: -40 * DAY_SECONDS,
    }),
    alarm('in-europe', errors, { region: 'eu-west-1' }),
  ],
  compositeAlarms: [{ AlarmName: 'of-alarms', AlarmRule: 'ALARM("of-metric")', AlarmActions: [] }],
  logAlarms: [
    {
      AlarmName: 'of-logs',
      ScheduledQueryConfiguration: {
        QueryString: 'filter @message like /ERROR/ | stats count(*) as errors',
        LogGroupIdentifiers: ['/aws/lambda/web-front'],
        AggregationExpression: 'max(errors)',
        ScheduleConfiguration: { ScheduleExpression: 'rate(1 minute)' },
      },
      QueryResultsToEvaluate: 3,
      QueryResultsToAlarm: 2,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      ...firing,
    },
  ],
  muteRules: [
    {
      Name: 'maintenance',
      Rule: { Schedule: { Expression: 'cron(0 0 * * *)', Duration: 'P1D', Timezone: 'UTC' } },
      MuteTargets: { AlarmNames: ['muted'] },
      StartDate: -DAY_SECONDS,
      Status: 'ACTIVE',
    },
  ],
  logGroups: [
    {
      logGroupName: '/aws/lambda/web-front',
      events: Array.from({ length: 300 }, (_, index) => [
        -3_600 + 12 * index,
        's',
        index > 150 && index % 3 === 0 ? 'ERROR no connection slots left' : 'INFO request finished',
      ]),
    },
  ],
};

interface Found {
  readonly verdict: string;
  readonly onset: string | null;
  readonly suspects: readonly { readonly resource: string }[];
  readonly not_looked_at: readonly string[];
}

let bench: ToolBench;
beforeAll(async () => {
  const scenario = createScenario(document, {
    source: 'kinds',
    anchorEpochMs: BENCH_NOW_EPOCH_MS,
    evaluateQueries: evaluateMetricDataQueries,
  });
  bench = await startToolBench({ scenario, queryTiming: { durationFor: () => 0 } });
});
afterAll(() => bench.close());
const investigate = async (alarm_name: string, more: object = {}) => {
  const result = await bench.run('investigate_alarm', { alarm_name, ...more });
  return { text: bench.text(result), found: result.structuredContent as Found };
};

describe('investigate_alarm', () => {
  it.each(['of-metric', 'of-math', 'of-insights', 'of-search', 'of-band', 'of-alarms', 'made-a-minute-ago', 'muted'])(
    'judges the alarm %s by its series',
    async (name) => {
      const { found, text } = await investigate(name);
      expect(found).toMatchObject({ verdict: 'changed', onset: '2026-03-01T11:28:00Z' });
      expect(found.suspects[0]?.resource).toBe('web-db');
      if (name === 'muted') expect(text).toContain('muted by maintenance');
    },
  );

  it.each(['of-promql', 'of-logs'])('says that the series of %s cannot be had, and looks around it', async (name) => {
    const { found, text } = await investigate(name);
    expect(found).toMatchObject({ verdict: 'insufficient_data', onset: null });
    expect(found.not_looked_at[0]).toMatch(
      /^its own series: GetMetricData cannot compute what an alarm of type \w+ watches/,
    );
    expect(text).toContain('Whether it is unusual cannot be judged');
    expect(found.suspects[0]?.resource).toBe('web-db');
  });

  it('says of what has fired for 40 days what it is now, and that its beginning cannot be seen', async () => {
    const { found, text } = await investigate('for-40-days');
    expect(found).toMatchObject({ verdict: 'insufficient_data', onset: null, suspects: [] });
    expect(text).toMatch(/is ALARM since 2026-01-20T12:00:00Z \(40d\)\. Whether it is unusual cannot be judged: /);
    expect(text).toMatch(/no datapoint in the two weeks before, last \d+(\.\d+)? \(alarms > 20\), steady\./);
  });

  it('says that there was no datapoint', async () => {
    const { found, text } = await investigate('without-data');
    expect(found).toMatchObject({ verdict: 'insufficient_data', onset: null, suspects: [] });
    expect(text).toContain('its series had no datapoint in the two weeks before.');
  });

  it('finds an alarm by its ARN in another region and account, and names near ones where there is none', async () => {
    const arn = (region: string, name: string) => `arn:aws:cloudwatch:${region}:111122223333:alarm:${name}`;
    expect((await investigate('in-europ')).text).toMatch(/^Error: There is no alarm `in-europ` .*region us-east-1/);
    expect((await investigate('in-europe')).text).toMatch(/check region and account/);
    const elsewhere = await investigate('in-europe', { region: 'eu-west-1' });
    expect(elsewhere.text).toContain('eu-west-1');
    expect(elsewhere.found.verdict).toBe('insufficient_data');
    expect((await investigate(arn('eu-west-1', 'in-europe'))).found).toEqual(elsewhere.found);
    expect((await investigate('of-metrik')).text).toMatch(/did you mean `of-metric`/);
    const foreign = await investigate('arn:aws:cloudwatch:us-east-1:444455556666:alarm:of-metric');
    expect(foreign.text).toMatch(/^Error: The ARN belongs to another account than this server asks/);
  });
});
