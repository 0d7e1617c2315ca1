/** Runs tools the way clients do below HTTP: real registry, real runTool, real SDK over the wire to the embedded CloudWatch. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { createAmbientClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { type Environment, loadConfig } from '../../lib/config/config.ts';
import type { ToolCall } from '../../lib/mcp/tool-call.ts';
import { createToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import type { Tool } from '../../lib/tool/types.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, type LocalCloudWatchOptions, startLocalCloudWatch } from '../../local/server.ts';

/** A Sunday noon; the default time of benches, so that snapshots do not move. */
export const BENCH_NOW_EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');

const CLOCK_STEP_MS = 100;
/** More than a tool may take (CLOUDWATCH_MCP_TOOL_TIMEOUT_MS). */
export const TOO_LONG_MS = 60_000;

export interface ToolBenchOptions extends LocalCloudWatchOptions {
  readonly env?: Environment;
  /** Fixed time of data and tools; default {@link BENCH_NOW_EPOCH_MS}. The polling clock runs on from there. */
  readonly startEpochMs?: number;
  /** Default: all. */
  readonly tools?: readonly Tool[];
  /** A service that runs already, and the key to sign with there: faults of that key are this bench's alone. */
  readonly shared?: { readonly local: LocalCloudWatch; readonly accessKeyId: string };
}

export interface ToolBench {
  readonly local: LocalCloudWatch;
  /** Every log line that the program wrote. */
  readonly logLines: string[];
  run(name: string, args?: unknown, options?: Partial<Omit<ToolCall, 'name' | 'args'>>): Promise<CallToolResult>;
  /**
   * Lets time pass for the tools alone: what they were to end by is over, and no timer has run out. What a test says of
   * that holds however long the machine takes. The next call begins anew.
   */
  pass(ms: number): void;
  /** The time of the call is over when AWS has answered the operation so often. */
  endTimeAt(operation: string, answers?: number): void;
  /** The text of the answer, its random fence made constant. */
  text(result: CallToolResult): string;
  close(): Promise<void>;
}

export async function startToolBench(options: ToolBenchOptions = {}): Promise<ToolBench> {
  const { env = {}, startEpochMs = BENCH_NOW_EPOCH_MS, tools, shared, ...localOptions } = options;
  // The clock of AWS runs on, since queries take time there; the tools' `now` stands still.
  const bootedMs = performance.now();
  const nowEpochMs = () => startEpochMs + Math.floor(performance.now() - bootedMs);
  const local = shared?.local ?? (await startLocalCloudWatch({ nowEpochMs, ...localOptions }));
  const credentials = shared === undefined ? AMBIENT_CREDENTIALS : addKey(shared);
  const logLines: string[] = [];
  const config = loadConfig({ ENABLE_AUTH: 'false', LOG_LEVEL: 'DEBUG', ...env }, 'http');
  let zeroMs: number | undefined;
  let passedMs = 0;
  let inFlight = 0;
  const pass = (ms: number): void => {
    passedMs += ms;
  };
  const runner = createToolRunner({
    config,
    logger: createLogger(config, (line) => logLines.push(line)),
    metrics: createMetrics(),
    // In steps, and zero when a call that is alone first looks, so that `now` is the same in every run.
    clock() {
      zeroMs ??= performance.now();
      return startEpochMs + passedMs + Math.floor((performance.now() - zeroMs) / CLOCK_STEP_MS) * CLOCK_STEP_MS;
    },
    clients: createAmbientClientPool({ endpoint: local.endpoint, credentials }),
    ...(tools !== undefined && { tools }),
  });
  let calls = 0;
  return {
    local,
    logLines,
    async run(name, args, call = {}) {
      calls += 1;
      if (inFlight === 0) {
        zeroMs = undefined;
        passedMs = 0;
      }
      inFlight += 1;
      try {
        return await runner.run({ name, args, requestId: `bench-${calls}`, ...call });
      } finally {
        inFlight -= 1;
      }
    },
    pass,
    endTimeAt(operation, answers = 1) {
      let left = answers;
      const disarm = local.faults.add({
        operation,
        fault: {
          kind: 'alterOutput',
          alter(output) {
            left -= 1;
            if (left === 0) {
              pass(TOO_LONG_MS);
              disarm();
            }
            return output;
          },
        },
      });
    },
    text: (result) =>
      result.content
        .map((block) => (block.type === 'text' ? block.text : `[${block.type}]`))
        .join('\n')
        .replaceAll(/(<\/?data-)[0-9a-f]{12}>/g, '$1BOUNDARY>'),
    async close() {
      runner.close();
      if (shared === undefined) await local.close();
    },
  };
}

/** Another key of the principal whose key the benches have. */
function addKey({ local, accessKeyId }: { local: LocalCloudWatch; accessKeyId: string }) {
  const known = local.credentials.find(AMBIENT_CREDENTIALS.accessKeyId);
  if (known === undefined) throw new Error('The embedded CloudWatch does not know the ambient key.');
  const key = { ...known, accessKeyId };
  local.credentials.add(key);
  return { accessKeyId, secretAccessKey: key.secretAccessKey };
}
