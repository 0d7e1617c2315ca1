import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { listTargets } from './list-targets.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench({
    env: { CLOUDWATCH_MCP_REGIONS: 'us-east-1,eu-west-1', CLOUDWATCH_MCP_TOOLSETS: 'metrics,triage' },
  });
});
afterEach(() => bench.local.faults.clear());
afterAll(async () => {
  await bench.close();
});

describe('list_targets', () => {
  it('answers in full', async () => {
    const result = await bench.run('list_targets', {});
    expect(bench.text(result)).toMatchInlineSnapshot(`
      "1 account (1 reachable) and 2 regions may be asked; the default is account \`default\`, region us-east-1.
      Regions: us-east-1, eu-west-1
      Toolsets: triage, metrics
      Logs Insights: at most 100 GB scanned per query (about 0.005 USD per GB), 20 queries at once per account and region
      An answer has at most 24,000 characters and takes at most 50 s

      account | id | caller
      default (default) | 111122223333 | arn:aws:sts::111122223333:assumed-role/CloudWatchMCPRole/cloudwatch-mcp"
    `);
    expect(listTargets.outputSchema.parse(result.structuredContent)).toMatchInlineSnapshot(`
      {
        "accounts": [
          {
            "account": "default",
            "account_id": "111122223333",
            "caller_arn": "arn:aws:sts::111122223333:assumed-role/CloudWatchMCPRole/cloudwatch-mcp",
            "is_default": true,
            "is_reachable": true,
          },
        ],
        "default_region": "us-east-1",
        "limits": {
          "concurrent_log_queries": 20,
          "max_result_chars": 24000,
          "max_scan_gb": 100,
          "tool_timeout_seconds": 50,
          "usd_per_scanned_gb": 0.005,
        },
        "regions": [
          "us-east-1",
          "eu-west-1",
        ],
        "shown": 1,
        "targets": [],
        "toolsets": [
          "triage",
          "metrics",
        ],
        "total": 1,
      }
    `);
  });

  it('asks AWS for nothing but the identity where the logs are off', async () => {
    bench.local.requests.clear();
    await bench.run('list_targets');
    expect(bench.local.requests.all.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
  });

  it.each([
    ['denied', 'accessDenied', 'AWS denies sts:GetCallerIdentity'],
    ['throttled', 'throttle', 'throttles sts:GetCallerIdentity'],
    ['expired', 'expiredToken', 'have expired'],
  ] as const)('still tells the rest when the identity is %s', async (_name, kind, warning) => {
    bench.local.faults.add({ operation: 'GetCallerIdentity', fault: { kind } });
    const result = await bench.run('list_targets', {});
    expect(result.isError).toBeUndefined();
    expect(bench.text(result)).toContain('1 account (0 reachable) and 2 regions');
    expect(bench.text(result)).toContain(warning);
    expect(listTargets.outputSchema.parse(result.structuredContent)).toMatchObject({
      accounts: [{ is_reachable: false }],
    });
  });

  describe('the queries of today', () => {
    const NOON = BENCH_NOW_EPOCH_MS;
    const query = (createTime: number, bytesScanned?: number) => ({
      queryId: String(createTime),
      queryLanguage: 'CWLI',
      queryString: 'fields a',
      status: 'Complete',
      createTime,
      ...(bytesScanned !== undefined && { bytesScanned }),
    });
    let logsBench: ToolBench;
    let history: (token: string | undefined) => object;
    beforeAll(async () => {
      logsBench = await startToolBench({
        env: { CLOUDWATCH_MCP_REGIONS: 'us-east-1' },
        operations: {
          logs: { DescribeQueries: ({ nextToken }: { nextToken?: string }) => history(nextToken) },
        },
      });
    });
    afterEach(() => logsBench.local.faults.clear());
    afterAll(() => logsBench.close());

    async function ask() {
      const result = await logsBench.run('list_targets');
      return { text: logsBench.text(result), structured: listTargets.outputSchema.parse(result.structuredContent) };
    }

    it('are counted from midnight on, with their cost', async () => {
      history = () => ({
        queries: [
          query(NOON - 1, 40_000_000_000),
          query(NOON - 12 * 3_600_000, 2_000_000_000),
          query(NOON - 3_600_000),
          query(NOON - 12 * 3_600_000 - 1, 999_000_000_000),
        ],
      });
      const { text, structured } = await ask();
      expect(text).toContain(
        'Logs Insights queries since 00:00 UTC, in us-east-1, by whomever: `default` 3, 42 GB scanned, about $0.21',
      );
      expect(structured).toMatchObject({
        accounts: [{ queries_today: { count: 3, bytes_scanned: 42_000_000_000, cost_usd: 0.21, is_whole: true } }],
      });
    });

    it('are read no further than yesterday, and no further than a bound', async () => {
      let pages = 0;
      history = () => {
        pages += 1;
        return { queries: [query(NOON - pages * 5 * 3_600_000, 1)], nextToken: `page ${pages}` };
      };
      expect((await ask()).text).toContain('`default` 2, 2 B scanned');
      expect(pages).toBe(3);
      history = () => {
        pages += 1;
        return {
          queries: Array.from({ length: 1_000 }, (_, index) => query(NOON - index, 1_000)),
          nextToken: `page ${pages}`,
        };
      };
      const { text, structured } = await ask();
      expect(text).toContain('`default` at least 3,000, 3 MB scanned');
      expect(structured).toMatchObject({ accounts: [{ queries_today: { is_whole: false } }] });
    });

    it('are not taken for all where they come in another order', async () => {
      history = (token) =>
        token === undefined
          ? { queries: [query(NOON - 99_000_000, 1), query(NOON - 90_000_000, 1)], nextToken: 'next' }
          : { queries: [query(NOON - 1, 7)] };
      expect((await ask()).text).toContain('`default` 1, 7 B');
    });

    it.each([
      ['accessDenied', /not known \(AWS denies logs:DescribeQueries/],
      // Repeated until nobody waits for it any longer.
      ['throttle', /not known \(CloudWatch (throttles logs:DescribeQueries|did not answer in time)/],
    ] as const)('are not known when AWS answers %s, and the rest is told', async (kind, said) => {
      history = () => ({ queries: [] });
      logsBench.local.faults.add({ operation: 'DescribeQueries', fault: { kind } });
      const { text, structured } = await ask();
      expect(text).toMatch(said);
      expect(text).toMatch(/^1 account \(1 reachable\)/);
      expect(structured).not.toHaveProperty(['accounts', 0, 'queries_today']);
    });

    it('are none on a quiet day', async () => {
      history = () => ({ queries: [] });
      expect((await ask()).text).toContain('by whomever: `default` none');
    });
  });

  it('ends when it is cancelled', async () => {
    bench.local.faults.add({ operation: 'GetCallerIdentity', fault: { kind: 'latency', latencyMs: 5_000 } });
    const controller = new AbortController();
    const running = bench.run('list_targets', {}, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(bench.text(await running)).toMatch(/^Error: The call was cancelled/);
  });

  it('takes no arguments, save the one that is ignored', async () => {
    const refused = await bench.run('list_targets', { region: 'us-east-1' });
    expect(bench.text(refused)).toContain('unknown argument "region" → list_targets takes no arguments');
    const ignored = await bench.run('list_targets', { profile_name: 'x' });
    expect(ignored.isError).toBeUndefined();
    expect(bench.text(ignored)).toContain('Warning: profile_name has no effect');
  });
});
