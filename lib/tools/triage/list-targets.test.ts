import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../../../test/support/tool-bench.ts';
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
      default (default) | 111122223333 | arn:aws:sts::111122223333:assumed-role/CloudWatchMCPRole/cloudwatch-mcp

      [Alarms in us-east-1 in the console](https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2:?~%28alarmStateFilter~'ALARM%29)"
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
          "metrics",
          "triage",
        ],
        "total": 1,
      }
    `);
  });

  it('asks AWS for nothing but the identity', async () => {
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
