import { ACCOUNTS, DEFAULT_REGION } from '../scenario.ts';
import { findAccountAlias, type World } from '../world.ts';
import type { EvaluateQueries } from './alarms/alarm-points.ts';
import { type AlarmSet, EMPTY_ALARM_SET } from './alarms/alarm-set.ts';
import { buildAlarmSet } from './alarms/build-alarm-set.ts';
import { ANOMALY_DETECTORS } from './anomaly-detectors.ts';
import type { Content, RegionContent } from './content.ts';
import { listDashboardsOf } from './dashboards/dashboards.ts';
import type { LogGroup } from './logs/log-group.ts';
import { createMetricStore } from './metric-reader.ts';
import { buildMetricCatalog, EMPTY_CATALOG } from './metrics/catalog.ts';
import { createShopLogs } from './shop-logs.ts';
import { NO_APPLICATIONS } from './traces/application-records.ts';
import { createShopTrail } from './trail/shop-trail.ts';

/** The made-up online shop: everything a function of seed and anchor. `evaluateQueries` is the service's metric math. */
export function createShopContent(world: World, evaluateQueries: EvaluateQueries): Content {
  const made = new Map<string, RegionContent>();
  const logs = createShopLogs(world);
  const trail = createShopTrail(world.seed, world.anchorEpochMs, { account: ACCOUNTS.prod.id });
  return {
    region({ account, region }) {
      const key = `${account}/${region}`;
      const known = made.get(key) ?? makeRegion(world, account, region, evaluateQueries, logs.groups);
      made.set(key, known);
      return known;
    },
    // Its accounts share log groups only.
    metricSources: () => [],
    dashboards: (account) => listDashboardsOf(world, account),
    logs,
    trail: ({ account, region }) => (account === ACCOUNTS.prod.id && region === DEFAULT_REGION ? trail : []),
    applications: () => NO_APPLICATIONS,
  };
}

function makeRegion(
  world: World,
  account: string,
  region: string,
  evaluateQueries: EvaluateQueries,
  groups: readonly LogGroup[],
): RegionContent {
  const alias = findAccountAlias(account, region);
  if (alias === undefined) return { metrics: EMPTY_CATALOG, anomalyDetectors: [], alarmsAt: () => EMPTY_ALARM_SET };
  const metrics = buildMetricCatalog(world, alias, region);
  let alarms: AlarmSet | undefined;
  return {
    metrics,
    anomalyDetectors: alias === 'prod' && region === DEFAULT_REGION ? ANOMALY_DETECTORS : [],
    // They stay as they were at the anchor: the incident keeps its times.
    alarmsAt() {
      const store = createMetricStore(metrics, world.anchorEpochMs);
      alarms ??= buildAlarmSet({ world, region, account: ACCOUNTS[alias].id }, alias, store, evaluateQueries, groups);
      return alarms;
    },
  };
}
