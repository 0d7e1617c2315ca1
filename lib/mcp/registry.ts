/** Every tool of the program, in the order in which clients see them: one line a tool. */
import type { Toolset } from '../domain/toolsets.ts';
import type { Tool } from '../tool/types.ts';
import { getActiveAlarms } from '../tools/alarms/get-active-alarms.ts';
import { getAlarmHistory } from '../tools/alarms/get-alarm-history.ts';
import { cancelLogsInsightQuery } from '../tools/logs/cancel-logs-insight-query.ts';
import { describeLogGroups } from '../tools/logs/describe-log-groups.ts';
import { executeLogInsightsQuery } from '../tools/logs/execute-log-insights-query.ts';
import { getLogsInsightQueryResults } from '../tools/logs/get-logs-insight-query-results.ts';
import { getMetricData } from '../tools/metrics/get-metric-data.ts';
import { listTargets } from '../tools/triage/list-targets.ts';

export const TOOLS: readonly Tool[] = [
  getActiveAlarms,
  getAlarmHistory,
  describeLogGroups,
  executeLogInsightsQuery,
  getLogsInsightQueryResults,
  cancelLogsInsightQuery,
  getMetricData,
  listTargets,
];

/** The tools of the toolsets that are switched on. */
export function selectTools(toolsets: readonly Toolset[]): readonly Tool[] {
  return TOOLS.filter((tool) => toolsets.includes(tool.toolset));
}
