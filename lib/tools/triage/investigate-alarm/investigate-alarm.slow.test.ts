/** What began long before the alarm fired: read by the minute for a day, in longer periods before; the seam between them is no onset. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../../../local/scenarios/create-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { alarm, metric } from '../../../../test/support/web-scenario.ts';

const HOUR_MS = 3_600_000;
/** On both sides of the 26 hours that are read by the minute. */
const HOURS = [20, 27, 72];
const SINCE_MINUTES = 40;
/** Nobody can date what begins by less than its noise: a hundredth of the time since. */
const SHARE = 0.01;

const cases = HOURS.map((hours) => {
  const minutes = 60 * hours;
  const grown = (ago: number): number => Math.max(0, minutes + SINCE_MINUTES - ago) / minutes;
  const memory = metric('AWS/ECS', 'MemoryUtilization', { ServiceName: `web-${hours}` }, (ago) => 10 + 10 * grown(ago));
  return { hours, memory, watch: alarm(`web-${hours}`, memory, { Statistic: 'Average', Threshold: 19 }) };
});

let bench: ToolBench;
beforeAll(async () => {
  const document = {
    format: 1,
    name: 'slow',
    metrics: cases.map(({ memory }) => memory),
    metricAlarms: cases.map(({ watch }) => watch),
  };
  const scenario = createScenario(document, {
    source: 'slow',
    anchorEpochMs: BENCH_NOW_EPOCH_MS,
    evaluateQueries: evaluateMetricDataQueries,
  });
  bench = await startToolBench({ scenario, queryTiming: { durationFor: () => 0 } });
});
afterAll(() => bench.close());

it.each(cases)('dates what grew over $hours hours', async ({ hours, watch }) => {
  const result = await bench.run('investigate_alarm', { alarm_name: watch.AlarmName });
  const { verdict, onset } = result.structuredContent as { readonly verdict: string; readonly onset: string };
  expect(verdict).toBe('changed');
  const trueMs = (hours + SINCE_MINUTES / 60) * HOUR_MS;
  expect(Math.abs(BENCH_NOW_EPOCH_MS - Date.parse(onset) - trueMs) / trueMs).toBeLessThan(SHARE);
});
