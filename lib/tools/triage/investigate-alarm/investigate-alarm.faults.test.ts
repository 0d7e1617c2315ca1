/** What an investigation does when AWS, the client or other callers do not go along. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../lib/auth/principal.ts';
import { MAX_INVESTIGATIONS } from '../../../../lib/tool/target-slots.ts';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../../../local/scenarios/create-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { until } from '../../../../test/support/until.ts';
import { alarm, metric, since } from '../../../../test/support/web-scenario.ts';

const errors = metric('AWS/Lambda', 'Errors', { FunctionName: 'web-front' }, since(30, 1, 60));
const NAMES = Array.from({ length: MAX_INVESTIGATIONS + 1 }, (_, index) => `web-errors-${index}`);
const ALL_BUT_ALARMS = [
  'DescribeAlarmHistory',
  'ListAlarmMuteRules',
  'GetMetricData',
  'ListMetrics',
  'ListDashboards',
  'LookupEvents',
  'DescribeLogGroups',
  'StartQuery',
];
const HANGING = { kind: 'latency', latencyMs: 600_000 } as const;
const document = {
  format: 1,
  name: 'faults',
  metrics: [errors],
  metricAlarms: NAMES.map((name) => alarm(name, errors)),
  logGroups: [
    {
      logGroupName: '/aws/lambda/web-front',
      events: Array.from({ length: 300 }, (_, index) => [-3_600 + 12 * index, 's', 'INFO request finished']),
    },
  ],
};

interface Found {
  readonly verdict: string;
  readonly suspects: readonly object[];
  readonly not_looked_at: readonly string[];
}

let bench: ToolBench;
let queryMs = 0;
beforeAll(async () => {
  const scenario = createScenario(document, {
    source: 'faults',
    anchorEpochMs: BENCH_NOW_EPOCH_MS,
    evaluateQueries: evaluateMetricDataQueries,
  });
  bench = await startToolBench({ scenario, queryTiming: { durationFor: () => queryMs } });
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
  queryMs = 0;
});
const investigate = async (alarm_name = NAMES[0] ?? '', call: Parameters<ToolBench['run']>[2] = {}) => {
  const result = await bench.run('investigate_alarm', { alarm_name }, call);
  return { text: bench.text(result), found: result.structuredContent as Found };
};
const userOf = (id: string): Caller => ({
  principal: { id, subject: id, issuer: 'https://issuer.example', audiences: [], scopes: [], expiresEpochMs: 0 },
  token: id,
});

describe('investigate_alarm', () => {
  it.each(['accessDenied', 'throttle'] as const)(
    'claims nothing where everything but DescribeAlarms ends as %s',
    async (kind) => {
      for (const operation of ALL_BUT_ALARMS) bench.local.faults.add({ operation, fault: { kind } });
      // The SDK's own patience with throttles would use up all the time there is.
      const { text, found } = await investigate(NAMES[0], kind === 'throttle' ? { remainingMs: 5_000 } : {});
      expect(found).toMatchObject({ verdict: 'insufficient_data', suspects: [] });
      const missing = found.not_looked_at.join('\n');
      for (const name of [
        'its own history',
        'its own series',
        'mute rules',
        'other alarms',
        'dashboards',
        'CloudTrail',
      ])
        expect(missing).toContain(name);
      expect(missing).toMatch(
        kind === 'throttle' ? /throttles|did not answer in time/ : /AWS denies cloudwatch:GetMetricData/,
      );
      expect(text).toMatch(
        /is ALARM since .* Whether it is unusual cannot be judged: it has no series that could be read/,
      );
      expect(text).toContain('Whether it fired before is not known.');
      expect(text).toContain('not known, since its history could not be read');
    },
  );

  it('asks AWS with the rights of each user, and once for equal questions of one', async () => {
    await Promise.all([
      investigate(NAMES[0], { caller: userOf('ada') }),
      investigate(NAMES[0], { caller: userOf('ada') }),
      investigate(NAMES[0], { caller: userOf('grace') }),
    ]);
    expect(bench.local.requests.of('ListDashboards')).toHaveLength(2);
  });

  it('runs so many at once in one place, and refuses one more with what to do', async () => {
    bench.local.faults.add({ operation: 'DescribeAlarms', times: MAX_INVESTIGATIONS, fault: HANGING });
    const client = new AbortController();
    const busy = NAMES.slice(1).map((name) => investigate(name, { signal: client.signal }));
    await until(() => bench.local.requests.of('DescribeAlarms').length === MAX_INVESTIGATIONS);
    const refused = await investigate(NAMES[0], { remainingMs: 400 });
    expect(refused.text).toMatch(
      /^Error: This server runs 3 investigations at once in account default, region us-east-1, .* → call again .*\(limit_exceeded, may be tried again\)$/,
    );
    client.abort();
    await Promise.all(busy);
    expect((await investigate()).found.verdict).toBe('changed');
  });

  it('asks CloudTrail twice a second at most, however many investigate', async () => {
    const startedMs = performance.now();
    await Promise.all([investigate(NAMES[0]), investigate(NAMES[1])]);
    const calls = bench.local.requests.of('LookupEvents').length;
    expect(calls).toBeGreaterThanOrEqual(4);
    // A burst of two, and half a second before each one more; timers have whole milliseconds.
    const leastMs = (calls - 2) * 500 - calls;
    expect(performance.now() - startedMs).toBeGreaterThan(leastMs);
  });

  it('stops every query when the client goes away in the middle of the logs', async () => {
    queryMs = 600_000;
    const client = new AbortController();
    const left = investigate(NAMES[0], { signal: client.signal });
    await until(() => bench.local.requests.of('GetQueryResults').length >= 2);
    client.abort();
    expect((await left).text).toMatch(/^Error: .*\(cancelled, /);
    const started = bench.local.requests.of('StartQuery').length;
    expect(started).toBe(2);
    await until(() => bench.local.requests.of('StopQuery').length === started);
  });
});
