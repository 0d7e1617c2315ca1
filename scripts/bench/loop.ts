/**
 * `npm run bench:loop [-- --only TOOL]`: how long each tool holds the event loop at most, while AWS gives answers as long as its
 * quotas let them be, and with every argument at its bound. The least of three turns counts, since machines are shared.
 */
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { createAmbientClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { loadConfig } from '../../lib/config/config.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { createToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { callsOf } from '../../test/registry/calls/all-calls.ts';

const TURNS = 3;
const REACH_MS = 100;
const TOOL_TIMEOUT_MS = 10_000;
const SETTLE_MS = 20;
/** The service keeps what it was asked. */
const SERVICE_HEAP_MB = 3_000;
const NANOSECONDS = 1e6;
/** Where the schema has no bound. */
const LONG_TEXT = 10_000;
const LONG_LIST = 1_000;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const worker = new Worker(new URL('./loop/full-service.ts', import.meta.url), {
  resourceLimits: { maxOldGenerationSizeMb: SERVICE_HEAP_MB },
});
const [{ endpoint }] = (await once(worker, 'message')) as [{ endpoint: string }];
const config = loadConfig({ ENABLE_AUTH: 'false', CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: String(TOOL_TIMEOUT_MS) }, 'http');
const runner = createToolRunner({
  config,
  logger: createLogger(config, () => undefined),
  metrics: createMetrics(),
  clock: Date.now,
  clients: createAmbientClientPool({ endpoint, credentials: AMBIENT_CREDENTIALS }),
});

async function holdMs(name: string, args: unknown): Promise<number> {
  const holds: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await sleep(SETTLE_MS);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await runner.run({ name, args, requestId: 'loop' });
    await sleep(SETTLE_MS);
    delay.disable();
    holds.push(delay.max / NANOSECONDS);
  }
  return Math.min(...holds);
}

/** Every argument as large as the schema takes it; most such calls are refused, and that costs time too. */
function fillSchema(schema: z.core.JSONSchema.JSONSchema): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'string':
      return 'a'.repeat(Math.min(schema.maxLength ?? LONG_TEXT, LONG_TEXT));
    case 'integer':
    case 'number':
      return schema.maximum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.maxItems ?? LONG_LIST }, () => fillSchema(Object(schema.items)));
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, fillSchema(Object(inner))]),
      );
  }
}

function largestNumbers(schema: z.core.JSONSchema.JSONSchema): Record<string, unknown> {
  const numbers = Object.entries(schema.properties ?? {}).filter(
    ([, inner]) => typeof inner === 'object' && inner.type === 'integer',
  );
  return Object.fromEntries(numbers.map(([key, inner]) => [key, fillSchema(Object(inner))]));
}

let isWithinReach = true;
console.log(
  'tool                             | least | example | largest numbers | every argument at its bound   (ms)',
);
for (const { name, inputSchema } of TOOLS.filter((tool) => values.only === '' || tool.name === values.only)) {
  const schema = z.toJSONSchema(inputSchema, { io: 'input' });
  const { minimal, example } = callsOf(name);
  const calls = [minimal, example.args, { ...minimal, ...largestNumbers(schema) }, fillSchema(schema)];
  const holds: number[] = [];
  for (const args of calls) holds.push(await holdMs(name, args));
  isWithinReach &&= holds.every((hold) => hold <= REACH_MS);
  console.log(`${name.padEnd(32)} | ${holds.map((hold) => hold.toFixed(0).padStart(6)).join(' | ')}`);
}
console.log(isWithinReach ? `none above ${REACH_MS} ms` : `some above ${REACH_MS} ms`);
runner.close();
await worker.terminate();
process.exitCode = isWithinReach ? 0 : 1;
