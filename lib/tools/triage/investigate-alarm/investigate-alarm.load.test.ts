/** Accounts in which everything is large: what is asked of AWS stays bounded, and what was left out is said. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../../../local/scenarios/create-scenario.ts';
import { awsError } from '../../../../local/types.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { alarm, metric, since } from '../../../../test/support/web-scenario.ts';

const FRONT = { FunctionName: 'web-front' };
const OTHERS = 5_000;
const METRICS = 2_000;
const MAX_CALLS = 45;
const GIGABYTE = 1_000_000_000;
const TERABYTE = 1_000 * GIGABYTE;
const FIVE_MINUTES_A_DAY = 288;
const errors = metric('AWS/Lambda', 'Errors', FRONT, since(30, 1, 60));
const flat = Array.from({ length: 240 }, (_, index) => 20 + (index % 3));
const quiet = Array.from({ length: METRICS }, (_, index) => ({
  Namespace: 'Web/Front',
  MetricName: `Gauge${index}`,
  Dimensions: [{ Name: 'FunctionName', Value: 'web-front' }],
  period: 60,
  start: -240 * 60,
  values: flat,
}));
const resource = (Namespace: string, MetricName: string, dimensions: Record<string, string>) =>
  metric(Namespace, MetricName, dimensions, since(29, 30, 300));
const pay = resource('AWS/ECS', 'CPUUtilization', { ClusterName: 'web', ServiceName: 'web-pay' });
const edge = resource('Web/Front', 'Latency', { Edge: 'web-edge' });
const turned = (index: number) => ({
  AlarmName: `other-${index}`,
  AlarmType: 'MetricAlarm' as const,
  Timestamp: -1_380,
  HistoryItemType: 'StateUpdate' as const,
  HistorySummary: 'Alarm updated from OK to ALARM',
  HistoryData: { version: '1.0', oldState: { stateValue: 'OK' }, newState: { stateValue: 'ALARM' } },
});
const group = (logGroupName: string, more: object) => ({
  logGroupName,
  events: Array.from({ length: 1_000 }, (_, index) => [
    -5_400 + 5 * index,
    's',
    index > 720 && index % 2 === 0 ? 'ERROR no route to host' : 'INFO request finished',
  ]),
  ...more,
});
/** A terabyte a day. */
const incoming = {
  Namespace: 'AWS/Logs',
  MetricName: 'IncomingBytes',
  Dimensions: [{ Name: 'LogGroupName', Value: '/aws/lambda/web-front' }],
  period: 300,
  start: -86_400,
  values: Array.from({ length: FIVE_MINUTES_A_DAY }, () => TERABYTE / FIVE_MINUTES_A_DAY),
};

const document = {
  format: 1,
  name: 'large',
  metrics: [errors, ...quiet, pay, edge, incoming],
  metricAlarms: [
    alarm('web-front-errors', errors),
    alarm('web-pay-cpu', pay, { Statistic: 'Average', Threshold: 100 }),
    alarm('web-edge-latency', edge, { Statistic: 'Average', Threshold: 100 }),
  ],
  alarmHistory: Array.from({ length: OTHERS }, (_, index) => turned(index)),
  logGroups: [
    group('/aws/lambda/web-front', { storedBytes: TERABYTE, retentionInDays: 1 }),
    group('/ecs/web-pay', { logGroupClass: 'INFREQUENT_ACCESS', storedBytes: GIGABYTE }),
    { logGroupName: '/edge/web-edge', logGroupClass: 'DELIVERY', storedBytes: GIGABYTE },
  ],
};

interface Found {
  readonly verdict: string;
  readonly onset: string;
  readonly suspects: readonly { readonly resource: string }[];
  readonly alarms_around: readonly string[];
  readonly not_looked_at: readonly string[];
  readonly cost: { readonly bytes_scanned: number };
}

let bench: ToolBench;
beforeAll(async () => {
  const scenario = createScenario(document, {
    source: 'large',
    anchorEpochMs: BENCH_NOW_EPOCH_MS,
    evaluateQueries: evaluateMetricDataQueries,
  });
  bench = await startToolBench({
    scenario,
    queryTiming: { durationFor: () => 0 },
    env: { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '600000' },
  });
});
afterAll(() => bench.close());
const investigate = async () => {
  const before = bench.local.requests.all.length;
  const result = await bench.run('investigate_alarm', { alarm_name: 'web-front-errors', max_scan_gb: 10 });
  const requests = bench.local.requests.all.slice(before).filter(({ operation }) => operation !== 'GetQueryResults');
  return { text: bench.text(result), found: result.structuredContent as Found, requests };
};

describe('investigate_alarm in a large account', () => {
  it('answers on one page, with no more calls and series than it may', async () => {
    const { text, found, requests } = await investigate();
    expect(found).toMatchObject({ verdict: 'changed', onset: '2026-03-01T11:30:00Z' });
    expect(text.length).toBeLessThan(6_000);
    expect(requests.length).toBeLessThanOrEqual(MAX_CALLS);
    const asked = requests
      .filter(({ operation }) => operation === 'GetMetricData')
      .map(({ input }) => (input as { MetricDataQueries: readonly object[] }).MetricDataQueries.length);
    expect(Math.max(...asked)).toBe(200);
    const missing = found.not_looked_at.join('\n');
    expect(missing).toMatch(/other alarms: of their changes from .* only the newest 200/);
    expect(missing).toMatch(/1,\d{3} farther metrics of \d,\d{3}/);
    expect(found.alarms_around.length).toBeGreaterThan(100);
    expect(text).toMatch(/other-\d+ and \d+ more/);
  });

  it('shortens the time around the onset for a terabyte, reads what is rarely read, and says what cannot be', async () => {
    const { found, requests } = await investigate();
    const missing = found.not_looked_at.join('\n');
    expect(missing).toMatch(
      /logs of web-front: only \d+m( \d+s)? around the onset, since \d+(\.\d+)? GB would be scanned/,
    );
    expect(missing).toMatch(/logs of web-edge: \/edge\/web-edge is of class DELIVERY, which cannot be queried/);
    const queries = requests
      .filter(({ operation }) => operation === 'StartQuery')
      .map(({ input }) => input as { logGroupNames: readonly string[]; startTime: number; endTime: number });
    expect(queries.map(({ logGroupNames }) => logGroupNames[0])).toContain('/ecs/web-pay');
    const onset = Date.parse(found.onset) / 1_000;
    for (const { logGroupNames, startTime, endTime } of queries) {
      if (logGroupNames[0] !== '/aws/lambda/web-front') continue;
      expect(endTime - startTime).toBeLessThan(20 * 60);
      expect(Math.abs(startTime - onset)).toBeLessThan(30 * 60);
    }
  });

  it('halves what it asks for where CloudWatch throttles, and says so', async () => {
    const most = 120;
    let refused = 0;
    const disarm = bench.local.faults.add({
      operation: 'GetMetricData',
      fault: {
        kind: 'alterOutput',
        alter(output, input) {
          if ((input as { MetricDataQueries: readonly object[] }).MetricDataQueries.length <= most) return output;
          refused += 1;
          throw awsError('ThrottlingException', 'Rate exceeded');
        },
      },
    });
    const { found } = await investigate();
    disarm();
    expect(refused).toBeGreaterThan(0);
    expect(found.verdict).toBe('changed');
    expect(found.not_looked_at.join('\n')).toMatch(/metrics: 100 of 200 metrics, CloudWatch throttles/);
  });
});
