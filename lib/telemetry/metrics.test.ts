import { describe, expect, it } from 'vitest';
import { VERSION } from '../version.ts';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('counts under the documented names', async () => {
    const metrics = createMetrics();
    metrics.countHttp('/mcp', 200);
    metrics.countHttp('/mcp', 200);
    metrics.countTool('get_active_alarms', 'ok');
    metrics.observeTool('get_active_alarms', 0.2);
    metrics.addScannedBytes(1_000);
    const { contentType, text } = await metrics.render();
    expect(contentType).toMatch(/^text\/plain; version=/);
    expect(text).toContain('cloudwatch_mcp_http_requests_total{route="/mcp",status="200"} 2');
    expect(text).toContain('cloudwatch_mcp_tool_calls_total{tool="get_active_alarms",outcome="ok"} 1');
    expect(text).toContain('cloudwatch_mcp_tool_duration_seconds_bucket{le="0.25",tool="get_active_alarms"} 1');
    expect(text).toContain('cloudwatch_mcp_insights_bytes_scanned_total 1000');
  });

  it('tells what AWS was asked, how it ended, and how often the SDK tried', async () => {
    const metrics = createMetrics({ inFlight: () => 3 });
    metrics.observeAws('cloudwatch:DescribeAlarms', { outcome: 'ok', seconds: 0.3, retries: 2 });
    metrics.observeAws('cloudwatch:DescribeAlarms', { outcome: 'throttled', seconds: 4, retries: 3 });
    metrics.observeAws('x y', { outcome: 'Not a code', seconds: Number.NaN, retries: Number.NaN });
    metrics.observeExchange('role_denied', 0.1);
    metrics.observeHttp('/mcp', 0.2);
    metrics.watch({ cachedCredentials: () => 7, awsClients: () => 8, callsAtWork: () => 9 });
    const { text } = await metrics.render();
    for (const line of [
      'cloudwatch_mcp_aws_requests_total{operation="cloudwatch:DescribeAlarms",outcome="ok"} 1',
      'cloudwatch_mcp_aws_requests_total{operation="cloudwatch:DescribeAlarms",outcome="throttled"} 1',
      'cloudwatch_mcp_aws_requests_total{operation="unknown",outcome="unknown"} 1',
      'cloudwatch_mcp_aws_retries_total{operation="cloudwatch:DescribeAlarms"} 5',
      'cloudwatch_mcp_aws_request_duration_seconds_bucket{le="0.5",operation="cloudwatch:DescribeAlarms"} 1',
      'cloudwatch_mcp_credential_exchanges_total{outcome="role_denied"} 1',
      'cloudwatch_mcp_http_request_duration_seconds_bucket{le="0.25",route="/mcp"} 1',
      'cloudwatch_mcp_http_requests_in_flight 3',
      'cloudwatch_mcp_cached_credentials 7',
      'cloudwatch_mcp_aws_clients 8',
      'cloudwatch_mcp_tool_calls_at_work 9',
      `cloudwatch_mcp_build_info{version="${VERSION}",node="${process.versions.node}"} 1`,
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toContain('nodejs_heap');
  });

  it('names every family by the conventions of Prometheus', async () => {
    const { text } = await createMetrics({ hasProcess: true }).render();
    const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    expect(families.map(([, name]) => name)).toEqual(
      expect.arrayContaining([
        'process_resident_memory_bytes',
        'nodejs_eventloop_lag_seconds',
        'nodejs_heap_size_used_bytes',
      ]),
    );
    const ours = families.filter(([, name = '']) => name.startsWith('cloudwatch_mcp_'));
    expect(ours.length).toBeGreaterThanOrEqual(12);
    for (const [, name = '', type] of ours) {
      expect(name).toMatch(/^[a-z][a-z_]*[a-z]$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/);
    }
  });

  it('keeps each instance apart', async () => {
    createMetrics().addScannedBytes(5);
    expect((await createMetrics().render()).text).toContain('cloudwatch_mcp_insights_bytes_scanned_total 0');
  });

  it('does not grow with invented routes, tools and outcomes', async () => {
    const metrics = createMetrics();
    for (let i = 0; i < 2_000; i += 1) {
      metrics.countHttp(`/x${i}/../../etc`, 404);
      metrics.countTool(`tool_${i}`, `outcome ${i}`);
    }
    const { text } = await metrics.render();
    expect(text).toContain('cloudwatch_mcp_http_requests_total{route="unknown",status="404"} 2000');
    expect(text.split('\n').length).toBeLessThan(200);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('ignores %d as an amount', async (amount) => {
    const metrics = createMetrics();
    metrics.addScannedBytes(amount);
    metrics.observeTool('query_logs', amount);
    const { text } = await metrics.render();
    expect(text).toContain('cloudwatch_mcp_insights_bytes_scanned_total 0');
    expect(text).not.toContain('tool="query_logs"');
  });

  it('marks a status outside HTTP as unknown', async () => {
    const metrics = createMetrics();
    metrics.countHttp('/mcp', 0);
    expect((await metrics.render()).text).toContain('{route="/mcp",status="unknown"} 1');
  });
});
