/** Asks the batch tool about log groups of the test. */
import type { LogGroup } from '../../local/data/logs/log-group.ts';
import { createLogWorld, makeGroup, type WorldEvent } from './log-world.ts';
import { startLogsBench, structuredOf } from './logs-bench.ts';
import { BENCH_NOW_EPOCH_MS } from './tool-bench.ts';

export const EU = { region: 'eu-west-1' };

/** One event each, the first the newest. */
export function events(...messages: readonly string[]): WorldEvent[] {
  return messages.map((message, index) => ({ timestampEpochMs: BENCH_NOW_EPOCH_MS - (index + 1) * 10_000, message }));
}

export function numbered(count: number, more: Partial<LogGroup> = {}): LogGroup[] {
  return Array.from({ length: count }, (_, index) =>
    makeGroup(`app-${String(index).padStart(3, '0')}`, events(`{"n":${index}}`), more),
  );
}

/** The bench is closed when the answer is there. */
export async function askBatch(groups: readonly LogGroup[], args: Record<string, unknown>) {
  const world = createLogWorld();
  world.hold(groups);
  const bench = await startLogsBench({ logs: world.operations });
  const result = await bench.run('execute_cwl_insights_batch', {
    log_group_names: [...new Set(groups.map(({ name }) => name))],
    query_string: 'fields @timestamp, n',
    ...args,
  });
  const sent = bench.local.requests.of('StartQuery').map(({ region, input }) => ({
    region,
    ...(input as { queryString: string; limit: number; logGroupNames?: string[]; logGroupIdentifiers?: string[] }),
  }));
  await bench.close();
  return { result, text: bench.text(result), structured: structuredOf(result), sent };
}
