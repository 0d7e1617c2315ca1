/** Whoever asks about the sample incident, over whatever range, hears it in the headline. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';

const dimensions = [{ name: 'FunctionName', value: 'shop-checkout' }];
const stat = (metric_name: string, statistic = 'Sum') => ({
  namespace: 'AWS/Lambda',
  metric_name,
  statistic,
  dimensions,
});
const RATE = {
  queries: [
    { id: 'e', return_data: false, metric_stat: stat('Errors') },
    { id: 'i', return_data: false, metric_stat: stat('Invocations') },
    { id: 'rate', label: 'rate', expression: '100 * e / i' },
  ],
};
const CUT = { start_time: '2026-03-01T09:00:17Z', end_time: '2026-03-01T11:41:23Z' };
const RANGES = [
  { start_time: '-3h' },
  { start_time: '-6h' },
  { start_time: '-24h' },
  { start_time: '-7d' },
  { start_time: '-30d' },
  CUT,
];
/** It began between 11:20 and 11:30; a long period is named by its beginning. */
const HEARD =
  /since (\d\d-\d\d )?(11:[123]\dZ|2026-03-01T11:[123]\d|(09|10|11|06|00):[034][05]Z)|from (03-01 )?11:[12]\dZ until|from 2026-03-01T11:[12]\d/;

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterAll(() => bench.close());

async function headline(tool: string, args: object): Promise<string> {
  return bench.text(await bench.run(tool, args)).split('\n')[0] ?? '';
}

describe.each(RANGES)('the sample incident over %o', (range) => {
  it.each([
    ['get_metric_data', stat('Errors')],
    ['get_metric_data', stat('Duration', 'p99')],
    ['get_metric_data', RATE],
    ['get_metric_chart', { ...stat('Errors'), format: 'html' }],
    ['get_metric_chart', { ...stat('Duration', 'p99'), format: 'html' }],
    ['get_metric_chart', { ...RATE, format: 'html' }],
    ['analyze_metric', stat('Errors')],
    ['analyze_metric', stat('Duration', 'p99')],
  ])('is in the headline of %s %o', async (tool, args) => {
    const said = await headline(tool, { ...args, ...range });
    expect(said).toMatch(HEARD);
    expect(said).not.toMatch(/unusually low|\bis usual\b|about the same mean/);
  });
});
