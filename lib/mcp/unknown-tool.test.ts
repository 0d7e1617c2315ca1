import { describe, expect, it } from 'vitest';
import { TOOLS } from './registry.ts';
import { describeTool } from './tool-listing.ts';
import { unknownTool } from './unknown-tool.ts';

const listing = TOOLS.map(describeTool);

describe('unknownTool', () => {
  it.each([
    ['get_active_alarms_mcp_cloudwatch', 'get_active_alarms'],
    ['mcp__cloudwatch__get_active_alarms', 'get_active_alarms'],
    ['cloudwatch.list_metrics', 'list_metrics'],
    ['get_activ_alarms', 'get_active_alarms'],
    ['GET_METRIC_DATA', 'get_metric_data'],
    ['describe_alarm_mcp_aws_prod', 'describe_alarms'],
  ])('names the one that %s may mean', (name, meant) => {
    expect(unknownTool(name, listing).publicMessage).toBe(
      `There is no tool "${name}" → did you mean ${meant}? tools/list names them.`,
    );
  });

  it.each(['zzz', '', '_mcp_', '__proto__', '\u0000'])('names none for %j', (name) => {
    expect(unknownTool(name, listing).publicMessage).toMatch(/^There is no tool ".*" → tools\/list names them\.$/);
  });

  it('does not repeat a megabyte', () => {
    expect(unknownTool('x'.repeat(1_000_000), listing).publicMessage.length).toBeLessThan(200);
  });
});
