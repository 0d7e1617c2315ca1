import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch';
import { type AlarmSet, EMPTY_ALARM_SET } from '../data/alarms/alarm-set.ts';
import { buildAlarmSet } from '../data/alarms/build-alarm-set.ts';
import { ANOMALY_DETECTORS } from '../data/anomaly-detectors.ts';
import { createMetricStore, type MetricCatalog } from '../data/metric-reader.ts';
import type { MetricStore } from '../data/metric-store.ts';
import { buildMetricCatalog, EMPTY_CATALOG } from '../data/metrics/catalog.ts';
import { DEFAULT_REGION } from '../scenario.ts';
import type { OperationContext } from '../types.ts';
import { findAccountAlias, type World } from '../world.ts';
import { evaluateMetricDataQueries } from './math/evaluate.ts';

/** What one account holds in one region. */
export interface StoredRegion {
  readonly alarms: AlarmSet;
  readonly metrics: MetricCatalog;
  readonly anomalyDetectors: readonly AnomalyDetector[];
  /** The metrics as they can be read at a time. */
  storeAt(nowEpochMs: number): MetricStore;
}

/** Gives the data of the caller's account and region; made on first use, then kept. */
export type RegionData = (place: Pick<OperationContext, 'account' | 'region'>) => StoredRegion;

export function createRegionData(world: World): RegionData {
  const made = new Map<string, StoredRegion>();
  return ({ account, region }) => {
    const key = `${account}/${region}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const data = makeRegion(world, account, region);
    made.set(key, data);
    return data;
  };
}

function makeRegion(world: World, account: string, region: string): StoredRegion {
  const alias = findAccountAlias(account, region);
  const metrics = alias === undefined ? EMPTY_CATALOG : buildMetricCatalog(world, alias, region);
  const storeAt = (nowEpochMs: number): MetricStore => createMetricStore(metrics, world.anchorEpochMs, nowEpochMs);
  let alarms: AlarmSet | undefined = alias === undefined ? EMPTY_ALARM_SET : undefined;
  return {
    metrics,
    anomalyDetectors: alias === 'prod' && region === DEFAULT_REGION ? ANOMALY_DETECTORS : [],
    storeAt,
    get alarms() {
      alarms ??=
        alias === undefined
          ? EMPTY_ALARM_SET
          : buildAlarmSet(world, alias, region, storeAt(world.anchorEpochMs), evaluateMetricDataQueries);
      return alarms;
    },
  };
}
