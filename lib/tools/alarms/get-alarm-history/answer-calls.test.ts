import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRING_ALARMS } from '../../../../local/scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { mapAlarms } from '../../../aws/alarms/map-alarms.ts';
import { suggestCalls } from './answer-calls.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterAll(() => bench.close());

interface NextCalls {
  readonly next_calls: readonly { readonly tool: string; readonly arguments: string }[];
}

describe('the calls that get_alarm_history suggests', () => {
  it.each([...Object.values(FIRING_ALARMS), 'shop-orders-placed-anomaly', 'shop-checkout-timeouts'])(
    'work as they are for %s',
    async (name) => {
      const history = await bench.run('get_alarm_history', { alarm_name: name, include_component_alarms: true });
      const { next_calls: calls } = history.structuredContent as NextCalls;
      expect(calls).not.toEqual([]);
      for (const call of calls) {
        const result = await bench.run(call.tool, JSON.parse(call.arguments));
        expect(bench.text(result)).not.toMatch(/^Error/);
        expect(bench.text(result)).not.toMatch(/^No /);
      }
    },
  );

  it('run the query of a PromQL alarm at its pace', async () => {
    const query = 'histogram_avg({"Duration", FunctionName="shop-checkout"})';
    const alarm = { EvaluationInterval: 120, EvaluationCriteria: { PromQLCriteria: { Query: query } } };
    const window = {
      startEpochMs: BENCH_NOW_EPOCH_MS - 3_600_000,
      endEpochMs: BENCH_NOW_EPOCH_MS,
      changes: 1,
      alarmNames: [],
    };
    const [call] = suggestCalls(mapAlarms({ MetricAlarms: [alarm] }), window, {
      account: 'default',
      region: 'us-east-1',
    });
    expect(call?.tool).toBe('execute_promql_range_query');
    const { structuredContent } = await bench.run(call?.tool ?? '', JSON.parse(call?.args ?? ''));
    expect(structuredContent).toMatchObject({ step_seconds: 120, series: expect.arrayContaining([expect.anything()]) });
  });

  it('lead from a composite alarm to what makes it fire', async () => {
    const { structuredContent } = await bench.run('get_alarm_history', { alarm_name: FIRING_ALARMS.shopHealth });
    const { next_calls: calls } = structuredContent as NextCalls;
    expect(calls.map(({ tool }) => tool)).toContain('get_metric_data');
    expect(calls[0]?.arguments).toMatch(/Duration|Errors|ApproximateAge/);
  });
});
