import { afterAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../../../local/scenarios/create-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { alarm, metric, since } from '../../../../test/support/web-scenario.ts';

const FRONT = { FunctionName: 'web-front' };
const DATABASE = { DBInstanceIdentifier: 'web-db' };
const errors = metric('AWS/Lambda', 'Errors', FRONT, since(30, 1, 60));
const connections = metric('AWS/RDS', 'DatabaseConnections', DATABASE, since(32, 30, 118));
const quiet = metric('AWS/Lambda', 'Errors', { FunctionName: 'web-quiet' }, () => 1);
const silent = { ...metric('Web/Jobs', 'Rows', { Job: 'web-export' }, () => null), MetricName: 'Rowz' };
const line = (second: number, level: string, message: string) =>
  [second, 's', JSON.stringify({ level, message, version: second < -1_800 ? '1.0' : '1.1' })] as const;
const events = Array.from({ length: 700 }, (_, index) => {
  const second = -7_000 + index * 10;
  return second > -1_800 && index % 2 === 0
    ? line(second, 'ERROR', 'FATAL: remaining connection slots are reserved')
    : line(second, 'INFO', 'request finished');
});

const scenario = createScenario(
  {
    format: 1,
    name: 'web',
    metrics: [errors, connections, quiet, metric('AWS/Lambda', 'Invocations', FRONT, () => 300)],
    metricAlarms: [
      alarm('web-front-errors', errors),
      alarm('web-front-errors-soon', errors, { AlarmConfigurationUpdatedTimestamp: -60 }),
      alarm('web-quiet-errors', quiet),
      alarm('web-export-rows', silent, { ComparisonOperator: 'LessThanThreshold' }),
      alarm('web-switched-off', errors, { ActionsEnabled: false, AlarmActions: [] }),
      alarm('web-errors-math', errors, {
        Namespace: undefined,
        MetricName: undefined,
        Dimensions: undefined,
        Statistic: undefined,
        Period: undefined,
        Metrics: [
          {
            Id: 'm1',
            MetricStat: {
              Metric: { Namespace: errors.Namespace, MetricName: errors.MetricName, Dimensions: errors.Dimensions },
              Period: 60,
              Stat: 'Sum',
            },
            ReturnData: false,
          },
          { Id: 'e1', Expression: 'm1 * 2', Label: 'doubled', ReturnData: true },
        ],
      }),
    ],
    compositeAlarms: [{ AlarmName: 'web-health', AlarmRule: 'ALARM("web-front-errors")', AlarmActions: [] }],
    logGroups: [{ logGroupName: '/aws/lambda/web-front', events }],
  },
  { source: 'test', anchorEpochMs: BENCH_NOW_EPOCH_MS, evaluateQueries: evaluateMetricDataQueries },
);

interface Found {
  readonly verdict: string;
  readonly onset: string | null;
  readonly suspects: readonly { readonly resource: string; readonly subject: string }[];
  readonly not_looked_at: readonly string[];
  readonly changes: readonly object[];
}

let bench: ToolBench | undefined;
const start = async (): Promise<ToolBench> => {
  bench ??= await startToolBench({ scenario, queryTiming: { durationFor: () => 0 } });
  return bench;
};
afterAll(() => bench?.close());
const investigate = async (alarm_name: string, more: object = {}) => {
  const at = await start();
  const result = await at.run('investigate_alarm', { alarm_name, ...more });
  return { text: at.text(result), found: result.structuredContent as Found };
};

describe('investigate_alarm', () => {
  it('tells since when, what changed first and where to look, on one page', async () => {
    const { text, found } = await investigate('web-front-errors');
    expect(found.verdict).toBe('changed');
    expect(found.onset).toBe('2026-03-01T11:28:00Z');
    expect(found.suspects[0]?.resource).toBe('web-db');
    expect(text).toContain('FATAL: remaining connection slots are reserved');
    expect(text.length).toBeLessThan(6_000);
  });

  it('gives no all-clear for what has fired for days without a change to be found', async () => {
    const shop = await startToolBench({ queryTiming: { durationFor: () => 0 } });
    const result = await shop.run('investigate_alarm', { alarm_name: 'shop-orders-dlq-depth' });
    await shop.close();
    expect(result.structuredContent).toMatchObject({ state: 'ALARM', verdict: 'nothing_unusual', suspects: [] });
    expect(shop.text(result)).toMatch(
      /^`shop-orders-dlq-depth` is ALARM since .* No change was found, which is no all-clear: /,
    );
  });

  it('has every member in every answer', async () => {
    const members = [
      'alarm',
      'state',
      'verdict',
      'onset',
      'baseline',
      'changes',
      'suspects',
      'alarms_around',
      'unchanged',
      'not_looked_at',
      'examples',
    ];
    for (const name of ['web-front-errors', 'web-export-rows']) {
      const { found } = await investigate(name);
      for (const member of members) expect(found).toHaveProperty(member);
    }
  });

  it.each([
    ['web-quiet-errors', 'nothing_unusual', 0],
    ['web-export-rows', 'insufficient_data', 0],
  ])('says of %s that it is %s, and names nobody', async (name, verdict, suspects) => {
    const { found } = await investigate(name);
    expect(found).toMatchObject({ verdict, onset: null });
    expect(found.suspects).toHaveLength(suspects);
  });

  it.each(['web-errors-math', 'web-health', 'web-front-errors-soon', 'web-switched-off'])(
    'judges %s by the series below it',
    async (name) => {
      const { found, text } = await investigate(name);
      expect(found.verdict).toBe('changed');
      expect(found.suspects[0]?.resource).toBe('web-db');
      if (name === 'web-switched-off')
        expect(text).toContain('its actions are switched off; it has no action for ALARM');
    },
  );

  it('refuses what it cannot read, and names near alarms', async () => {
    expect((await investigate('web-front-error')).text).toMatch(
      /^Error: There is no alarm .* did you mean `web-front-errors`/,
    );
    expect((await investigate('web-front-errors', { at: '2099-01-01T00:00:00Z' })).text).toMatch(
      /^Error: at "2099-01-01T00:00:00Z" .* lies in the future → /,
    );
    expect((await investigate('web-front-errors', { at: '-456d' })).text).toMatch(
      /^Error: at "-456d" .* is longer ago than the 455 days for which CloudWatch keeps metrics → /,
    );
    expect((await investigate('web-front-errors', { at: '-454d' })).text).not.toContain('Error:');
    expect((await investigate('web-front-errors', { lookback: '30d' })).text).toContain(
      'lookback "30d" is not a length of time from 1m to 24h',
    );
    expect((await investigate('web-front-errors', { account: 'elsewhere' })).text).toContain('elsewhere');
  });

  it.each([
    ['GetMetricData', 'insufficient_data', /its own series/],
    ['ListMetrics', 'changed', /metrics of other resources/],
    ['DescribeAlarmHistory', 'changed', /its own history/],
    ['StartQuery', 'changed', /logs of web-front/],
    ['ListDashboards', 'changed', /dashboards/],
    ['LookupEvents', 'changed', /CloudTrail/],
  ])('answers without %s, and says what it did not look at', async (operation, verdict, missing) => {
    const at = await start();
    const disarm = at.local.faults.add({ operation, fault: { kind: 'accessDenied' } });
    const { found } = await investigate('web-front-errors');
    disarm();
    expect(found.verdict).toBe(verdict);
    expect(found.not_looked_at.join('\n')).toMatch(missing);
  });

  it('asks AWS once for two who ask the same at one time', async () => {
    const at = await start();
    const before = at.local.requests.all.filter(({ operation }) => operation === 'ListMetrics').length;
    const [one, two] = await Promise.all([investigate('web-front-errors'), investigate('web-front-errors')]);
    expect(one.found).toEqual(two.found);
    expect(at.local.requests.all.filter(({ operation }) => operation === 'ListMetrics')).toHaveLength(before + 1);
  });
});
