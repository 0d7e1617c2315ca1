/** Every tool of the program, in the order in which clients see them: one line a tool. */
import type { Toolset } from '../domain/toolsets.ts';
import type { Tool } from '../tool/types.ts';
import { describeAlarms } from '../tools/alarms/describe-alarms/describe-alarms.ts';
import { getActiveAlarms } from '../tools/alarms/get-active-alarms/get-active-alarms.ts';
import { getAlarmHistory } from '../tools/alarms/get-alarm-history/get-alarm-history.ts';
import { getDashboard } from '../tools/dashboards/get-dashboard/get-dashboard.ts';
import { listDashboards } from '../tools/dashboards/list-dashboards.ts';
import { recommendIndexesAccount } from '../tools/indexes/recommend-indexes-account/recommend-indexes-account.ts';
import { recommendIndexesLoggroup } from '../tools/indexes/recommend-indexes-loggroup/recommend-indexes-loggroup.ts';
import { analyzeLogGroup } from '../tools/logs/analyze-log-group/analyze-log-group.ts';
import { cancelLogsInsightQuery } from '../tools/logs/cancel-logs-insight-query.ts';
import { describeLogGroups } from '../tools/logs/describe-log-groups/describe-log-groups.ts';
import { executeCwlInsightsBatch } from '../tools/logs/execute-cwl-insights-batch/execute-cwl-insights-batch.ts';
import { executeLogInsightsQuery } from '../tools/logs/execute-log-insights-query/execute-log-insights-query.ts';
import { getLogGroupFields } from '../tools/logs/get-log-group-fields.ts';
import { getLogRecord } from '../tools/logs/get-log-record/get-log-record.ts';
import { getLogsInsightQueryResults } from '../tools/logs/get-logs-insight-query-results.ts';
import { searchLogEvents } from '../tools/logs/search-log-events/search-log-events.ts';
import { analyzeMetric } from '../tools/metrics/analyze-metric/analyze-metric.ts';
import { getMetricChart } from '../tools/metrics/get-metric-chart/get-metric-chart.ts';
import { getMetricData } from '../tools/metrics/get-metric-data/get-metric-data.ts';
import { getMetricMetadata } from '../tools/metrics/get-metric-metadata/get-metric-metadata.ts';
import { getRecommendedMetricAlarms } from '../tools/metrics/get-recommended-metric-alarms/get-recommended-metric-alarms.ts';
import { listMetrics } from '../tools/metrics/list-metrics/list-metrics.ts';
import { executePromqlQuery } from '../tools/promql/execute-promql-query.ts';
import { executePromqlRangeQuery } from '../tools/promql/execute-promql-range-query/execute-promql-range-query.ts';
import { getPromqlLabelValues } from '../tools/promql/get-promql-label-values.ts';
import { getPromqlLabels } from '../tools/promql/get-promql-labels.ts';
import { getPromqlSeries } from '../tools/promql/get-promql-series.ts';
import { investigateAlarm } from '../tools/triage/investigate-alarm/investigate-alarm.ts';
import { listTargets } from '../tools/triage/list-targets/list-targets.ts';
import { reviewAlarms } from '../tools/triage/review-alarms/review-alarms.ts';
import { whatChanged } from '../tools/triage/what-changed/what-changed.ts';

export const TOOLS: readonly Tool[] = [
  investigateAlarm,
  whatChanged,
  getActiveAlarms,
  describeAlarms,
  getAlarmHistory,
  reviewAlarms,
  describeLogGroups,
  getLogGroupFields,
  searchLogEvents,
  getLogRecord,
  executeLogInsightsQuery,
  getLogsInsightQueryResults,
  cancelLogsInsightQuery,
  executeCwlInsightsBatch,
  analyzeLogGroup,
  recommendIndexesLoggroup,
  recommendIndexesAccount,
  listMetrics,
  getMetricMetadata,
  getMetricData,
  getMetricChart,
  analyzeMetric,
  getRecommendedMetricAlarms,
  listDashboards,
  getDashboard,
  executePromqlQuery,
  executePromqlRangeQuery,
  getPromqlLabelValues,
  getPromqlSeries,
  getPromqlLabels,
  listTargets,
];

/** The tools of the toolsets that are switched on. */
export function selectTools(toolsets: readonly Toolset[]): readonly Tool[] {
  return TOOLS.filter((tool) => toolsets.includes(tool.toolset));
}
