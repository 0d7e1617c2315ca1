/** A tool bench whose logs are those of the embedded CloudWatch, with a clock that runs so that queries end. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { createShopLogs } from '../../local/data/shop-logs.ts';
import { createLogsOperations } from '../../local/logs/operations.ts';
import type { QueryTiming } from '../../local/logs/query-timing.ts';
import type { Operations } from '../../local/types.ts';
import type { RequestLog } from '../../local/wire/request-log.ts';
import { createWorld } from '../../local/world.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench, type ToolBenchOptions } from './tool-bench.ts';

const SEED = 20_260_101;

export interface LogsBenchOptions extends Pick<ToolBenchOptions, 'env' | 'faults'> {
  readonly timing?: Partial<QueryTiming>;
  /** Replaces operations of the embedded CloudWatch Logs. */
  readonly logs?: Operations;
}

export function startLogsBench(options: LogsBenchOptions = {}): Promise<ToolBench> {
  const { timing, logs, ...others } = options;
  const zeroMs = performance.now();
  const nowEpochMs = () => BENCH_NOW_EPOCH_MS + Math.floor(performance.now() - zeroMs);
  const operations = createLogsOperations({
    content: createShopLogs(createWorld(SEED, nowEpochMs())),
    ...(timing !== undefined && { timing }),
  });
  const { GetLogGroupFields: listFields } = operations;
  const standing: Operations = {
    // Of the last minutes: those before the time of the tools, however long the machine takes to get here.
    GetLogGroupFields: (input, context) => listFields?.(input, { ...context, nowEpochMs: BENCH_NOW_EPOCH_MS }),
  };
  return startToolBench({ nowEpochMs, operations: { logs: { ...operations, ...standing, ...logs } }, ...others });
}

/** Ids of the queries of Logs Insights that somebody looked at, successfully. */
export function findLookedAt(requests: RequestLog): ReadonlySet<string> {
  const answered = requests.of('GetQueryResults').filter(({ status }) => status === 200);
  return new Set(answered.map(({ input }) => (input as { queryId: string }).queryId));
}

/** `structuredContent` by name, for assertions. */
// biome-ignore lint/suspicious/noExplicitAny: each tool has its own shape, which its outputSchema checks
export function structuredOf(result: CallToolResult): Record<string, any> {
  return result.structuredContent ?? {};
}
