/**
 * What every tool does when AWS, the client or the clock does not go along: one line a fault, one operation a tool (its record
 * in calls/). All share one embedded CloudWatch; each call signs with a key of its own, so its faults hit nobody else.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import type { ToolCall } from '../../lib/mcp/tool-call.ts';
import type { Tool } from '../../lib/tool/types.ts';
import type { Fault } from '../../local/faults.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { until } from '../support/until.ts';
import { callsOf } from './calls/all-calls.ts';

const HANGING: Fault = { kind: 'latency', latencyMs: 600_000 };
/** As many as the SDK makes. */
const ATTEMPTS = 4;
const SHORT_MS = 300;

interface FaultRow {
  readonly name: string;
  readonly fault: Fault;
  /** Requests that it hits; default: all. */
  readonly times?: number;
  readonly call?: Partial<ToolCall>;
  /** The client goes away when AWS has been asked. */
  readonly isLeft?: boolean;
  /** What the answer must be. `action` is what IAM calls the operation. */
  readonly expected: (action: string) => RegExp;
  /** How many requests AWS must have seen at least. */
  readonly asked: number;
  /** No request is answered twice. */
  readonly isFinal?: boolean;
}

const FAULTS: readonly FaultRow[] = [
  {
    name: 'names the IAM action that is denied, and asks once',
    fault: { kind: 'accessDenied' },
    expected: (action) =>
      new RegExp(`^Error: AWS denies ${action} .* → .*\\(access_denied, trying again unchanged`, 's'),
    asked: 1,
    isFinal: true,
  },
  {
    name: 'gets over a throttle that ends',
    fault: { kind: 'throttle' },
    times: 2,
    expected: () => /^(?!.*\(throttled, )/s,
    asked: 3,
  },
  {
    name: 'gives up on a throttle that stays',
    fault: { kind: 'throttle' },
    expected: (action) =>
      new RegExp(`^Error: CloudWatch throttles ${action} .* → .*\\(throttled, may be tried again\\)$`, 's'),
    asked: ATTEMPTS,
  },
  {
    name: 'gives up on a failure of CloudWatch that stays',
    fault: { kind: 'serverError', status: 503 },
    expected: () =>
      /^Error: CloudWatch cannot be reached or fails .* → .*\(upstream_unavailable, may be tried again\)$/s,
    asked: ATTEMPTS,
  },
  {
    name: 'ends when the client goes away',
    fault: HANGING,
    isLeft: true,
    expected: () => /^Error: The call was cancelled → .*\(cancelled, /s,
    asked: 1,
  },
  {
    name: 'ends at the time limit',
    fault: HANGING,
    call: { remainingMs: SHORT_MS },
    expected: () => /^Error: .* → .*\(deadline_exceeded, may be tried again\)$/s,
    asked: 0,
  },
];

let common: ToolBench;
beforeAll(async () => {
  common = await startToolBench();
});
afterAll(() => common.close());

const asking = TOOLS.flatMap((tool) => {
  const calls = callsOf(tool.name);
  const { operation, action = `[a-z]+:${operation}` } = calls;
  return operation === undefined ? [] : [{ ...calls, tool, name: tool.name, operation, action }];
});

let keys = 0;

/** A bench with this tool alone, and a key of its own. */
async function startBench(tool: Tool) {
  keys += 1;
  const accessKeyId = `AKIALOCALFAULT${String(keys).padStart(6, '0')}`;
  const { local } = common;
  const bench = await startToolBench({ shared: { local, accessKeyId }, tools: [tool] });
  return { bench, accessKeyId, listRequests: () => local.requests.all.filter(({ akid }) => akid === accessKeyId) };
}

/** The answer to a call with the fault, and what AWS saw of it. */
async function runWith(
  { fault, times, call, isLeft }: FaultRow,
  { tool, operation, minimal }: (typeof asking)[number],
) {
  const { bench, accessKeyId, listRequests } = await startBench(tool);
  common.local.faults.add({ operation, accessKeyId, fault, ...(times !== undefined && { times }) });
  const listAsked = () => listRequests().filter((request) => request.operation === operation);
  const controller = new AbortController();
  const running = bench.run(tool.name, minimal, { ...call, signal: controller.signal });
  if (isLeft === true) {
    await until(() => listAsked().length > 0);
    controller.abort();
  }
  const text = bench.text(await running);
  await bench.close();
  const asked = listAsked();
  const answered = asked.filter(({ status }) => status !== 0).map(({ input }) => JSON.stringify(input));
  return { text, asked: asked.length, isFinal: new Set(answered).size === answered.length };
}

describe.each(FAULTS)('$name:', (row) => {
  it.concurrent.each(asking)('$name', async (line) => {
    const { text, asked, isFinal } = await runWith(row, line);
    const { partial } = line;
    const isPartial = partial !== undefined && !text.startsWith('Error: ');
    expect(text).toMatch(isPartial ? partial : row.expected(line.action));
    expect(asked).toBeGreaterThanOrEqual(isPartial ? 0 : row.asked);
    if (row.isFinal === true) expect(isFinal).toBe(true);
  });
});

describe('a tool without an operation', () => {
  it.each(TOOLS.filter(({ name }) => callsOf(name).operation === undefined))('$name asks AWS nothing', async (tool) => {
    const { bench, listRequests } = await startBench(tool);
    const { minimal, example } = callsOf(tool.name);
    for (const args of [minimal, example.args]) await bench.run(tool.name, args);
    await bench.close();
    expect(listRequests()).toEqual([]);
  });
});
