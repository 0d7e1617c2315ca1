/** Runs tools the way clients do below HTTP: real registry, real runTool, real SDK over the wire to the embedded CloudWatch. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { createAmbientClientPool } from '../../lib/aws/client-pool.ts';
import { type Environment, loadConfig } from '../../lib/config.ts';
import { createLogger } from '../../lib/logger.ts';
import { createToolRunner, type ToolCall } from '../../lib/mcp/tool-runner.ts';
import { createMetrics } from '../../lib/metrics.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, type LocalCloudWatchOptions, startLocalCloudWatch } from '../../local/server.ts';

/** A Sunday noon; the default time of benches, so that snapshots do not move. */
export const BENCH_NOW_EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');

const CLOCK_STEP_MS = 100;

export interface ToolBenchOptions extends LocalCloudWatchOptions {
  readonly env?: Environment;
  /** Fixed time of data and tools; default {@link BENCH_NOW_EPOCH_MS}. The polling clock runs on from there. */
  readonly startEpochMs?: number;
}

export interface ToolBench {
  readonly local: LocalCloudWatch;
  /** Every log line that the program wrote. */
  readonly logLines: string[];
  run(name: string, args?: unknown, options?: Partial<Omit<ToolCall, 'name' | 'args'>>): Promise<CallToolResult>;
  /** The text of the answer, its random fence made constant. */
  text(result: CallToolResult): string;
  close(): Promise<void>;
}

export async function startToolBench(options: ToolBenchOptions = {}): Promise<ToolBench> {
  const { env = {}, startEpochMs = BENCH_NOW_EPOCH_MS, ...localOptions } = options;
  // The clock of AWS runs on, since queries take time there; the tools' `now` stands still.
  const bootedMs = performance.now();
  const local = await startLocalCloudWatch({
    nowEpochMs: () => startEpochMs + Math.floor(performance.now() - bootedMs),
    ...localOptions,
  });
  const logLines: string[] = [];
  const config = loadConfig({ ENABLE_AUTH: 'false', LOG_LEVEL: 'DEBUG', ...env }, 'http');
  let zeroMs = performance.now();
  let inFlight = 0;
  const runner = createToolRunner({
    config,
    logger: createLogger(config, (line) => logLines.push(line)),
    metrics: createMetrics(),
    // In steps, and from zero for a call that is alone, so that `now` is the same in every run.
    clock: () => startEpochMs + Math.floor((performance.now() - zeroMs) / CLOCK_STEP_MS) * CLOCK_STEP_MS,
    clients: createAmbientClientPool({ endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS }),
  });
  let calls = 0;
  return {
    local,
    logLines,
    async run(name, args, call = {}) {
      calls += 1;
      if (inFlight === 0) zeroMs = performance.now();
      inFlight += 1;
      try {
        return await runner.run({ name, args, requestId: `bench-${calls}`, ...call });
      } finally {
        inFlight -= 1;
      }
    },
    text: (result) =>
      result.content
        .map((block) => (block.type === 'text' ? block.text : `[${block.type}]`))
        .join('\n')
        .replaceAll(/(<\/?data-)[0-9a-f]{12}>/g, '$1BOUNDARY>'),
    async close() {
      runner.close();
      await local.close();
    },
  };
}
