/** What happens while a query runs: throttling, time limits, the scan budget, a client that goes away. */
import { afterEach, describe, expect, it } from 'vitest';
import { awsError, type Operations } from '../../../../local/types.ts';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import {
  SCRIPTED_AWS_ID,
  SCRIPTED_QUERY_ID,
  scriptEvents,
  scriptQuery,
} from '../../../../test/support/scripted-logs.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { until } from '../../../../test/support/until.ts';
import type { ToolCall } from '../../../mcp/tool-call.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

const QUERY = { log_group_names: ['/aws/lambda/shop-checkout'], query_string: 'fields @timestamp, @message' };

interface Scene extends LogsBenchOptions {
  /** The time of the call is over when AWS has answered this operation. */
  readonly endTimeAt?: string;
}

async function execute(scene: Scene, args: Record<string, unknown> = {}, call: Partial<ToolCall> = {}) {
  const { endTimeAt, ...options } = scene;
  bench = await startLogsBench(options);
  if (endTimeAt !== undefined) bench.endTimeAt(endTimeAt);
  const result = await bench.run('execute_log_insights_query', { ...QUERY, ...args }, call);
  return { result, text: bench.text(result), structured: structuredOf(result), requests: bench.local.requests };
}

describe('a running query', () => {
  it('waits out throttling and failures while it polls', async () => {
    const { text, structured } = await execute({
      logs: scriptQuery({ rows: scriptEvents(2, () => 'hello') }),
      faults: [
        { operation: 'GetQueryResults', fault: { kind: 'throttle' }, times: 5 },
        { operation: 'GetQueryResults', fault: { kind: 'serverError' }, times: 2 },
      ],
    });
    expect(text).toMatch(/^Query complete: 2 rows\./);
    expect(structured.status).toBe('complete');
  });

  it('gives the id when every look was throttled', async () => {
    const { text, structured, requests } = await execute(
      { logs: scriptQuery({}), faults: [{ operation: 'GetQueryResults', fault: { kind: 'throttle' } }] },
      { max_timeout: 1 },
    );
    expect(text).toMatch(/^Still running after 1s: 0 rows so far\./);
    expect(text).toContain('CloudWatch throttled every look');
    expect(structured).toMatchObject({ query_id: SCRIPTED_QUERY_ID, status: 'unknown', rows: [] });
    expect(requests.of('StopQuery')).toEqual([]);
  });

  it('keeps its id when CloudWatch does not answer before the time of the tool is over', async () => {
    const { text, structured, requests } = await execute({
      logs: scriptQuery({ states: ['Running'] }),
      endTimeAt: 'StartQuery',
      faults: [{ operation: 'GetQueryResults', fault: { kind: 'latency', latencyMs: 60_000 } }],
    });
    expect(text).toMatch(/^Still running/);
    expect(text).toContain('or did not answer');
    expect(structured.query_id).toBe(SCRIPTED_QUERY_ID);
    expect(requests.of('StopQuery')).toEqual([]);
  });

  it('is started again after a throttle, and given up with a clear error when throttling stays', async () => {
    const once = { operation: 'StartQuery', fault: { kind: 'throttle' }, times: 1 } as const;
    const recovered = await execute({ logs: scriptQuery({}), faults: [once] });
    expect(recovered.text).toMatch(/^Query complete/);
    await bench?.close();
    const refused = await execute({ logs: scriptQuery({}), faults: [{ ...once, times: 50 }] });
    expect(refused.text).toMatch(/^Error: CloudWatch throttles logs:StartQuery .*\(throttled, may be tried again\)$/);
  });

  it('is left running at the time limit, with the rows so far and the way to the rest', async () => {
    const { text, structured, requests } = await execute(
      {},
      { query_string: 'fields @message # slow=60000', max_timeout: 1 },
    );
    expect(text).toMatch(/^Still running after 1s: \d+ rows? so far\. The query goes on in CloudWatch\./);
    expect(text).toContain(
      `get_logs_insight_query_results with query_id="${structured.query_id}", wait_seconds=30 brings the rest`,
    );
    expect(structured.status).toBe('running');
    expect(requests.of('StopQuery')).toEqual([]);
  });

  it('ends within the time limit of the server', async () => {
    const { text, result } = await execute(
      { logs: scriptQuery({ states: ['Running'] }), endTimeAt: 'GetQueryResults' },
      { max_timeout: 50 },
    );
    expect(result.isError).toBeUndefined();
    expect(text).toMatch(/^Still running/);
  });

  it('tells its state and the bytes scanned while it runs', async () => {
    const messages: (string | undefined)[] = [];
    const progress: number[] = [];
    await execute(
      { logs: scriptQuery({ states: ['Scheduled', 'Running', 'Complete'] }) },
      {},
      {
        reportProgress: (update) => {
          messages.push(update.message);
          progress.push(update.progress);
        },
      },
    );
    expect(messages.map((message) => message?.replace(/\d+s$/, 'Ns'))).toEqual([
      'scheduled, 1.5 MB scanned, Ns',
      'running, 1.5 MB scanned, Ns',
    ]);
    expect(progress).toEqual([1, 2]);
  });

  it('is stopped when it has read more than its budget, with the rows so far', async () => {
    const { text, structured, requests } = await execute(
      {
        logs: scriptQuery({
          states: ['Running'],
          rows: scriptEvents(2, () => 'so far'),
          statistics: { bytesScanned: 2_100_000_000 },
        }),
      },
      { max_scan_gb: 2 },
    );
    expect(text).toMatch(/^Stopped: the query had scanned 2\.1 GB, more than the 2 GB allowed; 2 rows so far/);
    expect(text).toContain('Hint: Narrow it');
    expect(text).toContain('so far');
    expect(structured.status).toBe('cancelled');
    expect(requests.of('StopQuery')).toHaveLength(1);
  });

  it('is stopped at the ceiling of the server when the call names no budget', async () => {
    const { text } = await execute({
      logs: scriptQuery({ states: ['Running'], statistics: { bytesScanned: 2_000_000 } }),
      env: { CLOUDWATCH_MCP_MAX_SCAN_GB: '0.001' },
    });
    expect(text).toMatch(/^Stopped: the query had scanned 2 MB, more than the 1 MB allowed/);
  });

  it('is stopped in AWS when the client goes away', async () => {
    const controller = new AbortController();
    bench = await startLogsBench();
    const { requests } = bench.local;
    const running = bench.run(
      'execute_log_insights_query',
      { ...QUERY, query_string: 'fields @message # slow=60000' },
      { signal: controller.signal },
    );
    await until(() => requests.of('GetQueryResults').some(({ status }) => status === 200));
    controller.abort();
    const result = await running;
    expect(bench.text(result)).toContain('(cancelled,');
    await until(() => requests.of('StopQuery').some(({ status }) => status === 200));
    expect(requests.of('StopQuery')).toHaveLength(1);
  });

  it('is stopped even when the client goes away before its id is known', async () => {
    const controller = new AbortController();
    bench = await startLogsBench({
      logs: scriptQuery({ states: ['Running'] }),
      faults: [{ operation: 'StartQuery', fault: { kind: 'latency', latencyMs: 300 } }],
    });
    const { requests } = bench.local;
    const running = bench.run('execute_log_insights_query', QUERY, { signal: controller.signal });
    await until(() => requests.of('StartQuery').length === 1);
    controller.abort();
    await running;
    await until(() => requests.of('StopQuery').length === 1);
    expect(requests.of('StopQuery')[0]?.input).toMatchObject({ queryId: SCRIPTED_AWS_ID });
  });

  it('is stopped when its results may not be read', async () => {
    const { text, requests } = await execute({
      logs: scriptQuery({ states: ['Running'] }),
      faults: [{ operation: 'GetQueryResults', fault: { kind: 'accessDenied' } }],
    });
    expect(text).toContain('AWS denies logs:GetQueryResults');
    expect(text).not.toContain('arn:aws');
    expect(requests.of('StopQuery')).toHaveLength(1);
  });

  it('is an error when it may not be started, failed or timed out in CloudWatch', async () => {
    const denied = await execute({ faults: [{ operation: 'StartQuery', fault: { kind: 'accessDenied' } }] });
    expect(denied.text).toMatch(/^Error: AWS denies logs:StartQuery .*\(access_denied,/);
    await bench?.close();
    const failed = await execute({ logs: scriptQuery({ states: ['Failed'] }) });
    expect(failed.text).toContain('(query_failed,');
    await bench?.close();
    const timeout = await execute({ logs: scriptQuery({ states: ['Running', 'Timeout'] }) });
    expect(timeout.text).toContain('(query_too_broad,');
  });

  it('says when too many queries are running', async () => {
    const logs: Operations = {
      StartQuery: () => {
        throw awsError('LimitExceededException', 'Account maximum query concurrency limit of [100] reached.');
      },
    };
    const { text } = await execute({ logs });
    expect(text).toMatch(
      /^Error: A quota of CloudWatch is used up for logs:StartQuery .*\(limit_exceeded, may be tried/,
    );
  });

  it('is shown as far as it came when somebody else stopped it', async () => {
    const { text } = await execute({
      logs: scriptQuery({ states: ['Cancelled'], rows: scriptEvents(1, () => 'one') }),
    });
    expect(text).toMatch(/^Somebody stopped the query: 1 row so far/);
  });

  it('does not disturb others: twenty at once', async () => {
    const open = await startLogsBench();
    bench = open;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        open.run('execute_log_insights_query', { ...QUERY, query_string: `stats count(*) as n${n}` }),
      ),
    );
    expect(results.map((result) => structuredOf(result).columns)).toEqual(results.map((_, n) => [`n${n}`]));
  });
});
