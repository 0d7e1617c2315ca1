/** The arguments that get_dashboard gives do work: those of every widget of every local dashboard are passed on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDashboardsOf } from '../../../../local/data/dashboards/dashboards.ts';
import { ACCOUNTS } from '../../../../local/scenario.ts';
import { createWorld } from '../../../../local/world.ts';
import { startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench } from '../../../../test/support/tool-bench.ts';

const NAMES = listDashboardsOf(createWorld(1, BENCH_NOW_EPOCH_MS), ACCOUNTS.prod.id).map(({ name }) => name);

interface ShownWidget {
  readonly number: number;
  readonly kind: string;
  readonly calls: readonly { readonly tool: string; readonly arguments: string }[];
  readonly problems?: readonly string[];
}

let bench: ToolBench;
beforeAll(async () => {
  bench = await startLogsBench();
});
afterAll(() => bench.close());

describe.each(NAMES)('the widgets of %s', (name) => {
  it('give arguments that the tools take and answer', async () => {
    const { widgets } = structuredOf(await bench.run('get_dashboard', { name })) as { widgets: readonly ShownWidget[] };
    for (const { number, kind, calls, problems } of widgets) {
      expect(problems, `widget ${number}`).toBeUndefined();
      if (['metric', 'log', 'alarm'].includes(kind)) expect(calls.length, `widget ${number}`).toBeGreaterThan(0);
      for (const call of calls) {
        const result = await bench.run(call.tool, JSON.parse(call.arguments));
        const text = bench.text(result);
        expect(result.isError, `widget ${number}: ${text}`).toBeUndefined();
        expect(text, `widget ${number}`).not.toMatch(/^No (datapoints|such alarm|rows)/);
        expect(text, `widget ${number}`).not.toContain('Warning: ');
      }
    }
  });

  it('stand in the text too', async () => {
    const result = await bench.run('get_dashboard', { name });
    const { widgets } = structuredOf(result) as { widgets: readonly ShownWidget[] };
    for (const call of widgets.flatMap(({ calls }) => calls))
      expect(bench.text(result)).toContain(`   ${call.tool} ${call.arguments}\n`);
  });
});
