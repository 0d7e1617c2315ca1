import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRING_ALARMS } from '../../../../local/scenario.ts';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

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
});
