/** A tool bench whose CloudWatch holds the alarms, history and mute rules of a test, and no others. */
import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch';
import { createGetAlarmMuteRule, createListAlarmMuteRules } from '../../local/cloudwatch/alarm-mute-rules.ts';
import { createDescribeAlarmContributors } from '../../local/cloudwatch/describe-alarm-contributors.ts';
import { createDescribeAlarmHistory } from '../../local/cloudwatch/describe-alarm-history.ts';
import { createDescribeAlarms } from '../../local/cloudwatch/describe-alarms.ts';
import { createDescribeAnomalyDetectors } from '../../local/cloudwatch/describe-anomaly-detectors.ts';
import { createGetMetricData } from '../../local/cloudwatch/get-metric-data.ts';
import { makeInMemoryStore, type ObservedMetric } from '../../local/cloudwatch/math/in-memory-store.ts';
import { createRegionData, type RegionData } from '../../local/cloudwatch/region-data.ts';
import { type AlarmSet, EMPTY_ALARM_SET } from '../../local/data/alarms/alarm-set.ts';
import { createShop } from '../../local/shop.ts';
import { createWorld } from '../../local/world.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench, type ToolBenchOptions } from './tool-bench.ts';

interface RegionSet extends Partial<AlarmSet> {
  readonly metrics?: readonly ObservedMetric[];
  readonly anomalyDetectors?: readonly AnomalyDetector[];
}

/** Alarms by region, metrics and anomaly detectors; a region that is not named holds none. */
export type AlarmSets = Readonly<Record<string, RegionSet>>;

/** Nothing is stored there. */
const EMPTY_ACCOUNT = '000000000000';

export function startAlarmBench(sets: AlarmSets, options: ToolBenchOptions = {}): Promise<ToolBench> {
  const stored = createRegionData(createShop(createWorld(1, BENCH_NOW_EPOCH_MS)));
  const dataOf: RegionData = ({ region }) => ({
    ...stored({ account: EMPTY_ACCOUNT, region }),
    alarmsAt: () => ({ ...EMPTY_ALARM_SET, ...sets[region] }),
    anomalyDetectors: sets[region]?.anomalyDetectors ?? [],
    linkedStoreAt: () => makeInMemoryStore(sets[region]?.metrics ?? []),
  });
  const cloudwatch = {
    DescribeAlarms: createDescribeAlarms(dataOf),
    DescribeAlarmContributors: createDescribeAlarmContributors(dataOf),
    DescribeAlarmHistory: createDescribeAlarmHistory(dataOf),
    DescribeAnomalyDetectors: createDescribeAnomalyDetectors(dataOf),
    ListAlarmMuteRules: createListAlarmMuteRules(dataOf),
    GetAlarmMuteRule: createGetAlarmMuteRule(dataOf),
    GetMetricData: createGetMetricData(dataOf),
  };
  return startToolBench({ ...options, operations: { cloudwatch } });
}
