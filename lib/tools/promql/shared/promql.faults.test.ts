/** What each of the PromQL tools does when AWS or the client does not go along. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../../local/faults.ts';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { until } from '../../../../test/support/until.ts';
import type { ToolCall } from '../../../mcp/tool-call.ts';

const HANGING: Fault = { kind: 'latency', latencyMs: 600_000 };
/** As many as the SDK makes. */
const ATTEMPTS = 4;
const SELECTOR = '{"Duration"}';
const QUERYING = 'cloudwatch:GetMetricData and cloudwatch:ListMetrics';
const LISTING = 'cloudwatch:ListMetrics';

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => {
  bench.local.faults.clear();
  bench.local.requests.clear();
});
afterAll(async () => {
  await bench.close();
});

describe.each([
  ['execute_promql_query', { query: '1' }, 'QueryMetrics', QUERYING],
  ['execute_promql_range_query', { query: '1' }, 'QueryMetrics', QUERYING],
  ['get_promql_label_values', { label_name: '__name__' }, 'GetLabels', LISTING],
  ['get_promql_labels', {}, 'GetLabels', LISTING],
  ['get_promql_series', { match: [SELECTOR] }, 'GetSeries', LISTING],
])('%s', (name, args, operation, action) => {
  const arm = (fault: Fault, times?: number) =>
    bench.local.faults.add({ operation, fault, ...(times !== undefined && { times }) });
  const ask = async (call: Partial<ToolCall> = {}) => bench.text(await bench.run(name, args, call));
  const asked = () => bench.local.requests.of(operation);

  it('names the actions that are denied, and asks once', async () => {
    arm({ kind: 'accessDenied' });
    const text = await ask();
    expect(text).toMatch(/^Error: AWS denies .* → .*\(access_denied, trying again unchanged will not help\)$/s);
    expect(text).toContain(`AWS denies ${action} in account default, region us-east-1`);
    expect(asked()).toHaveLength(1);
  });

  it('gets over a throttle', async () => {
    arm({ kind: 'throttle' }, 1);
    expect(await ask()).not.toMatch(/^Error/);
    expect(asked()).toHaveLength(2);
  });

  it('gives up when throttling does not end', async () => {
    arm({ kind: 'throttle' });
    expect(await ask()).toMatch(/^Error: CloudWatch throttles .* → .*\(throttled, may be tried again\)$/s);
    expect(asked()).toHaveLength(ATTEMPTS);
  });

  it('gives up when the failure of CloudWatch does not end', async () => {
    arm({ kind: 'serverError', status: 503 });
    expect(await ask()).toMatch(/^Error: CloudWatch cannot be reached or fails .*\(upstream_unavailable, may be/s);
    expect(asked()).toHaveLength(ATTEMPTS);
  });

  it('ends when the client goes away, and with it the request', async () => {
    arm(HANGING);
    const controller = new AbortController();
    const running = ask({ signal: controller.signal });
    await until(() => asked().length === 1);
    controller.abort();
    expect(await running).toMatch(/^Error: The call was cancelled .*\(cancelled, /s);
    expect(asked()).toHaveLength(1);
  });

  it('ends at the time limit, and does not ask again', async () => {
    arm(HANGING);
    expect(await ask({ remainingMs: 300 })).toMatch(
      /^Error: The answer was not there within .* → ask for less.*\(deadline_exceeded, may be tried again\)$/s,
    );
    expect(asked().length).toBeLessThanOrEqual(1);
  });
});
