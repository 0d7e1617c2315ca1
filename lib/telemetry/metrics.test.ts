import { describe, expect, it } from 'vitest';
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
    expect(text.split('\n').length).toBeLessThan(150);
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
