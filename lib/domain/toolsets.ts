/** Groups of tools that `CLOUDWATCH_MCP_TOOLSETS` switches on. */
export const TOOLSETS = ['alarms', 'logs', 'metrics', 'triage', 'promql', 'indexes', 'dashboards'] as const;
export type Toolset = (typeof TOOLSETS)[number];
