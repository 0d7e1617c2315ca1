/**
 * What every tool does when AWS, the client or the clock does not go along: one line a fault, one operation a tool (its record
 * in calls/). All share one embedded CloudWatch; each tool signs with a key of its own, so its faults hit nobody else.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import type { ToolCall } from '../../lib/mcp/tool-call.ts';
import type { Fault } from '../../local/faults.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { until } from '../support/until.ts';
import { callsOf } from './calls/all-calls.ts';

const HANGING: Fault = { kind: 'latency', latencyMs: 600_000 };
/** As many as the SDK makes. */
const ATTEMPTS = 4;
const SHORT_MS = 300;
/** A busy machine is no time limit. */
const PATIENT = { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '600000' };

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
    expected: () => /^(?!Error: .*\((throttled|upstream_unavailable|deadline_exceeded|cancelled|internal), )/s,
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
    name: 'says that the answer could not be read where something else answered',
    fault: { kind: 'htmlBody' },
    expected: (action) =>
      new RegExp(`^Error: The answer to ${action} .* could not be read.* → .*\\(unreadable_answer, may be tried`, 's'),
    asked: 1,
  },
  {
    name: 'takes an answer without its lists for no answer, never for an empty one',
    fault: { kind: 'emptyBody' },
    expected: (action) =>
      new RegExp(`^Error: The answer to ${action} .* could not be read.* → .*\\(unreadable_answer, may be tried`, 's'),
    asked: 1,
  },
  {
    name: 'says that the region does not offer the operation',
    fault: { kind: 'unknownOperation' },
    expected: () => /^Error: .* is not offered in account .* → .*\(not_offered, trying again unchanged/s,
    asked: 1,
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

const ALL = TOOLS.map((tool, index) => ({
  ...callsOf(tool.name),
  name: tool.name,
  tool,
  accessKeyId: `AKIALOCALFAULT${String(index).padStart(6, '0')}`,
}));
const ASKING = ALL.flatMap((line) => (line.operation === undefined ? [] : [{ ...line, operation: line.operation }]));
type Line = (typeof ASKING)[number];

let common: ToolBench;
const benches = new Map<string, ToolBench>();
beforeAll(async () => {
  common = await startToolBench();
  const { local } = common;
  for (const { name, tool, accessKeyId } of ALL) {
    benches.set(name, await startToolBench({ shared: { local, accessKeyId }, tools: [tool], env: PATIENT }));
  }
});
afterAll(async () => {
  for (const bench of benches.values()) await bench.close();
  await common.close();
});

function benchOf(name: string): ToolBench {
  const bench = benches.get(name);
  if (bench === undefined) throw new Error(`no bench of ${name}`);
  return bench;
}

const listRequests = (accessKeyId: string) => common.local.requests.all.filter(({ akid }) => akid === accessKeyId);

/** The answer to a call with the fault, and what AWS saw of it. */
async function runWith({ fault, times, call, isLeft }: FaultRow, { name, operation, accessKeyId, minimal }: Line) {
  const bench = benchOf(name);
  const listAsked = () => listRequests(accessKeyId).filter((request) => request.operation === operation);
  const before = listAsked().length;
  const disarm = bench.local.faults.add({ operation, accessKeyId, fault, ...(times !== undefined && { times }) });
  const controller = new AbortController();
  const running = bench.run(name, minimal, { ...call, signal: controller.signal });
  if (isLeft === true) {
    await until(() => listAsked().length > before);
    controller.abort();
  }
  const text = bench.text(await running);
  disarm();
  const asked = listAsked().slice(before);
  const counts = new Map<string, number>();
  for (const { input } of asked.filter(({ status }) => status !== 0)) {
    const key = JSON.stringify(input);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { text, asked: asked.length, repeated: Math.max(0, ...counts.values()) };
}

describe.each(FAULTS)('$name:', (row) => {
  it.concurrent.each(ASKING)('$name', async (line) => {
    const { text, asked, repeated } = await runWith(row, line);
    const { partial } = line;
    const isPartial = partial !== undefined && !text.startsWith('Error: ');
    expect(text).toMatch(isPartial ? partial : row.expected(line.action ?? `[a-z]+:${line.operation}`));
    expect(asked).toBeGreaterThanOrEqual(isPartial ? 0 : row.asked);
    if (row.isFinal === true) expect(repeated).toBeLessThanOrEqual(1);
  });
});

describe('a list whose pages name one token for ever', () => {
  /** Lists are read by several parts of a tool, and queries are asked for until they are done; none is read on and on. */
  const MAX_REPEATED = 6;

  it.concurrent.each(ASKING)('ends soon: $name', async (line) => {
    const row: FaultRow = { name: '', fault: { kind: 'sameToken' }, expected: () => /./, asked: 1 };
    const { text, repeated } = await runWith(row, line);
    expect(text).not.toMatch(/^Error: .*\((internal|deadline_exceeded|cancelled), /s);
    expect(repeated).toBeLessThanOrEqual(MAX_REPEATED);
  });
});

const BESIDE = ASKING.flatMap((line) => (line.beside === undefined ? [] : [{ ...line, beside: line.beside }]));
/** Faults of AWS that stay: neither the client nor the clock ends the call. */
const LASTING = FAULTS.filter(
  ({ times, call, isLeft }) => times === undefined && call === undefined && isLeft !== true,
);

describe.each(LASTING)('an operation that an answer stands without, where a tool $name:', ({ fault }) => {
  it.concurrent.each(BESIDE)('$name', async ({ name, accessKeyId, beside }) => {
    const bench = benchOf(name);
    const disarm = bench.local.faults.add({ operation: beside.operation, accessKeyId, fault });
    const text = bench.text(await bench.run(name, beside.args));
    disarm();
    expect(text).toMatch(beside.expected);
  });
});

describe('a tool without an operation', () => {
  it.each(ALL.filter(({ operation }) => operation === undefined))('$name asks AWS nothing', async (line) => {
    const bench = benchOf(line.name);
    for (const args of [line.minimal, line.example.args]) await bench.run(line.name, args);
    expect(listRequests(line.accessKeyId)).toEqual([]);
  });
});
