/**
 * `npm run bench:loop [-- --only TOOL,TOOL]`: how long each tool holds the event loop at most, while AWS gives answers as long as its
 * quotas let them be, and with every argument at its bound; and the largest requests that the wire takes (`--only wire`). AWS
 * is a process of its own; what counts is the processor time of this thread between two turns of its loop, so that other
 * programs do not count. A call that is above the reach is made again, since the first one of its kind is compiled too; the
 * least of three counts. The last column is the time of refusing. A call that was refused, came too late or found nothing says
 * nothing of the tool: where all of AWS's quotas are more than a tool reads, it is asked again with lists of a quarter, and
 * where that has no answer either, the bench fails.
 */
import '../assert-node.mjs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { createAmbientClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { loadConfig } from '../../lib/config/config.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { createToolRunner, type ToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { callsOf } from '../../test/registry/calls/all-calls.ts';
import { type Arguments, QUERY_ID } from '../../test/registry/calls/tool-calls.ts';
import { BENCH_NOW_EPOCH_MS } from '../../test/support/tool-bench.ts';
import { LARGEST_CALLS } from './loop/largest-calls.ts';
import { watchLoop } from './loop/watch-loop.ts';
import { measureWire } from './loop/wire-requests.ts';
import { startPrinting } from './processes.ts';

const TURNS = 3;
const REACH_MS = 100;
/** Answers of this size are long under way on a busy machine. */
const TOOL_TIMEOUT_MS = 300_000;
const SETTLE_MS = 20;
/** Where the schema has no bound. */
const LONG_TEXT = 10_000;
const LONG_LIST = 1_000;
const COLUMNS = ['least', 'example', 'largest', 'refused', 'worst'];
/** Of the columns in which the tool has to answer. */
const ANSWERED = 3;
const POINTED_EVENT = 'get_log_record';
/** Runs until it is stopped. */
const RUNNING = 'cancel_logs_insight_query';

interface Measured {
  readonly holdMs: number;
  /** The code of the error that the call was answered with. */
  readonly code: string;
}

/** Of AWS's quotas, where a tool refuses all of them. */
const SMALLER_SHARE = 0.25;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const config = loadConfig(
  { ENABLE_AUTH: 'false', LOG_LEVEL: 'ERROR', CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: String(TOOL_TIMEOUT_MS) },
  'http',
);
const failures: string[] = [];
const base = { config, logger: createLogger(config, (line) => failures.push(line)), metrics: createMetrics() };

interface FullService {
  readonly runner: ToolRunner;
  stop(): Promise<void>;
}

async function startService(share: number): Promise<FullService> {
  const aws = await startPrinting([join(import.meta.dirname, 'loop', 'full-service.ts'), String(share)]);
  const runner = createToolRunner({
    ...base,
    clock: () => BENCH_NOW_EPOCH_MS + Math.floor(performance.now()),
    clients: createAmbientClientPool({ endpoint: aws.url, credentials: AMBIENT_CREDENTIALS }),
  });
  return {
    runner,
    async stop() {
      runner.close();
      await aws.stop();
    },
  };
}

async function measure(runner: ToolRunner, name: string, args: unknown): Promise<Measured> {
  let holdMs = Number.POSITIVE_INFINITY;
  let code = '';
  for (let turn = 0; turn < TURNS && holdMs > REACH_MS; turn += 1) {
    const call = { name, args: await withQuery(runner, name, args), requestId: 'loop' };
    await sleep(SETTLE_MS);
    const watch = watchLoop();
    code = codeOf(await runner.run(call));
    await sleep(SETTLE_MS);
    holdMs = Math.min(holdMs, watch.end());
  }
  return { holdMs, code };
}

/** The id of a query of its own, for calls that need one: running for the tool that stops it, otherwise at its end. */
async function withQuery(runner: ToolRunner, tool: string, args: unknown): Promise<unknown> {
  if (typeof args !== 'object' || args === null || !('query_id' in args) || Reflect.get(args, 'query_id') !== QUERY_ID)
    return args;
  const query = `fields @timestamp, @message | limit 10000${tool === RUNNING ? ' # slow=600000' : ''}`;
  const start = {
    log_group_names: ['/aws/lambda/shop-checkout'],
    query_string: query,
    start_time: '-1h',
    max_timeout: 1,
  };
  const { structuredContent } = await runner.run({
    name: 'execute_log_insights_query',
    args: start,
    requestId: 'loop',
  });
  return { ...args, ...queryIdOf(structuredContent) };
}

function queryIdOf(answer: unknown): { readonly query_id?: unknown } {
  return typeof answer === 'object' && answer !== null && 'query_id' in answer
    ? { query_id: Reflect.get(answer, 'query_id') }
    : {};
}

function codeOf({ isError, content: [first] }: CallToolResult): string {
  if (isError !== true || first?.type !== 'text') return '';
  return /\(([a-z_]+), (?:may be|trying)/.exec(first.text)?.[1] ?? 'an error without a code';
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

/** The least with what is largest; a number is at its bound unless the record says otherwise. */
function largestCall(name: string, schema: z.core.JSONSchema.JSONSchema, least: Arguments): Arguments {
  const args = { ...least, ...largestNumbers(schema), ...LARGEST_CALLS[name] };
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

function largestNumbers(schema: z.core.JSONSchema.JSONSchema): Record<string, unknown> {
  const numbers = Object.entries(schema.properties ?? {}).filter(
    ([, inner]) => typeof inner === 'object' && inner.type === 'integer',
  );
  return Object.fromEntries(numbers.map(([key, inner]) => [key, fillSchema(Object(inner))]));
}

const above: string[] = [];
const unfit: string[] = [];
let measuredTools = 0;
const wanted = values.only.split(',');
const tools = TOOLS.filter((tool) => values.only === '' || wanted.includes(tool.name));
const full = await startService(1);
let smaller: FullService | undefined;
console.log(`processor time between two turns of the loop, in ms at most\n`);
console.log(`| ${['tool', ...COLUMNS].join(' | ')} |\n| --- | ${COLUMNS.map(() => '---:').join(' | ')} |`);
for (const { name, inputSchema } of tools) {
  const calls = listCalls(name, inputSchema);
  const refused = await measureRow(full.runner, name, name, calls);
  if (refused.length > 0) {
    smaller ??= await startService(SMALLER_SHARE);
    const left = await measureRow(smaller.runner, name, `${name}, lists of a quarter`, calls);
    if (left.length > 0) unfit.push(`${name} (${left.join(', ')})`);
  }
  measuredTools += 1;
}

/** The four calls of a tool, in the order of the columns. */
function listCalls(name: string, inputSchema: z.ZodObject): readonly unknown[] {
  const schema = z.toJSONSchema(inputSchema, { io: 'input' });
  const { minimal, example } = callsOf(name);
  const least = name === POINTED_EVENT || example.args.query_id !== QUERY_ID ? minimal : example.args;
  const usual = name === POINTED_EVENT ? minimal : example.args;
  return [least, usual, largestCall(name, schema, least), fillSchema(schema)];
}

/** @returns which calls had no answer */
async function measureRow(
  runner: ToolRunner,
  name: string,
  title: string,
  calls: readonly unknown[],
): Promise<readonly string[]> {
  const row: Measured[] = [];
  for (const args of calls) row.push(await measure(runner, name, args));
  const worstMs = Math.max(...row.map(({ holdMs }) => holdMs));
  if (worstMs > REACH_MS) above.push(title);
  const cells = row.map(({ holdMs, code }) => `${code} ${holdMs.toFixed(0)}`.trim());
  console.log(`| ${[title, ...cells, worstMs.toFixed(0)].join(' | ')} |`);
  return row.slice(0, ANSWERED).flatMap(({ code }, index) => (code === '' ? [] : [`${COLUMNS[index]}: ${code}`]));
}

if (values.only === '' || wanted.includes('wire')) {
  console.log(`\n| largest requests | status | worst |\n| --- | ---: | ---: |`);
  for await (const { what, status, holdMs } of measureWire(full.runner, base, TURNS)) {
    if (holdMs > REACH_MS) above.push(what);
    console.log(`| ${what} | ${status} | ${holdMs.toFixed(0)} |`);
  }
}
for (const line of failures) console.log(line.slice(0, 1_000));
console.log(
  `\n${measuredTools} of ${tools.length} tools measured; ${above.length === 0 ? `none above ${REACH_MS} ms` : `above ${REACH_MS} ms: ${above.join(', ')}`}`,
);
if (unfit.length > 0) console.log(`no figures, since there was no answer: ${unfit.join('; ')}`);
await full.stop();
await smaller?.stop();
process.exitCode =
  above.length === 0 && unfit.length === 0 && measuredTools === tools.length && failures.length === 0 ? 0 : 1;
