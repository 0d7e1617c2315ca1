import type { Content } from '../data/content.ts';
import type { Operations } from '../types.ts';
import { createGetAlarmMuteRule, createListAlarmMuteRules } from './alarm-mute-rules.ts';
import { createGetDashboard, createListDashboards } from './dashboards.ts';
import { createDescribeAlarmContributors } from './describe-alarm-contributors.ts';
import { createDescribeAlarmHistory } from './describe-alarm-history.ts';
import { createDescribeAlarms } from './describe-alarms.ts';
import { createDescribeAlarmsForMetric } from './describe-alarms-for-metric.ts';
import { createDescribeAnomalyDetectors } from './describe-anomaly-detectors.ts';
import { createGetMetricData } from './get-metric-data.ts';
import { createGetMetricStatistics } from './get-metric-statistics.ts';
import { createGetMetricWidgetImage } from './get-metric-widget-image.ts';
import { createListMetrics } from './list-metrics.ts';
import { createRegionData } from './region-data.ts';

/** Every CloudWatch operation of the embedded service, by its API name. */
export function createCloudWatchOperations(content: Content): Operations {
  const dataOf = createRegionData(content);
  return {
    DescribeAlarmContributors: createDescribeAlarmContributors(dataOf),
    DescribeAlarmHistory: createDescribeAlarmHistory(dataOf),
    DescribeAlarms: createDescribeAlarms(dataOf),
    DescribeAlarmsForMetric: createDescribeAlarmsForMetric(dataOf),
    DescribeAnomalyDetectors: createDescribeAnomalyDetectors(dataOf),
    GetAlarmMuteRule: createGetAlarmMuteRule(dataOf),
    GetDashboard: createGetDashboard(content),
    GetMetricData: createGetMetricData(dataOf),
    GetMetricStatistics: createGetMetricStatistics(dataOf),
    GetMetricWidgetImage: createGetMetricWidgetImage(dataOf),
    GetOTelEnrichment: () => ({ Status: 'Running' }),
    ListAlarmMuteRules: createListAlarmMuteRules(dataOf),
    ListDashboards: createListDashboards(content),
    ListMetrics: createListMetrics(dataOf),
  };
}
