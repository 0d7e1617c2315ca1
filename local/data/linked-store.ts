import type { AggregatedSeries, SlotStore, StoredMetric } from './metric-store.ts';

/** The metrics of one account. */
export interface AccountMetrics {
  /** 12-digit id. */
  readonly account: string;
  readonly store: SlotStore;
}

const EMPTY: AggregatedSeries = { timestampsEpochMs: [], values: [] };

/**
 * What a monitoring account sees: its own metrics first, then those of the source accounts that are linked to it, each
 * with its owner (CloudWatch User Guide, "CloudWatch cross-account observability"). A metric read without an account
 * is the monitoring account's own; one of an account that is not linked has no points.
 */
export function linkStores(own: AccountMetrics, sources: readonly AccountMetrics[]): SlotStore {
  const stores = new Map([...sources, own].map(({ account, store }) => [account, store]));
  let listed: readonly StoredMetric[] | undefined;
  return {
    account: own.account,
    sees: (account) => stores.has(account),
    list() {
      listed ??= [own, ...sources].flatMap(({ account, store }) =>
        store.list().map(({ namespace, metricName, dimensions, unit, publishingPeriodSeconds }) => ({
          namespace,
          metricName,
          dimensions,
          unit,
          publishingPeriodSeconds,
          account,
        })),
      );
      return listed;
    },
    read: (metric, range, periodSeconds, statistic) =>
      stores.get(metric.account ?? own.account)?.read(metric, range, periodSeconds, statistic) ?? EMPTY,
    readSlots: (metric, startEpochMs, count, periodSeconds, statistic) =>
      stores.get(metric.account ?? own.account)?.readSlots(metric, startEpochMs, count, periodSeconds, statistic) ??
      new Float64Array(count).fill(Number.NaN),
  };
}
