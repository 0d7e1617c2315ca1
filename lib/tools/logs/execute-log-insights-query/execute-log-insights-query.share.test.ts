import { afterEach, describe, expect, it } from 'vitest';
import { startLogsBench } from '../../../../test/support/logs-bench.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { until } from '../../../../test/support/until.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

const QUERY = { log_group_names: ['/aws/lambda/shop-checkout'], start_time: '-1h', end_time: 'now' };

describe('this server’s share of the Logs Insights quota', () => {
  it('runs no more queries at once than it may', async () => {
    bench = await startLogsBench({ env: { CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: '1' } });
    const running = bench;
    const query = (query_string: string) => running.run('execute_log_insights_query', { ...QUERY, query_string });
    const results = await Promise.all([query('stats count(*) # slow=400'), query('stats count(*) # slow=300')]);
    expect(results.map(({ isError }) => isError)).toEqual([undefined, undefined]);
    const operations = running.local.requests.all.map(({ operation }) => operation);
    const [first, second] = operations.flatMap((operation, index) => (operation === 'StartQuery' ? [index] : []));
    expect(operations.slice((first ?? 0) + 1, second).every((operation) => operation === 'GetQueryResults')).toBe(true);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1);
  });

  it('says so when no turn comes in time, and starts nothing', async () => {
    bench = await startLogsBench({ env: { CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY: '1' } });
    const client = new AbortController();
    const long = bench.run(
      'execute_log_insights_query',
      { ...QUERY, query_string: 'stats count(*) # slow=60000' },
      { signal: client.signal },
    );
    const { requests } = bench.local;
    await until(() => requests.of('StartQuery').length === 1);
    const late = await bench.run('execute_log_insights_query', {
      ...QUERY,
      query_string: 'stats max(@timestamp)',
      max_timeout: 1,
    });
    expect(bench.text(late)).toMatch(
      /^Error: This server may run 1 log queries at once, and all are busy in account default, region us-east-1 → wait/,
    );
    expect(requests.of('StartQuery')).toHaveLength(1);
    client.abort();
    await long;
  });
});
