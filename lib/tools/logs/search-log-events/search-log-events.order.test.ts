import { afterEach, beforeEach, expect, it } from 'vitest';
import { structuredOf } from '../../../../test/support/logs-bench.ts';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

let bench: ToolBench;
beforeEach(async () => {
  bench = await startToolBench();
});
afterEach(() => bench.close());

const ask = (args: object) =>
  bench.run('search_log_events', {
    log_group: '/aws/lambda/shop-checkout',
    filter_pattern: 'timed',
    start_time: '-3m',
    ...args,
  });
type Result = Awaited<ReturnType<typeof ask>>;
const timesOf = (result: Result): string[] =>
  structuredOf(result).events.map(({ timestamp }: { timestamp: string }) => timestamp);
const ignoreOrder = () => bench.local.faults.add({ operation: '*', fault: { kind: 'ignoredOrder' } });

it('calls nothing the newest that a back end gives oldest first', async () => {
  ignoreOrder();
  const text = bench.text(await ask({ max_items: 3 }));
  expect(text).toMatch(/^The oldest 3 events found in .*, the oldest at .*; there are more\./);
  expect(text).toContain('Warning: The newest first were asked for, and this back end gives the oldest first');
  expect(text).toMatch(/Searched completely: 2026-03-01T11:57:00Z – .*; not completely: .* – 2026-03-01T12:00:00Z\./);
});

it('goes through all of them, each once, whatever the order', async () => {
  const expected = timesOf(await ask({ max_items: 1_000 }));
  expect(expected.length).toBeGreaterThan(10);
  ignoreOrder();
  const seen: string[] = [];
  let token: string | undefined;
  do {
    const result = await ask({ max_items: Math.ceil(expected.length / 4), next_token: token });
    seen.push(...timesOf(result));
    token = structuredOf(result).next_token;
  } while (token !== undefined && seen.length <= expected.length);
  expect(seen.toSorted()).toEqual(expected.toSorted());
});

it('puts them into order where it has all', async () => {
  const expected = await ask({ max_items: 1_000 });
  ignoreOrder();
  const reversed = await ask({ max_items: 1_000 });
  expect(timesOf(reversed)).toEqual(timesOf(expected));
  expect(bench.text(reversed)).not.toContain('Warning');
});
