/** Inputs that once held the program for seconds, filled its memory or came to its depths, as they were. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';

const MAX_CHARS = 24_000;
const MAX_ERROR_CHARS = 4_000;

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterAll(() => bench.close());

describe('arguments', () => {
  const many = <Value>(count: number, make: (index: number) => Value) =>
    Array.from({ length: count }, (_, at) => make(at));

  it.each<[string, string, unknown, RegExp]>([
    [
      '100,000 texts where objects are wanted',
      'get_metric_data',
      { queries: many(100_000, () => 'a') },
      /more than 20000 values/,
    ],
    [
      'texts where objects are wanted',
      'get_metric_data',
      { queries: many(19_000, () => 'a') },
      /19000 items were given, at most 2000/,
    ],
    ['100,000 names', 'describe_alarms', { names: many(100_000, (at) => `alarm-${at}`) }, /more than 20000 values/],
    [
      '40,000 arguments that nobody knows',
      'get_active_alarms',
      Object.fromEntries(many(40_000, (at) => [`unknown_${at}`, 1])),
      /more than 20000 values/,
    ],
    [
      'arguments that nobody knows',
      'get_active_alarms',
      Object.fromEntries(many(9_000, (at) => [`unknown_${at}`, 1])),
      /9000 arguments were sent/,
    ],
    ['JSON in a text, 9,000 deep', 'get_metric_data', { queries: '['.repeat(9_000) }, /queries/],
    ['an object in a text, 9,000 deep', 'get_metric_data', { queries: `[${'{"a":'.repeat(9_000)}` }, /queries/],
  ])('of %s are refused in few words', async (_what, tool, args, said) => {
    const result = await bench.run(tool, args);
    const text = bench.text(result);
    expect(text).toMatch(/^Error: .*\(invalid_input, /s);
    expect(text).toMatch(said);
    expect(text.length).toBeLessThan(MAX_ERROR_CHARS);
  });
});

describe('a dashboard', () => {
  /** Each variable doubles every letter of every text. */
  const bodyOf = (widgets: number, metricsEach: number) =>
    JSON.stringify({
      variables: Array.from({ length: 25 }, () => ({ type: 'pattern', pattern: 'a', defaultValue: 'aa' })),
      widgets: Array.from({ length: widgets }, () => ({
        type: 'metric',
        properties: { metrics: Array.from({ length: metricsEach }, (_, at) => ['AWS/a', `a${at}`]) },
      })),
    });

  it.each([
    [500, 5],
    [1, 2_500],
    [500, 20],
  ])(
    'with variables that multiply and %d widgets of %d metrics is shown as far as it may grow',
    async (widgets, each) => {
      const DashboardBody = bodyOf(widgets, each);
      const alter = () => ({ DashboardName: 'shop-logs', DashboardArn: '', DashboardBody });
      const disarm = bench.local.faults.add({ operation: 'GetDashboard', fault: { kind: 'alterOutput', alter } });
      const result = await bench.run('get_dashboard', { name: 'shop-logs' });
      disarm();
      expect(result.isError, bench.text(result)).toBeUndefined();
      expect(bench.text(result)).toContain('some texts keep their patterns');
      expect(bench.text(result).length).toBeLessThanOrEqual(MAX_CHARS);
      expect(JSON.stringify(result.structuredContent).length).toBeLessThan(100_000);
    },
  );
});
