import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNTS, FIRING_ALARMS } from '../../../../local/scenario.ts';
import { loadScenario } from '../../../../local/scenarios/load-scenario.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

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

  it("ask the account that owns the metric, never the alarm's own for one of equal name", async () => {
    const linked = await startToolBench({ scenario: await loadScenario('linked-accounts', BENCH_NOW_EPOCH_MS) });
    const callsOf = async (name: string) => {
      const { structuredContent } = await linked.run('get_alarm_history', { alarm_name: name, start_time: '-2h' });
      return (structuredContent as NextCalls).next_calls.map((call) => [call.tool, JSON.parse(call.arguments)]);
    };
    try {
      const account = ACCOUNTS.data.id;
      expect(await callsOf('data-checkout-errors')).toEqual([
        ['get_metric_data', expect.objectContaining({ metric_name: 'Errors', account })],
        ['execute_log_insights_query', expect.objectContaining({ account })],
      ]);
      expect((await callsOf('orders-age')).map(([, args]) => args.account)).toEqual([undefined]);
      const firing = linked.text(await linked.run('get_active_alarms'));
      expect(firing).toContain(`{FunctionName=checkout} in account ${account} > 30`);
      const all = linked.text(await linked.run('describe_alarms', { names: ['sources-checkout-errors'] }));
      expect(all).toContain(`in account ${ACCOUNTS.dev.id}`);
    } finally {
      await linked.close();
    }
  });
});
